import type { ParsedEvent } from '@wamux/core/webhooks'
import { expect } from 'vitest'
import { engineEvents } from '../src/index.ts'

// C, L and G: a person by number, the same person by hidden id, a group; A, B: other persons
export const C = '4915112345678@c.us'
export const S = '4915112345678@s.whatsapp.net'
export const L = '222000000000000@lid'
export const G = '120363000000000000@g.us'
export const A = '4915100000001@c.us'
export const N = '120363111111111111@newsletter'
export const phone = '+4915112345678'
export const me = { id: '4915199999999@c.us', lid: '333000000000000@lid', pushName: 'Me' }

/** What is compared: the type of the event, and fields of its message. */
export interface Told {
  readonly event: string
  readonly [field: string]: unknown
}
export type Row = readonly [source: string, payload: object, told: Told]

function read(payload: object, fields: readonly string[]): Told {
  const events = engineEvents({ word: 'message.any', session: 'main', id: 'evt', me, payload })
  expect(events).toHaveLength(1)
  const { type, data } = events[0] as ParsedEvent
  const { message } = data as unknown as { message: Record<string, unknown> }
  return { event: type, ...Object.fromEntries(fields.map((name) => [name, message[name]])) }
}

/** Compares the fields that are named, `undefined` for those that must be missing. */
export function check(payload: object, { event, ...told }: Told): void {
  expect(read(payload, Object.keys(told))).toEqual({ event, ...told })
}

// Baileys 7 in WAHA's NOWEB: proto.WebMessageInfo beside the common fields
export const noweb = (message: object, more: object = {}): object => ({
  id: `false_${C}_M`,
  timestamp: 1_795_223_577,
  from: C,
  fromMe: false,
  hasMedia: false,
  _data: { key: { remoteJid: S, fromMe: false, id: 'M' }, message, messageTimestamp: 1_795_223_577, pushName: 'Ann', ...more },
})
// whatsmeow events.Message in WAHA's GOWS: names in Go's spelling
export const gows = (Message: object, Info: object = {}): object => ({
  id: `false_${C}_M`,
  from: C,
  fromMe: false,
  _data: { Info: { ID: 'M', Chat: S, Sender: '4915112345678:7@s.whatsapp.net', Timestamp: '2026-11-21T01:12:57Z', ...Info }, Message },
})
// whatsapp-web.js: `_data` is the web page's own model
export const webjs = (_data: object, more: object = {}): object => ({
  id: `false_${C}_M`,
  from: C,
  to: me.id,
  fromMe: false,
  timestamp: 1_795_223_577,
  ack: 1,
  ackName: 'SERVER',
  _data: { id: { fromMe: false, remote: C, id: 'M', _serialized: `false_${C}_M` }, ...(_data as object) },
  ...more,
})

export const quoted: object = { stanzaId: 'Q', participant: S, quotedMessage: { conversation: 'Before' } }
