import type { GatewayError, VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { verbs } from './fixtures/scripted.ts'

const C = '4915112345678@c.us'
const kindOf = ({ kind }: GatewayError) => kind

describe('an answer that says nothing', () => {
  const chat = C
  const group = '1203@g.us'
  const message = `true_${C}_AB`
  const file = { url: 'https://x.test/a.png' }

  it.each<readonly [VerbId, object, outcome: string]>([
    // its document promises fields
    ['message.edit', { chat, message, text: 'Hi' }, 'unknown_outcome'],
    ['session.logout', {}, 'unknown_outcome'],
    ['message.pin', { chat, message }, 'bad_response'],
    ['chat.setTyping', { chat }, 'bad_response'],
    ['group.setPicture', { group, file }, 'bad_response'],
    ['profile.setName', { name: 'Ada' }, 'bad_response'],
    ['profile.setAbout', { about: 'Hi' }, 'bad_response'],
    ['profile.setPicture', { file }, 'bad_response'],
    ['session.start', {}, 'bad_response'],
    // its document promises nothing, or some engines answer without a body
    ['message.react', { chat, message, emoji: '👍' }, 'ok'],
    ['message.revoke', { chat, message }, 'ok'],
    ['message.star', { chat, message }, 'ok'],
    ['chat.archive', { chat }, 'ok'],
    ['group.leave', { group }, 'ok'],
    ['session.create', {}, 'ok'],
    ['session.delete', {}, 'ok'],
  ])('%s %j: %s', async (id, input, outcome) => {
    for (const body of [{}, [], 'null', '"OK"', undefined, { data: null }]) {
      const headers = { 'content-type': 'application/json' }
      const call = verbs([{ status: 200, ...(body === undefined ? {} : { body, headers }) }]).run(id, input)
      const seen = await call.then(() => 'ok', kindOf)
      expect([body, seen]).toEqual([body, outcome])
    }
  })
})
