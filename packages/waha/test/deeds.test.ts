import type { VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { answeringVerbs } from '../src/errors.ts'
import { SESSION as session, verbs } from './fixtures/scripted.ts'

const person = '12025550143@c.us'
const group = '120363000000000000@g.us'
const channel = '120363999999999999@newsletter'
const message = `true_${person}_AB`
const png = { data: new Uint8Array([1, 2, 3]), mimetype: 'image/png' }
const pngBody = { file: { data: 'AQID', mimetype: 'image/png' } }

const chats = `/api/${session}/chats/${person}`
const groups = `/api/${session}/groups/${group}`
const one = { chat: person, message }

/** What each verb that only does something asks for. */
const deeds: readonly [VerbId, object, ...(readonly [string, object?])][] = [
  ['message.react', { ...one, emoji: '👍' }, 'PUT /api/reaction', { session, messageId: message, reaction: '👍' }],
  ['message.react', { ...one, emoji: '' }, 'PUT /api/reaction', { session, messageId: message, reaction: '' }],
  ['message.edit', { ...one, text: 'New' }, `PUT ${chats}/messages/${message}`, { text: 'New' }],
  ['message.revoke', one, `DELETE ${chats}/messages/${message}`],
  ['message.star', one, 'PUT /api/star', { session, chatId: person, messageId: message, star: true }],
  ['message.star', { ...one, starred: false }, 'PUT /api/star', { session, chatId: person, messageId: message, star: false }],
  ['message.pin', one, `POST ${chats}/messages/${message}/pin`, { duration: 604_800 }],
  ['message.pin', { ...one, durationMs: 86_400_000 }, `POST ${chats}/messages/${message}/pin`, { duration: 86_400 }],
  ['message.pin', { ...one, pinned: false }, `POST ${chats}/messages/${message}/unpin`],
  ['message.markSeen', { chat: person }, 'POST /api/sendSeen', { session, chatId: person }],
  ['message.markSeen', { chat: person, messages: [message] }, 'POST /api/sendSeen', { session, chatId: person, messageIds: [message] }],
  ['chat.archive', { chat: person }, `POST ${chats}/archive`],
  ['chat.unarchive', { chat: person }, `POST ${chats}/unarchive`],
  ['chat.clear', { chat: person }, `DELETE ${chats}/messages`],
  ['chat.delete', { chat: person }, `DELETE ${chats}`],
  ['chat.markUnread', { chat: person }, `POST ${chats}/unread`],
  ['chat.setTyping', { chat: person }, 'POST /api/startTyping', { session, chatId: person }],
  ['chat.setTyping', { chat: person, state: 'paused' }, 'POST /api/stopTyping', { session, chatId: person }],
  ['chat.setTyping', { chat: person, state: 'recording' }, `POST /api/${session}/presence`, { presence: 'recording', chatId: person }],
  ['contact.block', { contact: person }, 'POST /api/contacts/block', { session, contactId: person }],
  ['contact.unblock', { contact: '99@lid' }, 'POST /api/contacts/unblock', { session, contactId: '99@lid' }],
  ['group.leave', { group }, `POST ${groups}/leave`],
  ['group.setSubject', { group, subject: 'New' }, `PUT ${groups}/subject`, { subject: 'New' }],
  ['group.setDescription', { group, description: '' }, `PUT ${groups}/description`, { description: '' }],
  ['group.setPicture', { group, file: png }, `PUT ${groups}/picture`, pngBody],
  ['group.setAnnouncement', { group, announcement: true }, `PUT ${groups}/settings/security/messages-admin-only`, { adminsOnly: true }],
  ['group.setLocked', { group, locked: false }, `PUT ${groups}/settings/security/info-admin-only`, { adminsOnly: false }],
  ['presence.set', { presence: 'offline' }, `POST /api/${session}/presence`, { presence: 'offline' }],
  ['presence.subscribe', { chat: person }, `POST /api/${session}/presence/${person}/subscribe`],
  ['profile.setName', { name: 'Ada' }, `PUT /api/${session}/profile/name`, { name: 'Ada' }],
  ['profile.setAbout', { about: '' }, `PUT /api/${session}/profile/status`, { status: '' }],
  ['profile.setPicture', { file: png }, `PUT /api/${session}/profile/picture`, pngBody],
  ['label.delete', { label: '1' }, `DELETE /api/${session}/labels/1`],
  [
    'label.setForChat',
    { chat: person, labels: ['1', '2'] },
    `PUT /api/${session}/labels/chats/${person}`,
    { labels: [{ id: '1' }, { id: '2' }] },
  ],
  ['label.setForChat', { chat: person, labels: [] }, `PUT /api/${session}/labels/chats/${person}`, { labels: [] }],
  ['channel.delete', { channel }, `DELETE /api/${session}/channels/${channel}`],
  ['channel.follow', { channel }, `POST /api/${session}/channels/${channel}/follow`],
  ['channel.unfollow', { channel }, `POST /api/${session}/channels/${channel}/unfollow`],
  ['channel.mute', { channel }, `POST /api/${session}/channels/${channel}/mute`],
  ['channel.unmute', { channel }, `POST /api/${session}/channels/${channel}/unmute`],
]

describe('does', () => {
  it.each(deeds)('%s %j', async (id, input, ...request) => {
    // where its document promises fields, an answer without a body is no success
    const empty = answeringVerbs.includes(id as VerbId) ? [] : [{ status: 200, body: undefined }]
    for (const answer of [...empty, { status: 201, body: { result: true } }]) {
      const { run, calls } = verbs([answer])
      expect(await run(id, input)).toEqual({ session, done: true, raw: answer.body })
      expect(calls()).toEqual([request])
    }
  })
})
