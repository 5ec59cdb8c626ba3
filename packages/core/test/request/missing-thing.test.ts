import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors/gateway-error.ts'
import { verbError } from '../../src/gateway/verb-error.ts'
import { missingThing } from '../../src/request/missing-thing.ts'
import { config, createSample, scripted } from '../sample-gateway.ts'

describe('what was not found', () => {
  it.each([
    ['chats.getMessage', 'Message not found', 'message'],
    ['chats.getMessage', undefined, 'message'],
    ['groups.get', 'item-not-found', 'group'],
    ['groups.get', 'Session not found', 'session'],
    ['groups.get', 'No such instance', 'session'],
    ['contacts.get', undefined, 'contact'],
    ['labels.getChats', 'Label not found', 'label'],
    ['channels.get', undefined, 'channel'],
    ['files.get', undefined, 'file'],
    ['webhooks.update', undefined, 'webhook'],
    ['GET /api/{session}/groups/{id}', undefined, 'group'],
    ['GET /api/sessions/{session}', undefined, 'session'],
    ['messages.sendText', 'no LID found for 4915112345678@s.whatsapp.net', 'contact'],
    ['server.ping', undefined, 'thing'],
    // what a sentence says of anything else is no name
    ['groups.get', 'The session is fine, but this is forbidden', 'group'],
  ])('%s, %s: %s', (operation, words, thing) => expect(missingThing(operation, words)).toBe(thing))

  const context = { gateway: { id: 'sample', name: 'Sample' }, headers: {}, authorization: { secrets: [], apply() {} } } as never
  const missing = (more: object = {}) =>
    new GatewayError('Sample groups.get: x (HTTP 404), no such group', { kind: 'not_found', operation: 'groups.get', status: 404, ...more })
  const session = 'main'

  it.each([
    [{ session, group: '1@g.us' }, {}, 'no group 1@g.us in session "main"'],
    [{ session, chat: '+4915112345678', message: 'AB' }, {}, 'no message AB in the chat with +4915112345678 in session "main"'],
    [{ session, contact: '1@lid' }, {}, 'no contact 1@lid in session "main"'],
    [{ session, to: '+4915112345678' }, {}, 'no chat or number +4915112345678 in session "main"'],
    [{ session, group: '1@g.us' }, { vendorMessage: 'Session "main" does not exist' }, 'no session "main"'],
    [{ session }, {}, 'no session "main"'],
    [{}, {}, 'no such group'],
    [{ session, invite: 'https://chat.whatsapp.com/SECRET' }, {}, 'no group in session "main"'],
    [{ session, webhook: 'https://x.test/SECRET' }, {}, 'no webhook in session "main"'],
    [{ session, group: { kind: 'group', user: '1' } }, {}, 'no group in session "main"'],
  ])('%j %j: %s', (input, more, words) => {
    const error = verbError(context, 'group.get', missing({ hint: 'Look.', ...more }), input)
    expect([error.message, error.hint, error.status]).toEqual([`Sample groups.get: x (HTTP 404), ${words}`, 'Look.', 404])
  })

  it('stays as a plugin says it', () => {
    const own = new GatewayError('Sample has no group 1@g.us', { kind: 'not_found' })
    expect(verbError(context, 'group.get', own, { session, group: '1@g.us' }).message).toBe(own.message)
  })
})

describe('a path that the server does not have', () => {
  const ask = (baseUrl: string, body: unknown, headers = {}) =>
    createSample({
      ...config,
      baseUrl,
      fetch: scripted(typeof body === 'string' ? new Response(body, { status: 404, headers }) : Response.json(body, { status: 404 })).fetch,
    }).call('sessions.get', { session: 's' })

  it.each([
    ['http://gateway.invalid', 'Is http://gateway.invalid the base URL of Sample?'],
    ['http://gateway.invalid/api', 'Is http://gateway.invalid/api the base URL of Sample? It may be http://gateway.invalid.'],
    [
      'http://gateway.invalid/waha/api',
      'Is http://gateway.invalid/waha/api the base URL of Sample? It may be http://gateway.invalid/waha.',
    ],
    ['http://gateway.invalid/dashboard/', 'Is http://gateway.invalid/dashboard the base URL of Sample? It may be http://gateway.invalid.'],
    [
      'http://gateway.invalid/api/sessions',
      'Is http://gateway.invalid/api/sessions the base URL of Sample? It may be http://gateway.invalid.',
    ],
  ])('with the base URL %s: %s', async (baseUrl, hint) => {
    const words = { message: 'Cannot GET /api/sessions/s', error: 'Not Found', statusCode: 404 }
    await expect(ask(baseUrl, words)).rejects.toMatchObject({ kind: 'unsupported', status: 404, hint })
    const page = ask(baseUrl, '<html><title>404</title></html>', { 'content-type': 'text/html' })
    await expect(page).rejects.toMatchObject({ kind: 'not_found', status: 404, hint })
  })
})
