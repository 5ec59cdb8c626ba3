import type { VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { failure, SESSION as session, verbs } from './fixtures/stubbed.ts'

const C = '4915112345678@c.us'
const L = '222000000000000@lid'
const G = '120363000000000001@g.us'
const M = `true_${C}_3EB0AA`
const TEXT = ['message.sendText', { to: C, text: 'Hi' }] as const
const EDIT = ['message.edit', { chat: C, message: M, text: 'Hi' }] as const
const REACT = ['message.react', { chat: C, message: M, emoji: '👍' }] as const
const GET = ['message.get', { chat: C, message: M }] as const
const CHECK = ['contact.check', { phone: '+4915112345678' }] as const
const RESOLVE = ['contact.resolve', { contact: C }] as const
const BACK = ['contact.resolve', { contact: L }] as const
const GROUP = ['group.create', { subject: 'Club', participants: [C] }] as const
const ADD = ['group.addParticipants', { group: G, participants: [C] }] as const
const LEAVE = ['group.leave', { group: G }] as const
const CODE = ['session.requestPairingCode', { phone: '+4915112345678' }] as const

type Row = readonly [call: readonly [VerbId, object], status: number, body: unknown, outcome: string, more?: object]

/** What Wawp answers, and what it becomes. Wawp passes on what the engine behind it answers (knowledge of Wawp, section 1). */
const rows: readonly Row[] = [
  // the three shapes that the vendor's WooCommerce plugin accepts
  [TEXT, 200, { _data: { id: { fromMe: true, _serialized: M } } }, 'ok', { id: M, key: '3EB0AA', status: 'sent' }],
  [TEXT, 200, { id: M, _data: { Info: { ID: '3EB0AA', IsFromMe: true } } }, 'ok', { id: M, key: '3EB0AA', status: 'sent' }],
  [TEXT, 200, { sent: true, upstream_status: 201 }, 'ok', { status: 'sent' }],
  [TEXT, 200, { sent: false, upstream_status: 500 }, 'unknown_outcome'],
  // engines: WEBJS since July 2026, NOWEB, GOWS
  [TEXT, 200, { id: { fromMe: true, remote: C, id: '3EB0AA', $1: M } }, 'ok', { id: M }],
  [TEXT, 200, { id: { fromMe: true, remote: { _serialized: C }, id: '3EB0AA' } }, 'ok', { id: M }],
  [
    TEXT,
    200,
    { key: { remoteJid: '4915112345678@s.whatsapp.net', fromMe: true, id: '3EB0AA' }, status: 'PENDING' },
    'ok',
    { id: M, status: 'queued' },
  ],
  [TEXT, 200, { key: { remoteJid: C, fromMe: true, id: '3EB0AA' }, status: 'ERROR' }, 'server'],
  [TEXT, 200, { id: M, ack: -1 }, 'server'],
  [TEXT, 200, { id: M, ack: 0 }, 'ok', { status: 'queued' }],
  [EDIT, 200, { id: M, ack: -1 }, 'server'],
  [REACT, 200, { key: { remoteJid: C, fromMe: true, id: 'AB' }, status: 'ERROR' }, 'server'],
  // the answer's chat wins: Brazil's ninth digit
  [['message.sendText', { to: '+5511987654321', text: 'Hi' }], 200, { id: 'true_551187654321@c.us_AB' }, 'ok', { to: '551187654321@c.us' }],
  // answers that say nothing
  [TEXT, 200, {}, 'unknown_outcome'],
  [TEXT, 200, { success: true, message: 'Operation completed successfully' }, 'unknown_outcome'],
  [TEXT, 200, 'OK', 'unknown_outcome'],
  [GROUP, 200, { success: true }, 'unknown_outcome'],
  [CODE, 200, {}, 'unknown_outcome'],
  [CODE, 200, { code: 'ABCD-EFGH' }, 'ok', { code: 'ABCD-EFGH' }],
  [CHECK, 200, {}, 'bad_response'],
  [CHECK, 200, { numberExists: true, chatId: L, pn: C }, 'ok', { exists: true }],
  [GET, 200, { success: true }, 'bad_response'],
  [['chat.list', {}], 200, { success: true, message: 'Operation completed successfully' }, 'bad_response'],
  [['session.get', {}], 200, 'OK', 'bad_response'],
  [LEAVE, 200, { success: true }, 'ok', { done: true }],
  [LEAVE, 200, undefined, 'ok', { done: true }],
  // public clients read these at HTTP 200 (knowledge of Wawp, section 4)
  [LEAVE, 200, { success: false, message: 'Group not found' }, 'not_found'],
  [LEAVE, 200, { error: { code: 'invalid_session', message: 'x' } }, 'not_found', { code: 'invalid_session' }],
  [TEXT, 200, { success: false, message: 'Instance is not connected' }, 'conflict'],
  [TEXT, 200, { status: 'error', message: 'x' }, 'server'],
  [TEXT, 200, { success: false, code: 'quota_reached' }, 'permission', { code: 'quota_reached' }],
  // refusals of WhatsApp, through the engine and through Wawp
  [
    TEXT,
    500,
    { statusCode: 500, exception: { message: '2 UNKNOWN: server returned error 463' } },
    'permission',
    { code: 'account_limited' },
  ],
  [TEXT, 502, { code: 'wawp_upstream_error', message: 'server returned error 475' }, 'permission', { code: 'account_limited' }],
  [TEXT, 500, { status: 500, message: `no LID found for ${C} from server`, error: 'x' }, 'not_found'],
  [TEXT, 500, { error: { message: 'No LID for user' } }, 'not_found'],
  [TEXT, 200, { success: false, message: 'item-not-found' }, 'not_found'],
  [ADD, 500, { message: 'not-authorized' }, 'permission'],
  [GROUP, 500, { exception: { message: 'not-acceptable', data: 406 } }, 'invalid_request'],
  [TEXT, 500, { message: 'rate-overlimit' }, 'rate_limited', { retryable: false }],
  [TEXT, 500, { message: 'something else' }, 'unknown_outcome'],
  [TEXT, 502, { code: 'wawp_upstream_error', message: 'timeout' }, 'unknown_outcome'],
  // persons with a code of their own (whatsmeow, Baileys)
  [ADD, 200, [{ jid: C, status: '403' }], 'ok', { participants: [{ id: C, ok: false, reason: '403' }] }],
  [
    ADD,
    200,
    [{ JID: L, PhoneNumber: '4915112345678@s.whatsapp.net', Error: 408 }],
    'ok',
    { participants: [{ id: C, ok: false, reason: '408' }] },
  ],
  [ADD, 200, 'Error: gone', 'unknown_outcome'],
  // number and LID: WAHA's rows of /lids, as Wawp's page has them
  [RESOLVE, 200, [{ lid: L, pn: C }], 'ok', { id: C, lid: L, phone: '+4915112345678' }],
  [
    BACK,
    200,
    [
      { lid: '1@lid', pn: null },
      { lid: L, pn: '4915112345678@s.whatsapp.net' },
    ],
    'ok',
    { id: L, lid: L, phone: '+4915112345678' },
  ],
  [RESOLVE, 200, { data: null }, 'bad_response'],
  [RESOLVE, 200, {}, 'bad_response'],
]

describe('what an answer of Wawp becomes', () => {
  for (const [[id, input], status, body, outcome, more = {}] of rows) {
    it(`${id} ${JSON.stringify(input)} ${status} ${JSON.stringify(body)}: ${outcome}`, async () => {
      const { run, requests } = verbs([{ status, ...(body === undefined ? {} : { body }) }])
      if (outcome === 'ok') expect(await run(id, input)).toMatchObject(more)
      else expect(await failure(run(id, input))).toMatchObject({ kind: outcome, ...more })
      if (/send|create|leave|add/.test(id)) expect(requests).toHaveLength(1)
    })
  }
})

describe('contact.resolve', () => {
  const pairs = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ lid: `${from + index}@lid`, pn: `49151${from + index}@c.us` }))

  it('goes through the list page by page, until it is found', async () => {
    const { run, requests } = verbs([
      { status: 200, body: pairs(1_000_000, 100) },
      { status: 200, body: [...pairs(2_000_000, 5), { lid: L, pn: C }] },
    ])
    expect(await run('contact.resolve', { contact: C })).toMatchObject({ session, id: C, lid: L })
    expect(requests.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['0', '100'])
  })

  it('ends where the list ends, and where pages do not count', async () => {
    for (const script of [[pairs(1_000_000, 3)], [pairs(1_000_000, 100), pairs(1_000_000, 100)]]) {
      const { run, requests } = verbs(script.map((body) => ({ status: 200, body })))
      const error = await failure(run('contact.resolve', { contact: C }))
      expect([error.kind, error.message, requests.length]).toEqual([
        'not_found',
        `Wawp has no other name of ${C} in its list`,
        script.length,
      ])
    }
  })
})
