import { beforeEach, describe, expect, test } from 'vitest'
import { defaultTimings } from '../clock/timings.ts'
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts'
import { createIds } from '../ids.ts'
import { createNetwork, type Network } from './network.ts'
import type { Account, NetworkEvent } from './types.ts'

let clock: VirtualClock
let network: Network
let ada: Account
let ben: Account
let cleo: Account
let seen: NetworkEvent[]

beforeEach(() => {
  clock = createVirtualClock()
  network = createNetwork(clock, createIds(1), defaultTimings)
  ada = network.account('12025550100')
  ben = network.account('12025550101')
  cleo = network.account('12025550102')
  seen = []
  network.on((event) => seen.push(event))
})

const types = (account: Account) => seen.filter((event) => event.account === account).map(({ type }) => type)
const arrive = () => clock.advance(1_000)

describe('addresses', () => {
  test('whatever a gateway writes is one JID', () => {
    for (const value of [
      '12025550101',
      '+1 202 555 0101',
      '12025550101@s.whatsapp.net',
      '12025550101:7@s.whatsapp.net',
      `${ben.lid}@lid`,
    ]) {
      expect(network.chatOf(value)).toBe('12025550101@c.us')
    }
    expect(network.chatOf('120363@g.us')).toBe('120363@g.us')
    for (const value of ['', 'abc', 3, null, '4711@lid', 'x@y.z']) expect(network.chatOf(value)).toBeUndefined()
  })
})

