import type { GatewayEvent } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { WamuxWahaApi } from '../credentials/WamuxWahaApi.credentials.ts'
import { lets } from '../src/trigger/filter.ts'
import { chosenFilter } from '../src/trigger/settings.ts'
import { fakeN8n } from './fake-n8n.ts'

const NOWHERE = { fetch: async () => new Response(), credentialType: new WamuxWahaApi(), credentials: {} }

describe('the filter', () => {
  const event = (type: string, data: object) =>
    ({ type, data, id: '1', gateway: 'waha', session: 'a', vendorType: type, at: 0, dedupeKey: type, raw: {} }) as GatewayEvent
  const message = (chat: string, fromMe = false) => event('message.received', { message: { chat, fromMe } })
  const filterWith = (nodeOptions: object) =>
    chosenFilter(
      fakeN8n({ ...NOWHERE, parameters: { events: ['message.received', 'message.sent', 'group.updated', 'session.status'], nodeOptions } })
        .hook,
    )

  it.each([
    [{}, message('1@c.us'), true],
    [{}, event('message.ack', { message: 'id' }), false],
    [{ ignoreOwn: true }, message('1@c.us', true), false],
    [{ ignoreOwn: true }, event('message.sent', { message: { chat: '1@c.us' } }), false],
    [{ ignoreOwn: false }, message('1@c.us', true), true],
    [{ chats: 'group' }, message('1@c.us'), false],
    [{ chats: 'group' }, message('1@g.us'), true],
    [{ chats: 'direct' }, message('1@g.us'), false],
    [{ chats: 'direct' }, event('group.updated', { group: '1@g.us' }), false],
    [{ chats: 'group' }, event('session.status', { state: 'connected' }), true],
    [{ chatIds: ['+49 1511 2345678'] }, message('4915112345678@c.us'), true],
    [{ chatIds: ['4915112345678@s.whatsapp.net'] }, message('4915112345678@c.us'), true],
    [{ chatIds: ['120@g.us'] }, message('4915112345678@c.us'), false],
  ])('%j lets %j through: %s', (options, one, passes) => {
    expect(lets(filterWith(options), one)).toBe(passes)
  })

  it('asks for at least one event', () => {
    const { hook } = fakeN8n({ ...NOWHERE, parameters: { events: [] } })
    expect(() => chosenFilter(hook)).toThrow('choose at least one')
  })
})
