import { describe, expect, it } from 'vitest'
import { engineAck, engineEvents, engineMessage } from '../src/index.ts'
import { C, G, gows, L, me, noweb, phone, S } from './payloads.ts'

const both = { phone, person: { id: L, phone, lid: L } }
const read = (word: string, payload: unknown) =>
  engineEvents({ word, session: 'main', id: 'evt', me, payload }).map(({ type, data }) => ({ type, ...data }))

// Baileys 7: keys with …Alt; whatsmeow: Sender and SenderAlt beside each other
const key = { remoteJid: G, participant: L, participantAlt: S }
const revoke = (about: object) => ({ protocolMessage: { type: 0, key: about } })
const notice = (_data: object) => ({ before: null, after: { id: `false_${G}_N_${L}`, from: G, participant: L, _data } })

describe('who did something in a group is told with the number that stands anywhere in the payload', () => {
  it.each([
    ['edited [NOWEB]', 'message.edited', { id: `false_${G}_E_${L}`, from: G, participant: L, body: 'New', _data: { key } }],
    [
      'edited [GOWS]',
      'message.edited',
      { id: `false_${G}_E_${L}`, from: G, participant: L, body: 'New', _data: { Info: { Chat: G, Sender: L, SenderAlt: S } } },
    ],
    ['could not be read', 'message.waiting', { id: `false_${G}_M_${L}`, from: G, participant: L, _data: { key } }],
    ['deleted an own one', 'message.revoked', notice({ key, message: revoke({ remoteJid: G, id: 'M', participant: L }) })],
    [
      'deleted one of another, as an admin',
      'message.revoked',
      notice({ key, message: revoke({ remoteJid: G, id: 'M', participant: '555000000000000@lid' }) }),
    ],
    ['read it', 'message.ack.group', { id: `true_${G}_M_${me.id}`, from: G, fromMe: true, participant: L, ack: 3, _data: { key } }],
    [
      'read it [GOWS]',
      'message.ack.group',
      {
        id: `true_${G}_M_${me.id}`,
        from: G,
        fromMe: true,
        participant: L,
        ack: 3,
        _data: { Chat: G, Sender: '222000000000000:4@lid', SenderAlt: S },
      },
    ],
  ])('%s', (_, word, payload) => {
    expect(read(word, payload)).toEqual([expect.objectContaining({ chat: G, from: L, ...both })])
  })

  it('but not who wrote the message that others read, nor the account itself', () => {
    for (const participant of [me.id, me.lid]) {
      const [ack] = read('message.ack', { id: `true_${G}_M_${me.lid}`, from: G, fromMe: true, participant, ack: 2 })
      expect(ack).toEqual({ type: 'message.ack', message: `true_${G}_M_${me.lid}`, chat: G, ack: 'delivered', key: 'M' })
    }
    expect(read('call.accepted', { id: 'K', from: me.id, isVideo: false, isGroup: false })[0]).not.toHaveProperty('person')
    // the receipt of another own device says nothing of the chat's person
    const own = { Chat: L, Sender: me.lid, SenderAlt: me.id }
    expect(read('message.ack', { id: `true_${L}_M`, from: L, fromMe: true, ack: 3, _data: own })[0]).not.toHaveProperty('phone')
  })
})

describe('in a chat with one person', () => {
  it.each([
    ['deleted', 'message.revoked', { after: { id: `false_${L}_N`, from: L, _data: { key: { remoteJid: L, remoteJidAlt: S } } } }],
    [
      'deleted, of which only the earlier one is left',
      'message.revoked',
      { before: { id: `false_${L}_N`, _data: { key: { remoteJidAlt: S } } } },
    ],
    [
      'read [GOWS]',
      'message.ack',
      { id: `true_${L}_M`, fromMe: true, ack: 3, _data: { Chat: L, Sender: '222000000000000:4@lid', SenderAlt: S } },
    ],
    ['archived', 'chat.archive', { id: L, archived: true, _data: { pnJid: S } }],
    ['typing', 'presence.update', { id: L, presences: [{ participant: L, participantAlt: S, lastKnownPresence: 'typing' }] }],
  ])('%s', (_, word, payload) => {
    expect(read(word, payload)).toEqual([expect.objectContaining({ chat: L, ...both })])
  })
})

