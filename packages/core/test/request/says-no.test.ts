import { describe, expect, it } from 'vitest'
import { saysNo } from '../../src/request/says-no.ts'

describe('saysNo', () => {
  it.each([
    [{ error: 'x' }, true],
    [{ error: { code: 1 }, message: 'no' }, true],
    [{ status: false }, true],
    [{ success: false, results: [] }, true],
    // a fact about data, no failure of the call
    [{ id: '1', error: 'x' }, false],
    [{ error: null }, false],
    [{ success: true, error: 'warning' }, false],
    [{ status: 'ERROR', id: '1' }, false],
    [[{ error: 'x' }], false],
    ['error', false],
    [null, false],
  ])('%j: %s', (data, expected) => expect(saysNo(data)).toBe(expected))
})
