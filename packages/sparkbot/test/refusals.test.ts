import { describe, expect, it } from 'vitest'
import { failure, verbs } from './fixtures/stubbed.ts'

const ada = '12025550143@c.us'
const group = '120363000000000001@g.us'
const channel = '120363000000000002@newsletter'
const phone = '+12025550143'
const ok = { ok: true }

describe('input that cannot be', () => {
  it.each([
    ['message.get', { chat: ada, message: '' }, 'message'],
    ['message.get', { chat: '', message: '3EB0' }, 'chat'],
    ['message.react', { chat: ada, message: '3EB0' }, 'emoji'],
    ['message.react', { chat: '9@lid', message: '3EB0', emoji: '👍' }, 'chat'],
    ['message.edit', { chat: ada, message: '3EB0' }, 'text'],
    ['message.list', { chat: ada, limit: 0 }, 'limit'],
    ['message.list', { chat: ada, cursor: 'next' }, 'cursor'],
    ['message.list', { chat: ada, limit: 7, cursor: '10' }, 'limit'],
    ['message.sendText', { to: ada, text: '' }, 'text'],
    ['message.sendText', { session: '', to: ada, text: 'Hi' }, 'session'],
    ['message.sendLocation', { to: ada, latitude: 91, longitude: 0 }, 'latitude'],
    ['message.sendContact', { to: ada, contacts: [] }, 'contacts'],
    ['message.sendContact', { to: ada, contacts: [{ name: 'A', phone: 'x' }] }, 'contacts[0].phone'],
    ['message.sendPoll', { to: ada, question: 'Q', options: ['one'] }, 'options'],
    ['message.sendImage', { to: ada, file: { url: 'ftp://x.test/a.png' } }, 'file.url'],
    ['message.sendImage', { to: ada, file: { url: 'https://x.test/a.pdf' } }, 'file.mimetype'],
    ['chat.setTyping', { chat: channel }, 'chat'],
    ['chat.setTyping', { chat: ada, state: 'singing' }, 'state'],
    ['contact.get', { contact: group }, 'contact'],
    ['contact.check', { phone: 'x' }, 'phone'],
    ['group.get', { group: ada }, 'group'],
    ['group.create', { subject: 'Club', participants: [] }, 'participants'],
    ['group.promote', { group, participants: [ada, group] }, 'participants[1]'],
    ['group.join', { invite: 'https://chat.whatsapp.com/' }, 'invite'],
    ['group.setLocked', { group }, 'locked'],
    ['group.setPicture', { group, file: { url: 'https://x.test/a.gif' } }, 'file.mimetype'],
    ['group.setPicture', { group, file: { data: new Uint8Array(1024 * 1024 + 1), mimetype: 'image/png' } }, 'file'],
    ['profile.setName', { name: '' }, 'name'],
    ['profile.setAbout', {}, 'about'],
    ['channel.get', { channel: group }, 'channel'],
    ['webhook.create', { url: 'x' }, 'url'],
    ['webhook.create', { url: 'https://x.test', events: [] }, 'events'],
    ['webhook.update', { webhook: 'x' }, 'url'],
    ['chat.list', { session: '' }, 'session'],
  ] as const)('%s %j', async (id, input, field) => {
    const { run, requests } = verbs([{ status: 200, body: ok }])
    const error = await failure(run(id, input))
    expect([error.kind, error.field, requests.length]).toEqual(['invalid_request', field, 0])
  })
})

describe('what SparkBot cannot be given', () => {
  it.each([
    ['message.sendText', { to: ada, text: 'Hi', mentions: [ada] }, 'mentions'],
    ['message.sendLocation', { to: ada, latitude: 1, longitude: 2, address: 'Here' }, 'address'],
    ['message.sendContact', { to: ada, contacts: [{ name: 'A', phone, organization: 'O' }] }, 'contacts[0].organization'],
    ['message.sendDocument', { to: ada, file: { url: 'https://x.test/a.png' } }, 'file'],
    ['message.markSeen', { chat: ada, messages: ['3EB0'] }, 'messages'],
    ['chat.mute', { chat: ada, durationMs: 1 }, 'durationMs'],
    ['contact.block', { contact: '9@lid' }, 'contact'],
    ['group.addParticipants', { group, participants: ['9@lid'] }, 'participants[0]'],
    ['status.sendText', { text: 'Hi', backgroundColor: '#ff0000' }, 'backgroundColor'],
    ['webhook.create', { url: 'https://x.test', secret: 'x' }, 'secret'],
    ['webhook.create', { url: 'https://x.test', events: ['presence.updated'] }, 'events'],
  ] as const)('%s %j is refused before anything is sent', async (id, input, field) => {
    const { run, requests } = verbs([{ status: 200, body: ok }])
    const error = await failure(run(id, input))
    expect([error.kind, error.field, error.gateway, requests.length]).toEqual(['unsupported', field, 'sparkbot', 0])
  })
})
