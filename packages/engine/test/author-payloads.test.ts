import { describe, it } from 'vitest'
import { A, C, check, G, L, me, N, phone, type Row, S } from './payloads.ts'

describe('who wrote where', () => {
  const group = (id: string, more: object, _data: object = {}) => ({ id, from: G, body: 'Hi', ...more, _data })
  const both = { phone, person: { id: L, phone, lid: L } }
  const rows: readonly Row[] = [
    // devices and agents stand in ids as `:7`, `_1`, `.0:7`
    [
      'a device in the id',
      { id: 'false_4915112345678:7@s.whatsapp.net_M', from: '4915112345678:7@s.whatsapp.net', body: 'Hi' },
      { event: 'message.received', chat: C, from: C, key: 'M', phone, fromMe: false },
    ],
    [
      'a device of a LID',
      { id: 'false_222000000000000:12@lid_M', from: '222000000000000:12@lid', body: 'Hi' },
      { event: 'message.received', chat: L, from: L, key: 'M', phone: undefined },
    ],
    [
      'an agent',
      { id: `false_${C}_M`, from: '4915112345678_1:12@s.whatsapp.net', fromMe: false, body: 'Hi' },
      { event: 'message.received', from: C, phone },
    ],
    [
      'LID in a group, number beside [NOWEB]',
      group(`false_${G}_M_${L}`, { participant: L, fromMe: false }, { key: { remoteJid: G, participant: L, participantAlt: S } }),
      { event: 'message.received', chat: G, from: L, key: 'M', ...both },
    ],
    [
      'LID in a group, number beside [GOWS]',
      group(
        `false_${G}_M_${L}`,
        { participant: L, fromMe: false },
        { Info: { Chat: G, Sender: '222000000000000:3@lid', SenderAlt: '4915112345678:3@s.whatsapp.net', AddressingMode: 'lid' } },
      ),
      { event: 'message.received', chat: G, from: L, ...both },
    ],
    [
      'author as an object [WEBJS]',
      group(`false_${G}_M_${L}`, { fromMe: false }, { author: { server: 'lid', user: '222000000000000', _serialized: L }, type: 'chat' }),
      { event: 'message.received', chat: G, from: L, phone: undefined },
    ],
    [
      'own in a group, not marked, by LID',
      group(`false_${G}_M_${me.lid}`, { participant: me.lid, fromMe: false }),
      { event: 'message.sent', chat: G, from: me.lid, fromMe: true, phone: undefined, person: undefined },
    ],
    [
      'own in a group, by a device of the number',
      group(`true_${G}_M_${me.id}`, { participant: '4915199999999:2@s.whatsapp.net', fromMe: true }),
      { event: 'message.sent', from: me.id, fromMe: true, person: undefined },
    ],
    [
      'own to one person [GOWS]',
      {
        id: `true_${L}_M`,
        from: L,
        fromMe: true,
        body: 'Hi',
        _data: { Info: { Chat: L, Sender: '333000000000000:2@lid', IsFromMe: true, RecipientAlt: S } },
      },
      { event: 'message.sent', chat: L, key: 'M', fromMe: true, ...both },
    ],
    [
      'own to one person [WEBJS]',
      { id: `true_${C}_M`, from: me.id, to: C, fromMe: true, body: 'Hi', _data: { type: 'chat' } },
      { event: 'message.sent', chat: C, from: me.id, phone, fromMe: true },
    ],
    [
      'to oneself',
      { id: `true_${me.id}_M`, from: me.id, to: me.id, fromMe: true, body: 'Note' },
      { event: 'message.sent', chat: me.id, fromMe: true, text: 'Note' },
    ],
    [
      'a bot',
      { id: 'false_867051314767696@bot_M', from: '867051314767696@bot', fromMe: false, body: 'Hi' },
      { event: 'message.received', chat: '867051314767696@bot', from: '867051314767696@bot', phone: undefined, person: undefined },
    ],
    [
      'a business that a company runs',
      { id: 'false_4915112345678@hosted_M', from: '4915112345678@hosted', fromMe: false, body: 'Hi' },
      { event: 'message.received', chat: '4915112345678@hosted', phone, person: { id: '4915112345678@hosted', phone } },
    ],
    [
      'the same by LID',
      { id: 'false_222000000000000@hosted.lid_M', from: '222000000000000:99@hosted.lid', fromMe: false, body: 'Hi' },
      {
        event: 'message.received',
        chat: '222000000000000@hosted.lid',
        phone: undefined,
        person: { id: '222000000000000@hosted.lid', lid: L },
      },
    ],
    [
      'WhatsApp itself',
      { id: 'false_0@c.us_M', from: '0@c.us', fromMe: false, body: 'Hi' },
      { event: 'message.received', chat: '0@c.us', from: '0@c.us', phone: undefined, person: undefined },
    ],
    [
      'the server',
      { id: 'false_server@c.us_M', from: 'server@c.us', fromMe: false, _data: { type: 'e2e_notification' } },
      { event: 'message.received', chat: 'server@c.us', type: 'system', phone: undefined, person: undefined },
    ],
    [
      'a channel',
      { id: `false_${N}_M`, from: N, fromMe: false, body: 'News' },
      { event: 'channel.message', chat: N, phone: undefined, person: undefined, text: 'News' },
    ],
    ['an own channel', { id: `true_${N}_M`, from: N, fromMe: true, body: 'News' }, { event: 'message.sent', chat: N, fromMe: true }],
    [
      'a status',
      { id: `false_status@broadcast_M_${C}`, from: 'status@broadcast', participant: C, fromMe: false, body: 'Sun' },
      { event: 'status.posted', chat: 'status@broadcast', from: C, phone },
    ],
    [
      'a status by LID [NOWEB]',
      {
        id: `false_status@broadcast_M_${L}`,
        from: 'status@broadcast',
        participant: L,
        fromMe: false,
        _data: {
          key: { remoteJid: 'status@broadcast', participant: L, participantAlt: S },
          message: { extendedTextMessage: { text: 'Sun' } },
        },
      },
      { event: 'status.posted', from: L, ...both, text: 'Sun' },
    ],
    [
      'an own broadcast list',
      { id: 'true_1718000000@broadcast_M', from: '1718000000@broadcast', fromMe: true, body: 'All' },
      { event: 'message.sent', chat: '1718000000@broadcast', phone: undefined },
    ],
    [
      'in a broadcast list of somebody',
      { id: `false_1718000000@broadcast_M_${C}`, from: '1718000000@broadcast', participant: C, fromMe: false, body: 'All' },
      { event: 'message.received', chat: '1718000000@broadcast', from: C, phone },
    ],
    [
      'a group of the old form',
      {
        id: `false_${A.slice(0, -5)}-1600000000@g.us_M_${C}`,
        from: '4915100000001-1600000000@g.us',
        participant: C,
        fromMe: false,
        body: 'Hi',
      },
      { event: 'message.received', chat: '4915100000001-1600000000@g.us', from: C, phone },
    ],
  ]
  it.each(rows)('%s', (_, payload, told) => check(payload, told))
})
