import { eventTypes } from '@wamux/core'
import { expect, it } from 'vitest'
import { engineEventWords } from './event-names.ts'

it('knows the words of types, each once', () => {
  expect(engineEventWords(['message.ack', 'message.failed', 'session.challenge'])).toEqual({
    words: ['message.ack', 'message.ack.group', 'session.status'],
    missing: [],
  })
})

it('does not ask for every message twice', () => {
  expect(engineEventWords(['message.received', 'channel.message']).words).toEqual(['message'])
  expect(engineEventWords(['message.received', 'message.sent']).words).toEqual(['message.any'])
  expect(engineEventWords().words).not.toContain('message')
})

it('tells the types that have no word', () => {
  expect(engineEventWords(['chat.updated', 'presence.updated', 'unknown'])).toEqual({
    words: ['presence.update'],
    missing: ['chat.updated', 'unknown'],
  })
  expect(engineEventWords(['toString' as 'unknown']).missing).toEqual(['toString'])
  expect(engineEventWords(eventTypes).words).toEqual(engineEventWords().words)
})
