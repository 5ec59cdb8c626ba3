import { describe, expect, it } from 'vitest'
import { forwardId } from './forward.ts'

describe('forwardId', () => {
  it('tells two events of one delivery apart, and stays the same when it is delivered again', () => {
    const [status, challenge] = ['waha:main:evt_1', 'waha:main:evt_1:challenge'].map((dedupeKey) => forwardId({ dedupeKey }))
    expect(status).not.toBe(challenge)
    expect(status).toBe(forwardId({ dedupeKey: 'waha:main:evt_1' }))
    // goes into a header, whatever an id of a gateway holds
    expect(forwardId({ dedupeKey: 'x\ud800\n' })).toMatch(/^evt_[0-9a-f]{32}$/)
  })

  it('names events out of a file that have no key, or not even an id', () => {
    const [first, second] = [{ id: 'a' }, { id: 'b' }].map((event) => forwardId(event))
    expect(first).not.toBe(second)
    expect(forwardId({})).toMatch(/^evt_[0-9a-f]{32}$/)
  })
})