describe('messages', () => {
  test('both sides have it, each in its own chat, unread until it is seen', async () => {
    network.change(ben, { reads: false })
    const sent = network.send({ from: ada, to: ben.jid, text: 'Hi' })
    await arrive()
    expect(network.chats.messages(ada, ben.jid)).toEqual([sent])
    expect(network.chats.messages(ben, ada.jid)).toEqual([sent])
    expect(network.chats.get(ben, ada.jid)).toMatchObject({ unread: 1, last: sent })
    expect(sent.ack).toBe(2)
    network.markSeen(ben, ada.jid)
    expect(sent.ack).toBe(3)
    expect(network.chats.get(ben, ada.jid)).toMatchObject({ unread: 0 })
    expect(types(ada)).toEqual(['message', 'ack', 'ack', 'ack'])
    expect(types(ben)).toEqual(['message', 'chat'])
  })

  test('marking one of two as seen leaves the other', async () => {
    network.change(ben, { reads: false })
    const [one, two] = [network.send({ from: ada, to: ben.jid, text: '1' }), network.send({ from: ada, to: ben.jid, text: '2' })]
    await arrive()
    network.markSeen(ben, ada.jid, [one.id])
    expect([one.ack, two.ack, network.chats.get(ben, ada.jid)?.unread]).toEqual([3, 2, 1])
  })

  test('voice is played, text is not', async () => {
    const media = network.media.add({ bytes: new Uint8Array([1]), mimetype: 'audio/ogg' })
    const voice = network.send({ from: ada, to: ben.jid, type: 'voice', media })
    const text = network.send({ from: ada, to: ben.jid, text: 'Hi' })
    await arrive()
    expect([voice.ack, text.ack]).toEqual([4, 3])
  })

  test('a phone that is off gets what waits when it is on again', async () => {
    network.change(ben, { on: false })
    const sent = network.send({ from: ada, to: ben.jid, text: 'Hi' })
    await arrive()
    expect(sent.ack).toBe(1)
    network.change(ben, { on: true })
    expect(sent.ack).toBe(2)
    await arrive()
    expect(sent.ack).toBe(3)
  })

  test('what a blocked person sends does not arrive', async () => {
    network.contacts.block(ben, ada, true)
    const sent = network.send({ from: ada, to: ben.jid, text: 'Hi' })
    await arrive()
    expect([sent.ack, network.inbox(ben.phone).length]).toEqual([1, 0])
    expect(network.contacts.get(ben, ada).blocked).toBe(true)
    expect(network.contacts.blocked(ben)).toEqual([ada])
  })

  test('edit, react, revoke are seen by both; only the author may edit, within 15 minutes', async () => {
    const sent = network.send({ from: ada, to: ben.jid, text: 'Hi' })
    await arrive()
    expect(() => network.edit(ben, sent, 'No')).toThrow(expect.objectContaining({ code: 'forbidden' }))
    network.edit(ada, sent, 'Hello')
    network.react(ben, sent, '👍')
    expect([sent.text, sent.editedAt, sent.reactions.get(ben.phone)]).toEqual(['Hello', clock.now(), '👍'])
    network.react(ben, sent, '')
    expect(sent.reactions.size).toBe(0)
    expect(() => network.revoke(ben, sent)).toThrow(expect.objectContaining({ code: 'forbidden' }))
    network.revoke(ada, sent)
    expect(sent).toMatchObject({ revoked: true, text: '' })
    expect(types(ben).filter((type) => type !== 'message' && type !== 'chat')).toEqual(['edit', 'reaction', 'reaction', 'revoke'])
    const old = network.send({ from: ada, to: ben.jid, text: 'old' })
    await clock.advance(16 * 60_000)
    expect(() => network.edit(ada, old, 'new')).toThrow('too old')
  })

  test('forward carries the content, not the reactions', async () => {
    const media = network.media.add({ bytes: new Uint8Array([1, 2]), mimetype: 'image/png', filename: 'a.png' })
    const sent = network.send({ from: ada, to: ben.jid, media, text: 'look' })
    network.react(ben, sent, '👍')
    const forwarded = network.forward(ben, sent, cleo.jid)
    expect(forwarded).toMatchObject({ type: 'image', media, text: 'look', forwarded: true, to: cleo })
    expect(forwarded.reactions.size).toBe(0)
    expect(network.media.bytes(media.id)).toEqual(new Uint8Array([1, 2]))
  })

  test('a poll takes votes for its options only', () => {
    const sent = network.send({ from: ada, to: ben.jid, poll: { question: 'Tea?', options: ['yes', 'no'], multiple: false } })
    network.vote(ben, sent, ['yes'])
    expect(sent.votes.get(ben.phone)).toEqual(['yes'])
    expect(() => network.vote(ben, sent, ['maybe'])).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect(() => network.vote(ben, sent, ['yes', 'no'])).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect(() => network.vote(ben, network.send({ from: ada, to: ben.jid, text: 'x' }), ['yes'])).toThrow('no poll')
  })

  test('a refused message stays failed', async () => {
    const sent = network.send({ from: ada, to: ben.jid, text: 'Hi' })
    network.fail(sent)
    await arrive()
    expect([sent.ack, network.inbox(ben.phone).length]).toEqual([-1, 0])
  })

  test('a status reaches those who know the sender, and is no chat', async () => {
    network.send({ from: ada, to: ben.jid, text: 'Hi' })
    await arrive()
    const status = network.send({ from: ada, to: 'status@broadcast', text: 'on holiday' })
    await arrive()
    expect([...status.receipts.keys()]).toEqual([ben.phone])
    expect(network.chats.list(ben).map(({ id }) => id)).toEqual([ada.jid])
    expect(network.chats.messages(ben, 'status@broadcast')).toEqual([status])
  })
})

