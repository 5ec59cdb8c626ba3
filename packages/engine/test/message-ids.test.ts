import { isPersonJid } from '@wamux/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { engineMessage, engineMessageId, messageIdParts } from '../src/index.ts'
import { sentFacts } from '../src/verbs/index.ts'

const C = '4915112345678@c.us'
const S = '4915112345678@s.whatsapp.net'
const L = '222000000000000@lid'
const G = '120363000000000001@g.us'
const A = '12025550143@c.us'
const WHOLE = `true_${C}_3EB0AA`
const IN_GROUP = `true_${G}_3EB0AA_${A}`
const parts = { fromMe: true, remote: C, id: '3EB0AA' }
const group = { fromMe: true, remote: G, id: '3EB0AA' }
const wid = (jid: string) => ({ user: jid.replace(/@.*/, ''), server: jid.replace(/.*@/, '') })
const key = { remoteJid: S, fromMe: true, id: '3EB0AA' }

type Row = readonly [engine: string, answer: unknown, id: string | undefined]

// WEBJS: the id objects of whatsapp-web.js, before and after the page was minified in July 2026 (`_serialized` became `$1`)
const rows: readonly Row[] = [
  ['WEBJS', { id: WHOLE }, WHOLE],
  ['WEBJS', { id: { ...parts, _serialized: WHOLE } }, WHOLE],
  ['WEBJS', { id: { _serialized: WHOLE } }, WHOLE],
  ['WEBJS', { id: { ...parts, $1: WHOLE } }, WHOLE],
  ['WEBJS', { id: { $1: WHOLE } }, WHOLE],
  ['WEBJS', { id: { _serialized: '', $1: WHOLE } }, WHOLE],
  ['WEBJS', { id: parts }, WHOLE],
  ['WEBJS', { id: { ...parts, _serialized: '' } }, WHOLE],
  ['WEBJS', { id: { ...parts, _serialized: null, $1: 7 } }, WHOLE],
  ['WEBJS', { id: { ...parts, remote: { ...wid(C), _serialized: C } } }, WHOLE],
  ['WEBJS', { id: { ...parts, remote: { ...wid(C), $1: C } } }, WHOLE],
  ['WEBJS', { id: { ...parts, remote: wid(C) } }, WHOLE],
  ['WEBJS', { id: { ...parts, fromMe: false } }, `false_${C}_3EB0AA`],
  ['WEBJS', { id: { ...parts, remote: wid(L) } }, `true_${L}_3EB0AA`],
  ['WEBJS', { id: { ...group, participant: A } }, IN_GROUP],
  ['WEBJS', { id: { ...group, participant: { ...wid(A), _serialized: A } } }, IN_GROUP],
  ['WEBJS', { id: { ...group, participant: { ...wid(A), $1: A } } }, IN_GROUP],
  ['WEBJS', { id: { ...group, participant: wid(A) } }, IN_GROUP],
  ['WEBJS', { id: { ...group, participant: wid(L) } }, `true_${G}_3EB0AA_${L}`],
  ['WEBJS', { id: { ...group, participant: {} } }, `true_${G}_3EB0AA`],
  ['WEBJS', { id: { id: { _serialized: WHOLE } } }, WHOLE],
  ['WEBJS', { id: { id: { $1: WHOLE }, remote: C, fromMe: true } }, WHOLE],
  ['WEBJS', { _data: { id: { ...parts, $1: WHOLE } } }, WHOLE],
  ['WEBJS', { _data: { id: { ...parts, remote: wid(C) } } }, WHOLE],
  ['WEBJS', { id: {}, _data: { id: { _serialized: WHOLE } } }, WHOLE],
  // NOWEB: Baileys' WebMessageInfo.key
  ['NOWEB', { key }, WHOLE],
  ['NOWEB', { id: WHOLE, _data: { key } }, WHOLE],
  ['NOWEB', { _data: { key } }, WHOLE],
  ['NOWEB', { id: key }, WHOLE],
  ['NOWEB', { key: { ...key, remoteJid: C } }, WHOLE],
  ['NOWEB', { key: { ...key, remoteJid: L } }, `true_${L}_3EB0AA`],
  ['NOWEB', { key: { ...key, remoteJid: G, participant: '12025550143@s.whatsapp.net' } }, IN_GROUP],
  ['NOWEB', { key: { ...key, participant: '' } }, WHOLE],
  ['NOWEB', { key: { id: '3EB0AA' } }, '3EB0AA'],
  // GOWS: whatsmeow's Info
  ['GOWS', { id: WHOLE, _data: null }, WHOLE],
  ['GOWS', { id: WHOLE, _data: { Info: { ID: '3EB0AA', Chat: S } } }, WHOLE],
  ['GOWS', { _data: { Info: { ID: '3EB0AA', Chat: S } } }, '3EB0AA'],
  // WPP: bare ids
  ['WPP', { id: '3EB0AA' }, '3EB0AA'],
  ['WPP', { id: { id: '3EB0AA' } }, '3EB0AA'],
  // what is none
  ...[undefined, null, 'OK', [], {}, { id: '' }, { id: 7 }, { id: {} }, { id: [] }, { id: { _serialized: {} } }, { key: {} }].map(
    (answer): Row => ['none', answer, undefined],
  ),
]

