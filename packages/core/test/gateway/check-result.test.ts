import { describe, expect, it } from 'vitest'
import { isInvented, isUntold } from '../../src/gateway/check-result.ts'

const session = 'main'
const done = { session, done: true }
const C = '4915112345678@c.us'

describe('a result that the answer does not tell', () => {
  it.each([
    // deeds: what HTTP called a success, and its text does not
    ['group.leave', { ...done, raw: 'Error: not-authorized' }],
    ['group.leave', { ...done, raw: 'Forbidden' }],
    ['chat.archive', { ...done, raw: 'Chat not found' }],
    ['chat.archive', { ...done, raw: 'Please log in' }],
    ['chat.archive', { ...done, raw: 'Service Unavailable' }],
    ['message.star', { ...done, raw: { message: 'Session is not connected' } }],
    ['message.star', { ...done, raw: { status: 'FAILED' } }],
    ['session.delete', { session, deleted: true, raw: 'Unauthorized' }],
    ['group.addParticipants', { session, participants: [], raw: 'Error: gone' }],
    // things out of nothing
    ['session.get', { session, state: 'unknown', raw: {} }],
    ['session.get', { session, state: 'unknown', raw: 'some words' }],
    ['contact.get', { session, id: C, raw: 'some words' }],
    ['contact.get', { session, id: C, raw: { data: null } }],
    ['contact.get', { session, id: C, raw: { foo: 1 } }],
    ['chat.get', { session, id: C, raw: { result: { total: 1 } } }],
    ['contact.resolve', { session, id: C, raw: { data: null } }],
    ['contact.about', { session, raw: { data: {} } }],
    ['group.create', { session, id: '', raw: { subject: 'x' } }],
    ['message.sendText', { session, to: C, status: 'unknown', raw: { foo: 1 } }],
    ['session.qr', { session, raw: { mimetype: 'x' } }],
    // lists out of what is none
    ['chat.list', { items: [], raw: {} }],
    ['chat.list', { items: [], raw: { data: null } }],
    ['chat.list', { items: [], raw: { total: 0 } }],
    ['chat.list', { items: [], raw: [null] }],
    ['chat.list', { items: [], raw: [{ foo: 1 }] }],
    ['chat.list', { items: [], raw: 'text' }],
    ['group.list', { items: [], raw: { data: null } }],
    ['label.ofChat', { session, labels: [], raw: {} }],
    ['session.list', { sessions: [], raw: { status: true } }],
    ['group.joinRequests', { session, requests: [], raw: {} }],
  ])('%s %j', (operation, result) => expect(isInvented(operation, result)).toBe(true))
})

describe('a result that the answer tells', () => {
  it.each([
    ['group.leave', { ...done, raw: undefined }],
    ['group.leave', { ...done, raw: { result: true } }],
    ['group.leave', { ...done, raw: 'OK' }],
    ['group.leave', { ...done, raw: { message: 'Left the group' } }],
    ['message.edit', { ...done, raw: { id: 'x', status: 'FAILED' } }],
    ['session.stop', { session, state: 'stopped', raw: undefined }],
    ['session.start', { session, state: 'unknown', raw: {} }],
    ['contact.get', { session, id: C, raw: { id: C } }],
    ['contact.get', { session, id: C, raw: { data: { jid: C } } }],
    ['contact.profilePicture', { session, raw: { profilePictureURL: null } }],
    ['contact.about', { session, raw: { about: null } }],
    ['contact.check', { session, exists: false, raw: { numberExists: false } }],
    ['group.inviteLink', { session, link: 'https://chat.whatsapp.com/x', raw: 'x' }],
    ['chat.list', { items: [], raw: [] }],
    ['chat.list', { items: [], raw: { data: [] } }],
    ['chat.list', { items: [], raw: [{ id: '' }] }],
    ['chat.list', { items: [], raw: { status: true, results: [{ items: [] }] } }],
    ['webhook.list', { items: [], raw: { name: 'main', config: { webhooks: [] } } }],
    ['group.list', { items: [], raw: {} }],
    ['webhook.create', { session, id: 'x', url: 'x', raw: { success: true } }],
    ['webhook.list', { items: [], raw: { webhooks: {} } }],
    ['webhook.list', { items: [], raw: { name: 'main', status: 'WORKING' } }],
    ['session.list', { sessions: [], raw: { results: [{ total: 0, items: [] }] } }],
  ])('%s %j', (operation, result) => expect(isInvented(operation, result)).toBe(false))
})

describe('an answer that says nothing', () => {
  const failures = { failures: async () => ({ readFailure: () => undefined, answeringVerbs: ['group.leave'] }) }
  const raws = [{}, [], null, 'OK', undefined, '', { data: null }, { results: [] }, { message: 'ok' }, 'text', 42]

  it.each(raws)('%j: is no success of a verb whose answer has fields', async (raw) => {
    expect(await isUntold('group.leave', { ...done, raw }, failures)).toBe(true)
    expect(await isUntold('group.setSubject', { ...done, raw }, failures)).toBe(false)
    expect(await isUntold('group.leave', { ...done, raw }, { failures: async () => ({ readFailure: () => undefined }) })).toBe(false)
  })

  it.each([{ success: true }, { id: 'x' }, { foo: 1 }, { message: 'Left the group' }])('%j: says something', async (raw) => {
    expect(await isUntold('group.leave', { ...done, raw }, failures)).toBe(false)
  })
})
