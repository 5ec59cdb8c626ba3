import type { GatewayError, VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { verbs } from './fixtures/stubbed.ts'

const C = '12025550143@c.us'
const G = '120363000000000001@g.us'
const kindOf = ({ kind }: GatewayError) => kind

describe('an answer that says nothing', () => {
  const group = G

  it.each<readonly [VerbId, object, outcome: string]>([
    // its document promises the group
    ['group.setSubject', { group, subject: 'Club' }, 'bad_response'],
    ['group.setDescription', { group, description: 'Club' }, 'bad_response'],
    ['group.setAnnouncement', { group, announcement: true }, 'bad_response'],
    ['group.setLocked', { group, locked: true }, 'bad_response'],
    ['group.promote', { group, participants: [C] }, 'bad_response'],
    ['group.demote', { group, participants: [C] }, 'bad_response'],
    // its document promises nothing
    ['group.leave', { group }, 'ok'],
    ['chat.archive', { chat: C }, 'ok'],
    ['chat.unarchive', { chat: C }, 'ok'],
  ])('%s %j: %s', async (id, input, outcome) => {
    for (const body of [{}, [], 'null', '"OK"', undefined, { data: null }]) {
      const headers = { 'content-type': 'application/json' }
      const call = verbs([{ status: 200, ...(body === undefined ? {} : { body, headers }) }]).run(id, input)
      const seen = await call.then(() => 'ok', kindOf)
      expect([body, seen]).toEqual([body, outcome])
    }
  })
})
