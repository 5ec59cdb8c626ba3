import type { GatewayEvent } from '@wamux/core'
import { createIdentities, normalJid, numberForms, parseAddress, toJid } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { engineEvents } from '../events/events.ts'
import { engineMessage } from './message.ts'
import { engineContact, engineParticipant } from './people.ts'

const C = '4915112345678@c.us'
const L = '222000000000000@lid'
const S = '4915112345678@s.whatsapp.net'
const G = '120363000000000000@g.us'
const phone = '+4915112345678'
const both = { phone, lid: L }

type Row = readonly [source: string, payload: object, person: object | undefined]
const messages: readonly Row[] = [
  // WAHA NOWEB, Baileys 7: knowledge page waha, "remoteJidAlt"
  [
    'NOWEB, direct',
    { id: `false_${L}_A`, from: L, fromMe: false, _data: { key: { remoteJid: L, remoteJidAlt: S, id: 'A' } } },
    { id: L, ...both },
  ],
  [
    'NOWEB, own direct',
    { id: `true_${L}_A`, fromMe: true, _data: { key: { fromMe: true, remoteJid: L, remoteJidAlt: S } } },
    { id: L, ...both },
  ],
  ['NOWEB, by number', { id: `false_${C}_A`, fromMe: false, _data: { key: { remoteJid: S, remoteJidAlt: L } } }, { id: C, ...both }],
  ['NOWEB, group', { id: `false_${G}_A_${L}`, fromMe: false, _data: { key: { participant: L, participantAlt: S } } }, { id: L, ...both }],
  [
    'NOWEB, group by number',
    { id: `false_${G}_A_${C}`, fromMe: false, _data: { key: { participant: S, participantAlt: L } } },
    { id: C, ...both },
  ],
  ['NOWEB, own in group', { id: `true_${G}_A_${L}`, fromMe: true, _data: { key: { participant: L, participantAlt: S } } }, undefined],
  // Baileys 6.7 (WARest 0.3.44): decode-wa-message writes senderPn, senderLid, participantPn, participantLid
  ['Baileys 6, direct', { key: { remoteJid: L, fromMe: false, id: 'A', senderPn: S } }, { id: L, ...both }],
  ['Baileys 6, direct by number', { key: { remoteJid: S, fromMe: false, id: 'A', senderLid: L } }, { id: C, ...both }],
  ['Baileys 6, group', { key: { remoteJid: G, fromMe: false, id: 'A', participant: L, participantPn: S } }, { id: L, ...both }],
  ['Baileys 6, group by number', { key: { remoteJid: G, fromMe: false, id: 'A', participant: S, participantLid: L } }, { id: C, ...both }],
  [
    'Baileys 6, own',
    { key: { remoteJid: L, fromMe: true, id: 'A', senderPn: '1202@s.whatsapp.net', peerRecipientPn: S } },
    { id: L, ...both },
  ],
  // WAHA GOWS, whatsmeow types.MessageSource: knowledge page waha-2026-8, "fills _data.Info.SenderAlt"
  ['GOWS, direct', { id: `false_${L}_A`, fromMe: false, _data: { Info: { Chat: L, Sender: L, SenderAlt: S } } }, { id: L, ...both }],
  [
    'GOWS, device',
    { id: `false_${C}_A`, fromMe: false, _data: { Info: { Sender: S, SenderAlt: '222000000000000:12@lid' } } },
    { id: C, ...both },
  ],
  ['GOWS, own', { id: `true_${L}_A`, fromMe: true, _data: { Info: { Chat: L, IsFromMe: true, RecipientAlt: S } } }, { id: L, ...both }],
  [
    'GOWS, group',
    { id: `false_${G}_A_${L}`, fromMe: false, _data: { Info: { Sender: L, SenderAlt: S, IsGroup: true } } },
    { id: L, ...both },
  ],
  ['GOWS, empty alt', { id: `false_${L}_A`, fromMe: false, _data: { Info: { Sender: L, SenderAlt: '' } } }, { id: L, lid: L }],
  // WEBJS and WPP: the contact stands beside the message as an object
  [
    'WEBJS, card',
    { id: `false_${L}_A`, fromMe: false, _data: { sender: { id: { _serialized: L }, phoneNumber: { _serialized: C } } } },
    { id: L, ...both },
  ],
  ['WPP, card in a group', { id: `false_${G}_A_${L}`, fromMe: false, _data: { sender: { id: L, pn: S } } }, { id: L, ...both }],
  [
    'WEBJS, digits of the LID as number',
    { id: `false_${L}_A`, fromMe: false, _data: { sender: { number: '222000000000000' } } },
    { id: L, lid: L },
  ],
  ['nothing told', { id: `false_${L}_A`, from: L, fromMe: false }, { id: L, lid: L }],
  ['by number only', { id: `false_${C}_A`, from: C, fromMe: false }, { id: C, phone }],
  ['hostile', { id: `false_${L}_A`, fromMe: false, _data: { key: { remoteJidAlt: { a: 1 } }, Info: [] } }, { id: L, lid: L }],
]