describe('ids that are objects, in every place of an event', () => {
  const at = (id: string, fromMe = false) => [
    { fromMe, remote: C, id, $1: `${fromMe}_${C}_${id}` },
    { fromMe, remote: C, id, _serialized: `${fromMe}_${C}_${id}` },
    { fromMe, remote: { user: '4915112345678', server: 'c.us' }, id },
  ]
  it.each([0, 1, 2])('form %i', (form) => {
    const id = (name: string, fromMe = false) => at(name, fromMe)[form]
    const told = (word: string, payload: object) => read(word, { from: C, ...payload })[0]
    const mine = { chat: C, message: `true_${C}_M`, key: 'M' }
    const theirs = { chat: C, message: `false_${C}_M`, key: 'M' }
    expect(told('message.ack', { id: id('M', true), fromMe: true, ack: 3 })).toMatchObject({ ...mine, ack: 'read' })
    expect(told('message.reaction', { id: id('R'), reaction: { text: '👍', messageId: id('M', true) } })).toMatchObject({
      ...mine,
      emoji: '👍',
    })
    expect(told('message.edited', { id: id('M'), body: 'New' })).toMatchObject({ ...theirs, text: 'New' })
    expect(told('message.revoked', { before: { id: id('M') }, after: { id: id('M') } })).toMatchObject(theirs)
    expect(told('message.waiting', { id: id('M') })).toMatchObject({ type: 'message.undecryptable', ...theirs })
    expect(told('poll.vote', { vote: { id: id('V'), from: C, selectedOptions: ['Yes'] }, poll: { id: id('M', true) } })).toMatchObject(mine)
    expect(told('event.response', { id: id('V'), eventCreationKey: { id: id('M', true) }, eventResponse: {} })).toMatchObject(mine)
  })
})

describe('acks', () => {
  // `ACK` of WhatsApp's web page, as WPP and WEBJS pass it on; below -1 it tells why
  it.each([-7, -6, -5, -4, -3, -2, -1])('%i is a failure', (ack) => {
    expect(engineAck({ ack, ackName: 'UNKNOWN' })).toBe('failed')
    expect(read('message.ack', { id: `true_${C}_M`, fromMe: true, ack, ackName: 'UNKNOWN' })[0]).toMatchObject({ type: 'message.failed' })
  })
  it.each(['read', 'Read', 'READ'])('the word %s', (ackName) => expect(engineAck({ ackName })).toBe('read'))
  it.each([5, 99, -8, 'MELTED', 'constructor', {}, [], true])('%j is none', (ack) => expect(engineAck({ ack })).toBe('unknown'))
})

describe('what happened to persons in a group', () => {
  it.each([
    ['join', 'added'],
    ['invite', 'added'],
    ['linked_group_join', 'added'],
    ['ADD', 'added'],
    ['leave', 'removed'],
    ['left', 'removed'],
    ['Remove', 'removed'],
    ['promote', 'promoted'],
    ['demote', 'demoted'],
    // a person with a new number neither came nor went
    ['modify', undefined],
    ['constructor', undefined],
  ])('%s', (type, change) => {
    const [event] = read('group.v2.participants', { type, group: { id: G }, participants: [{ id: L, phoneNumber: S }] })
    expect(event).toEqual({ type: 'group.participants', group: G, ...(change && { change }), participants: [L], persons: [both.person] })
  })
})

it('a call of a group names it [GOWS]', () => {
  const _data = { From: G, GroupJID: G, CallCreator: L, CallCreatorAlt: S }
  expect(read('call.received', { id: 'K', from: L, isVideo: true, isGroup: true, _data })[0]).toMatchObject({ group: G, ...both })
})