describe('chats', () => {
  test('the newest is first; flags are this account’s own', async () => {
    network.send({ from: ada, to: ben.jid, text: '1' })
    network.send({ from: ada, to: cleo.jid, text: '2' })
    network.send({ from: ada, to: ben.jid, text: '3' })
    const flags = { archived: true, pinned: true, mutedUntil: Number.POSITIVE_INFINITY, markedUnread: true }
    network.chats.set(ada, ben.jid, flags)
    expect(network.chats.list(ada).map(({ id }) => id)).toEqual([ben.jid, cleo.jid])
    expect(network.chats.get(ada, ben.jid)).toMatchObject(flags)
    await arrive()
    expect(network.chats.get(ben, ada.jid)).toMatchObject({ archived: false, pinned: false, markedUnread: false })
  })

  test('clear empties it, delete takes it away, for this account only', async () => {
    const sent = network.send({ from: ada, to: ben.jid, text: 'Hi' })
    await arrive()
    network.chats.star(ada, sent, true)
    expect([network.chats.starred(ada, sent), network.chats.starred(ben, sent)]).toEqual([true, false])
    network.chats.clear(ada, ben.jid)
    expect([network.chats.get(ada, ben.jid)?.last, network.chats.message(ada, sent.id)]).toEqual([undefined, undefined])
    network.chats.delete(ada, ben.jid)
    expect(network.chats.get(ada, ben.jid)).toBeUndefined()
    expect(network.chats.message(ben, sent.id)).toBe(sent)
    network.chats.hide(ben, sent)
    expect(network.chats.message(ben, sent.id)).toBeUndefined()
  })

  test('contacts are the address book and those with a chat', () => {
    network.send({ from: ada, to: ben.jid, text: 'Hi' })
    network.contacts.save(ada, cleo, 'Dr. C')
    expect(network.contacts.list(ada).map(({ person, name }) => [person.phone, name])).toEqual([
      [cleo.phone, 'Dr. C'],
      [ben.phone, undefined],
    ])
    expect([network.chats.nameOf(ada, cleo.jid), network.chats.nameOf(ada, ben.jid)]).toEqual(['Dr. C', 'Ben'])
  })
})

describe('groups', () => {
  const create = () => network.groups.create(ada, { subject: 'Tea', participants: [ben] })

  test('messages reach all members; the ack is the least of all', async () => {
    const group = create()
    network.groups.add(ada, group.id, [cleo])
    network.change(cleo, { reads: false })
    const sent = network.send({ from: ben, to: group.id, text: 'Hi' })
    await arrive()
    expect([sent.ack, sent.receipts.get(ada.phone)]).toEqual([2, 3])
    expect(network.chats.messages(cleo, group.id)).toEqual([sent])
    expect(network.chats.nameOf(ben, group.id)).toBe('Tea')
    network.markSeen(cleo, group.id)
    expect(sent.ack).toBe(3)
  })

  test('only admins change participants and settings; the owner stays admin', () => {
    const group = create()
    expect(() => network.groups.add(ben, group.id, [cleo])).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(network.groups.promote(ada, group.id, [ben])).toEqual([{ person: ben, ok: true }])
    expect(network.groups.add(ben, group.id, [cleo, ada, network.account('12025550000')])).toEqual([
      { person: cleo, ok: true },
      { person: ada, ok: false, reason: 'is in it already' },
      { person: network.account('12025550000'), ok: false, reason: 'not registered' },
    ])
    expect(network.groups.demote(ben, group.id, [ada])).toEqual([{ person: ada, ok: false, reason: 'is the owner' }])
    network.groups.remove(ben, group.id, [cleo])
    expect(network.groups.of(cleo)).toEqual([])
    expect(() => network.groups.get(cleo, group.id)).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(types(cleo)).toEqual(['group-joined', 'group-left'])
  })

  test('announcement and locked bind members', () => {
    const group = create()
    network.groups.change(ben, group.id, { subject: 'Coffee', description: 'hot' })
    expect(() => network.groups.change(ben, group.id, { announcement: true })).toThrow(expect.objectContaining({ code: 'forbidden' }))
    network.groups.change(ada, group.id, { announcement: true, locked: true })
    expect(() => network.groups.change(ben, group.id, { subject: 'x' })).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(() => network.send({ from: ben, to: group.id, text: 'x' })).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(network.groups.get(ben, group.id)).toMatchObject({ subject: 'Coffee', description: 'hot', announcement: true, locked: true })
  })

  test('invite link, join, approval', () => {
    const group = create()
    const link = `https://chat.whatsapp.com/${network.groups.inviteOf(ada, group.id)}`
    expect(network.groups.join(cleo, link)).toMatchObject({ joined: true })
    network.groups.leave(cleo, group.id)
    network.groups.revokeInvite(ada, group.id)
    expect(() => network.groups.join(cleo, link)).toThrow(expect.objectContaining({ code: 'not_found' }))
    network.groups.change(ada, group.id, { approval: true })
    const dan = network.account('12025550103')
    for (const person of [cleo, dan]) expect(network.groups.join(person, group.invite).joined).toBe(false)
    expect(network.groups.requests(ada, group.id).map(({ person }) => person)).toEqual([cleo, dan])
    network.groups.approve(ada, group.id, [cleo])
    network.groups.reject(ada, group.id, [dan])
    expect([network.groups.of(cleo).length, network.groups.of(dan).length, group.requests.size]).toEqual([1, 0, 0])
  })

  test('when the owner leaves another becomes admin', () => {
    const group = create()
    network.groups.leave(ada, group.id)
    expect(network.groups.get(ben, group.id).participants.get(ben)).toBe('admin')
  })
})