describe('the other person of a message', () => {
  it.each(messages)('%s', (_, payload, person) => {
    const message = engineMessage('main', payload)
    expect(message.person).toEqual(person)
    expect(message.phone).toBe((person as { phone?: string } | undefined)?.phone)
    expect(message.key).toBe('A')
  })

  it.each([
    // Baileys GroupMetadata, whatsmeow GroupParticipant, WAHA groups v2, SparkBot
    [
      { id: L, phoneNumber: S },
      { id: L, ...both },
    ],
    [
      { JID: L, PhoneNumber: S, LID: L },
      { id: L, ...both },
    ],
    [
      { id: L, pn: C },
      { id: L, ...both },
    ],
    [
      { id: L, jid: S },
      { id: L, ...both },
    ],
    [
      { id: C, lid: L },
      { id: C, ...both },
    ],
    [L, { id: L, lid: L }],
    [C, { id: C, phone }],
  ])('a participant %j', (raw, person) => {
    expect(engineParticipant(raw)).toMatchObject(person)
  })

  it('a contact by LID has the number only where it is one', () => {
    expect(engineContact('main', { id: L, number: '222000000000000' })).not.toHaveProperty('phone')
    expect(engineContact('main', { id: L, number: '4915112345678' })).toMatchObject({ id: L, ...both })
  })
})

const key = { remoteJid: L, remoteJidAlt: S, participantAlt: S }
const me = { id: '12025550143@c.us', lid: '999@lid' }
it.each([
  // words and payloads of WAHA's documented events, with the key of NOWEB beside them
  ['message.ack', { id: `true_${L}_A`, ack: 3, fromMe: true, to: L, _data: { key } }],
  ['message.reaction', { from: L, fromMe: false, reaction: { text: '+', messageId: `true_${L}_A` }, _data: { key } }],
  ['poll.vote', { vote: { from: L, fromMe: false, selectedOptions: ['a'] }, poll: { id: `true_${L}_A` }, _data: { key } }],
  ['message.edited', { id: `false_${L}_A`, from: L, fromMe: false, body: 'x', _data: { key } }],
  ['message.revoked', { before: { id: `false_${L}_A` }, after: { id: `false_${L}_N` }, _data: { key } }],
  ['call.received', { id: 'C', from: L, _data: { senderPn: S, remoteJidAlt: S } }],
])('%s tells phone and person', (word, payload) => {
  expect(engineEvents({ word, session: 'main', payload, me })[0]?.data).toMatchObject({ phone, person: { id: L, ...both } })
})

it('knows own messages in groups by the LID of the account', () => {
  const payload = { id: `false_${G}_A_999@lid`, from: G, fromMe: false, participant: '999@lid', body: 'x' }
  const [event] = engineEvents({ word: 'message.any', session: 'main', payload, me })
  expect(event).toMatchObject({ data: { message: { fromMe: true } } })
  expect(event?.data).not.toHaveProperty('message.person')
})

it.each([
  // knowledge: chats that gateways list
  ['13135550002@bot', '13135550002@bot'],
  ['4915112345678@hosted', '4915112345678@hosted'],
  ['222000000000000@hosted.lid', '222000000000000@hosted.lid'],
  ['0@c.us', '0@c.us'],
  ['server@c.us', 'server@c.us'],
  ['222000000000000:12@lid', L],
  ['4915112345678:12@s.whatsapp.net', C],
  ['4915112345678_1:12@s.whatsapp.net', C],
  ['4915112345678.0:12@s.whatsapp.net', C],
  ['4915112345678:99@hosted', '4915112345678@hosted'],
])('%s, as a gateway lists it, can be read back', (listed, jid) => {
  expect(toJid(parseAddress(listed))).toBe(jid)
  expect(toJid(parseAddress(normalJid(listed) ?? ''))).toBe(jid)
  expect(toJid(parseAddress(parseAddress(listed)))).toBe(jid)
})

it.each([
  ['5511987654321', ['5511987654321', '551187654321']],
  ['551187654321', ['551187654321', '5511987654321']],
  ['551133334444', ['551133334444']],
  ['5215512345678', ['5215512345678', '525512345678']],
  ['525512345678', ['525512345678', '5215512345678']],
  ['5491123456789', ['5491123456789', '541123456789']],
  ['541123456789', ['541123456789', '5491123456789']],
  ['4915112345678', ['4915112345678']],
])('forms of %s', (digits, forms) => {
  expect(numberForms(digits)).toEqual(forms)
})

describe('the map of people', () => {
  it('knows number and LID as one, each session on its own, and forgets the oldest', () => {
    const people = createIdentities({ size: 2 })
    expect(people.same('a', C, L)).toBe(false)
    people.learn('a', { id: L, ...both })
    expect([people.same('a', C, L), people.same('b', C, L), people.same('a', phone, '222000000000000:3@lid')]).toEqual([true, false, true])
    people.learn('a', { id: '1@lid', phone: '+12025550101' })
    people.learn('a', { id: '2@lid', phone: '+12025550102' })
    expect(people.same('a', C, L)).toBe(false)
  })

  it('learns from events', () => {
    const people = createIdentities()
    people.learnFrom({ session: 'a', data: { message: { person: { id: L, ...both } } } } as GatewayEvent)
    expect(people.canonical('a', L)).toBe(C)
  })
})