describe('contents that people read', () => {
  const product = { product: { title: 'Shoe' }, body: '' }
  it.each<[name: string, part: object, told: object]>([
    ['an unused text field beside a picture', { conversation: '', imageMessage: { caption: 'Sea' } }, { type: 'image', text: 'Sea' }],
    ['an unused caption', { groupInviteMessage: { groupJid: G, groupName: 'Club', caption: '' } }, { type: 'text', text: 'Club' }],
    ['invitation', { groupInviteMessage: { groupName: 'Club', caption: 'Join us' } }, { type: 'text', text: 'Join us' }],
    ['product', { productMessage: { product: { title: 'Shoe' }, body: 'Look' } }, { type: 'text', text: 'Look' }],
    ['product by its name', { productMessage: product }, { type: 'text', text: 'Shoe' }],
    ['order', { orderMessage: { orderId: '1', itemCount: 2, message: 'Two' } }, { type: 'text', text: 'Two' }],
    ['calendar event', { eventMessage: { name: 'Party', location: { degreesLatitude: 1 } } }, { type: 'text', text: 'Party' }],
    ['payment', { sendPaymentMessage: { noteMessage: { extendedTextMessage: { text: 'Thanks' } } } }, { type: 'text', text: 'Thanks' }],
    ['invitation to a channel', { newsletterAdminInviteMessage: { caption: 'Help' } }, { type: 'text', text: 'Help' }],
    ['template', { templateMessage: { interactiveMessageTemplate: { body: { text: 'Hi' } } } }, { type: 'text', text: 'Hi' }],
    [
      'old template',
      { highlyStructuredMessage: { hydratedHsm: { hydratedTemplate: { hydratedContentText: 'Hi' } } } },
      { type: 'text', text: 'Hi' },
    ],
    ['cards to swipe', { interactiveMessage: { header: { title: 'Top' }, carouselMessage: {} } }, { type: 'text', text: 'Top' }],
    ['a pin', { pinInChatMessage: { key: { id: 'X' }, type: 1 } }, { type: 'system', text: undefined }],
    ['kept', { keepInChatMessage: { key: { id: 'X' } } }, { type: 'system', text: undefined }],
    ['a vote, encrypted', { pollUpdateMessage: { vote: {} } }, { type: 'system', text: undefined }],
    ['a reaction, encrypted', { encReactionMessage: {} }, { type: 'reaction', text: undefined }],
    ['a call', { callLogMesssage: { isVideo: true } }, { type: 'system', text: undefined }],
    ['in a wrapper', { ephemeralMessage: { message: { eventMessage: { name: 'Party' } } } }, { type: 'text', text: 'Party' }],
  ])('%s', (_, part, told) => {
    for (const payload of [noweb(part), gows(part)]) {
      const { type, text } = engineMessage('main', payload)
      expect({ type, text }).toEqual(told)
    }
  })

  it('a picture by the web page’s own model: the caption, not the small picture in its body', () => {
    const model = { id: { fromMe: false, remote: C, id: 'M' }, type: 'image', mimetype: 'image/jpeg', body: '/9j/4AAQ' }
    expect(engineMessage('main', { ...model, caption: 'Sea' }).text).toBe('Sea')
    expect(engineMessage('main', model).text).toBeUndefined()
    // WAHA's own fields beside the model have the caption as body
    expect(engineMessage('main', { id: `false_${C}_M`, body: 'Sea', hasMedia: true, _data: model }).text).toBe('Sea')
  })

  it('a reply by the web page’s own model', () => {
    const model = {
      id: { fromMe: false, remote: C, id: 'M' },
      type: 'chat',
      body: 'Yes',
      quotedStanzaID: 'Q',
      quotedParticipant: { _serialized: C },
    }
    expect(engineMessage('main', model).replyTo).toBe(`false_${C}_Q`)
  })
})

// Baileys: the edit's notice; whatsmeow: the same in Go's spelling
it.each(['message', 'Message'])('the new text of an edit without a body, in %s', (name) => {
  const edit = { protocolMessage: { type: 14, key: { id: 'M' }, editedMessage: { imageMessage: { caption: 'New' } } } }
  for (const inside of [edit, { editedMessage: { message: edit } }]) {
    const [event] = read('message.edited', { id: `false_${C}_E`, from: C, body: null, editedMessageId: 'M', _data: { [name]: inside } })
    expect(event).toMatchObject({ message: `false_${C}_M`, text: 'New' })
  }
})
