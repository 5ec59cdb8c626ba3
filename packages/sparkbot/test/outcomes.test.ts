import type { VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { failure, SESSION as session, verbs } from './fixtures/stubbed.ts'

const C = '12025550143@c.us'
const L = '222000000000000@lid'
const G = '120363000000000001@g.us'
const TEXT = ['message.sendText', { to: C, text: 'Hi' }] as const
const IMAGE = ['message.sendImage', { to: C, file: { url: 'https://x.test/a.png' } }] as const
const CHECK = ['contact.check', { phone: '+12025550143' }] as const
const RESOLVE = ['contact.resolve', { contact: C }] as const
const BACK = ['contact.resolve', { contact: L }] as const
const GROUP = ['group.create', { subject: 'Club', participants: [C] }] as const
const ADD = ['group.addParticipants', { group: G, participants: [C] }] as const
const LEAVE = ['group.leave', { group: G }] as const
const CODE = ['session.requestPairingCode', { phone: '+12025550143' }] as const
const ID = 'aaaaaaaaaaaaaaaaaaaaaaaa'
const GET = ['message.get', { chat: C, message: ID }] as const

type Row = readonly [call: readonly [VerbId, object], status: number, body: unknown, outcome: string, more?: object]

/** What SparkBot answers, and what it becomes. Words and fields are those of Wassenger's Swagger models (knowledge of SparkBot, section 3). */
const rows: readonly Row[] = [
  // message.status: queued, processing, processed, failed, expired, removed, invalid; deliveryStatus beside it
  [TEXT, 201, { id: ID, status: 'queued' }, 'ok', { id: ID, status: 'queued' }],
  [TEXT, 201, { id: ID, status: 'processing' }, 'ok', { status: 'queued' }],
  [TEXT, 201, { id: ID, status: 'processed' }, 'ok', { status: 'sent' }],
  [TEXT, 201, { id: ID, status: 'processed', deliveryStatus: 'delivered' }, 'ok', { status: 'sent' }],
  // the words of other vocabularies and other letters mean the same
  [TEXT, 201, { id: ID, status: 'QUEUED' }, 'ok', { status: 'queued' }],
  [TEXT, 201, { id: ID, status: 'pending' }, 'ok', { status: 'queued' }],
  [TEXT, 201, { id: ID, status: 'delivered' }, 'ok', { status: 'sent' }],
  [TEXT, 201, { id: ID, status: 'paused' }, 'ok', { status: 'unknown' }],
  [TEXT, 201, { id: ID, status: 'Rejected' }, 'server'],
  [TEXT, 201, { id: ID, status: 'CANCELED' }, 'server'],
  // the number as the service knows it wins over the one that was asked for
  [TEXT, 201, { id: ID, status: 'queued', phone: '+551187654321' }, 'ok', { to: '551187654321@c.us' }],
  [TEXT, 201, { id: ID, status: 'queued', wid: '551187654321' }, 'ok', { to: '551187654321@c.us' }],
  [TEXT, 201, { id: ID, status: 'queued', wid: 'x', phone: null }, 'ok', { to: C }],
  [TEXT, 201, { id: ID, status: 'failed' }, 'server'],
  [TEXT, 201, { id: ID, status: 'invalid' }, 'server'],
  [TEXT, 201, { id: ID, status: 'expired' }, 'server'],
  [TEXT, 201, { id: ID, status: 'removed' }, 'server'],
  [TEXT, 201, { id: ID, status: 'queued', waId: '3EB0AA' }, 'ok', { id: ID, key: '3EB0AA' }],
  [IMAGE, 201, { id: ID, status: 'queued' }, 'ok', { id: ID, status: 'queued' }],
  // the answer's chat wins: `wid` of the message
  [
    ['message.sendText', { to: '+5511987654321', text: 'Hi' }],
    201,
    { id: ID, wid: '551187654321@c.us', status: 'queued' },
    'ok',
    { to: '551187654321@c.us' },
  ],
  // answers that say nothing
  [TEXT, 201, {}, 'unknown_outcome'],
  [TEXT, 201, [], 'unknown_outcome'],
  [TEXT, 201, '"queued"', 'unknown_outcome'],
  [TEXT, 201, undefined, 'unknown_outcome'],
  [GROUP, 201, { name: 'Club' }, 'unknown_outcome'],
  [GROUP, 201, { wid: G, name: 'Club' }, 'ok', { id: G }],
  [ADD, 200, {}, 'unknown_outcome'],
  [CODE, 200, {}, 'unknown_outcome'],
  [CODE, 200, { code: 'ABCD1234' }, 'ok', { code: 'ABCD1234' }],
  [CHECK, 200, {}, 'bad_response'],
  [CHECK, 200, { exists: true, wid: C }, 'ok', { exists: true, id: C }],
  [CHECK, 200, { exists: false }, 'ok', { exists: false }],
  [['session.get', {}], 200, {}, 'bad_response'],
  [['session.list', {}], 200, {}, 'bad_response'],
  // an object is no empty list, and a text nobody's contact
  [['chat.list', {}], 200, {}, 'bad_response'],
  [['chat.list', {}], 200, { chats: [{ wid: C }] }, 'bad_response'],
  [['contact.list', {}], 200, { data: [] }, 'bad_response'],
  [['message.list', { chat: C }], 200, 'none', 'bad_response'],
  [['group.list', {}], 200, null, 'bad_response'],
  [['group.joinRequests', { group: G }], 200, {}, 'bad_response'],
  [['webhook.create', { url: 'https://x.test' }], 200, {}, 'bad_response'],
  [['chat.list', {}], 200, [], 'ok', { items: [] }],
  [['contact.get', { contact: C }], 200, '"text"', 'bad_response'],
  [['profile.get', {}], 200, '"text"', 'bad_response'],
  [GET, 200, { status: 'queued' }, 'bad_response'],
  [GET, 200, { id: ID, wid: C, status: 'queued' }, 'ok', { id: ID, ack: 'pending' }],
  // a 2xx that says no, in the words of its error model: {status, message, errorCode?, errors?}
  [TEXT, 200, { status: 400, message: 'Bad phone', errorCode: 'phone:invalid' }, 'invalid_request', { code: 'phone:invalid' }],
  [TEXT, 200, { status: 503, message: 'Session is offline' }, 'unknown_outcome'],
  [TEXT, 200, { errors: [{ code: 'x', message: 'y' }] }, 'server'],
  [LEAVE, 200, { ok: false }, 'server'],
  [LEAVE, 200, { status: 404, message: 'No such group' }, 'not_found'],
  [LEAVE, 200, { ok: true }, 'ok', { done: true }],
  [LEAVE, 200, '<!doctype html><p>Log in</p>', 'bad_response'],
  [TEXT, 200, '<!doctype html><p>Log in</p>', 'unknown_outcome'],
  // errors by status; codes seen in third-party clients
  [TEXT, 402, { status: 402, message: 'Unpaid' }, 'permission'],
  [TEXT, 503, { status: 503, message: 'Session is offline' }, 'unknown_outcome'],
  [ADD, 403, { status: 403, message: 'x', errorCode: 'group:participants:privacy_restriction' }, 'permission'],
  [LEAVE, 404, { status: 404, message: 'Group not found' }, 'not_found'],
  // number and LID: a chat has `wid` and `lid`
  [RESOLVE, 200, { wid: C, lid: L }, 'ok', { id: C, lid: L, phone: '+12025550143' }],
  [BACK, 200, { wid: C, lid: L }, 'ok', { id: L, lid: L, phone: '+12025550143' }],
  [RESOLVE, 200, { wid: C }, 'ok', { id: C, phone: '+12025550143' }],
  [RESOLVE, 200, {}, 'bad_response'],
  [RESOLVE, 404, { status: 404, message: 'Chat not found' }, 'not_found'],
]

describe('what an answer of SparkBot becomes', () => {
  for (const [[id, input], status, body, outcome, more = {}] of rows) {
    it(`${id} ${JSON.stringify(input)} ${status} ${JSON.stringify(body)}: ${outcome}`, async () => {
      const headers = typeof body === 'string' ? { 'content-type': body.startsWith('"') ? 'application/json' : 'text/plain' } : {}
      const { run, requests } = verbs([
        {
          status,
          headers: body === undefined ? {} : { 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: body === null ? 'null' : body }),
        },
      ])
      if (outcome === 'ok') expect(await run(id, input)).toMatchObject(more)
      else expect(await failure(run(id, input))).toMatchObject({ kind: outcome, ...more })
      if (/send|group\.(create|leave|add)/.test(id)) expect(requests).toHaveLength(1)
    })
  }

  it('names the group that was not found', async () => {
    const { run } = verbs([{ status: 404, body: { status: 404, message: 'Group not found' } }])
    expect((await failure(run(...LEAVE))).message).toContain(`no group ${G} in session "${session}"`)
  })
})