it('the chat and key of a send follow from the id of the answer, whatever the chat that was asked for', () => {
  const jids = fc.constantFrom(C, L, G, '491511234567@c.us', '4915112345678@c.us', 'a_b@g.us', '1@newsletter', '12:4@g.us')
  const ends = fc.constantFrom('3EB0AA', '', '_', '3EB0AA_', `3EB0AA_${A}`, '3EB0AA_out')
  fc.assert(
    fc.property(jids, jids, ends, fc.constantFrom('true', 'false', 'TRUE'), (asked, chat, end, mine) => {
      const id = `${mine}_${chat}_${end}`
      const parts = messageIdParts(id)
      const other = parts && parts.chat !== asked && isPersonJid(parts.chat) && isPersonJid(asked) ? parts.chat : undefined
      const { key, to, ...rest } = sentFacts({ id }, {}, asked)
      expect([key, to]).toEqual([parts?.id ?? id, other])
      expect(rest).toEqual({ id, status: 'sent' })
    }),
  )
})

it.each(rows.map((row, index) => [index, ...row] as const))('%i %s: the id of an answer', (_, _engine, answer, id) => {
  expect(engineMessageId(answer)).toBe(id)
  const bare = id === undefined ? undefined : '3EB0AA'
  const facts = sentFacts(answer, {}, C)
  expect([facts.id, facts.key, facts.status]).toEqual([id, bare, id === undefined ? 'unknown' : 'sent'])
  const message = engineMessage('main', answer, { chat: C })
  expect([message.id, message.key]).toEqual([id ?? '', bare])
})

it.each([
  ['the id', { id: 'true_551187654321@c.us_3EB0AA' }],
  ['the parts', { id: { fromMe: true, remote: wid('551187654321@c.us'), id: '3EB0AA' } }],
  ['$1', { id: { $1: 'true_551187654321@c.us_3EB0AA' } }],
  ['a key', { key: { ...key, remoteJid: '551187654321@s.whatsapp.net' } }],
  ['a key beside a bare id', { id: '3EB0AA', _data: { key: { ...key, remoteJid: '551187654321@s.whatsapp.net' } } }],
  ['Info', { id: '3EB0AA', _data: { Info: { ID: '3EB0AA', Chat: '551187654321@s.whatsapp.net' } } }],
])('the chat of the answer, told by %s, wins over the one asked for', (_, answer) => {
  expect(sentFacts(answer, {}, '5511987654321@c.us').to).toBe('551187654321@c.us')
  expect(sentFacts(answer, {}, G).to).toBeUndefined()
})
