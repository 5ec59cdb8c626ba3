import { meaningOf } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { engineAck, engineChat, engineEvents, engineMessage, engineParticipant, enginePresence } from '../src/index.ts'
import { engineStates } from '../src/session/index.ts'

/** Names that every object has, though nobody put them there. */
const WORDS = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'length', 'name', 'then']

const KNOWN = ['unknown', 'person', 'group', 'channel', 'broadcast', 'lid', 'status', 'text']

/** Only what was read from the word: the raw answer may hold it. */
function readOf(value: unknown): string {
  return (
    JSON.stringify(value, (key, inner: unknown) => (key === 'raw' ? undefined : typeof inner === 'function' ? 'a function' : inner)) ?? ''
  )
}

describe.each(WORDS)('%s', (word) => {
  it('is no state, tick, kind or event', () => {
    expect(meaningOf(engineStates, word)).toEqual({ state: 'unknown' })
    expect(engineAck({ ack: word, ackName: word, status: word })).toBe('unknown')
    expect(KNOWN).toContain(engineChat('main', { id: `1@${word}` }, 0).kind)
    const event = { session: 'main', payload: { id: 'x', type: word, action: word, participants: ['1@c.us'] } }
    for (const found of [
      engineMessage('main', { id: 'a', type: word, ack: word, _data: { type: word, [word]: { text: 'a' } } }),
      engineParticipant({ id: '1@c.us', role: word, admin: word }),
      enginePresence('main', { presences: [{ participant: '1@c.us', lastKnownPresence: word }] }, '1@c.us'),
      engineEvents({ ...event, word }),
      engineEvents({ ...event, word: 'group.v2.participants' }),
    ]) {
      expect(readOf(found)).not.toContain('a function')
      expect(readOf(found)).not.toContain('[native code]')
    }
  })
})