describe('channels, labels, presence, calls', () => {
  test('a channel is written by its owner and read by its followers', async () => {
    const channel = network.channels.create(ada, { name: 'News' })
    network.channels.follow(ben, channel.id)
    const post = network.send({ from: ada, to: channel.id, text: 'Hi' })
    await arrive()
    expect(network.chats.messages(ben, channel.id)).toEqual([post])
    expect(() => network.send({ from: ben, to: channel.id, text: 'x' })).toThrow(expect.objectContaining({ code: 'forbidden' }))
    network.channels.mute(ben, channel.id, true)
    expect(channel.followers.get(ben)).toEqual({ muted: true })
    network.channels.unfollow(ben, channel.id)
    expect(network.channels.of(ben)).toEqual([])
    expect(() => network.channels.delete(ben, channel.id)).toThrow(expect.objectContaining({ code: 'forbidden' }))
    network.channels.delete(ada, channel.id)
    expect(network.channels.find(channel.id)).toBeUndefined()
  })

  test('a chat has exactly the labels that it was given', () => {
    const [one, two] = [network.labels.create(ada, { name: 'new' }), network.labels.create(ada, { name: 'paid', color: 3 })]
    network.labels.assign(ada, ben.jid, [one.id])
    network.labels.assign(ada, ben.jid, [two.id])
    expect([network.labels.of(ada, ben.jid), network.labels.chats(ada, one.id)]).toEqual([[two], []])
    expect(network.labels.update(ada, two.id, { name: 'done' })).toEqual({ ...two, name: 'done' })
    network.labels.delete(ada, two.id)
    expect(network.labels.of(ada, ben.jid)).toEqual([])
    expect(() => network.labels.delete(ada, two.id)).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  test('presence is told to those who subscribed', () => {
    network.presence.type(ben, ada.jid, 'typing')
    expect(types(ada)).toEqual([])
    network.presence.subscribe(ada, ben.jid)
    network.presence.type(ben, ada.jid, 'recording')
    network.presence.set(ben, 'online')
    expect(seen).toMatchObject([
      { type: 'presence', account: ada, chat: ben.jid, by: ben, presence: 'recording' },
      { type: 'presence', presence: 'online' },
    ])
    expect(network.presence.of(ada, ben.jid)).toEqual([{ person: ben, presence: 'recording', lastSeenAt: clock.now() }])
    network.presence.type(ben, ada.jid, 'paused')
    expect(network.presence.of(ada, ben.jid)[0]?.presence).toBe('online')
  })

  test('a call rings until it is answered once', () => {
    const call = network.calls.place(ben, ada)
    expect(types(ada)).toEqual(['call'])
    expect(() => network.calls.answer(cleo, call.id, 'rejected')).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(network.calls.answer(ada, call.id, 'rejected').state).toBe('rejected')
    expect(() => network.calls.answer(ada, call.id, 'accepted')).toThrow(expect.objectContaining({ code: 'conflict' }))
  })
})
