import { createIdentities, type GatewayEvent } from '@wamux/core'
import { expectLinear } from '@wamux/testkit/growth'
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
  const from = (who: string) => event('message.received', { message: { chat: '120@g.us', from: who } })
  const written = (text: string, type = 'text') => event('message.received', { message: { chat: '1@c.us', text, type } })
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
    [{ people: ['+49 1511 2345678'] }, from('4915112345678@c.us'), true],
    [{ people: ['+49 1511 2345678'] }, from('4915112345679@c.us'), false],
    [{ people: ['123456789012345@lid'] }, from('123456789012345@lid'), true],
    [{ people: ['+49 1511 2345678'] }, event('group.updated', { group: '1@g.us' }), true],
    [{ people: ['+49 1511 2345678'] }, message('4915112345678@c.us'), true],
    [{ messageTypes: ['image', 'video'] }, written('Hi', 'image'), true],
    [{ messageTypes: ['image', 'video'] }, written('Hi'), false],
    [{ messageTypes: ['image'] }, event('session.status', { state: 'connected' }), true],
    [{ textContains: 'ORDER' }, written('my order 7'), true],
    [{ textContains: 'order' }, written('my wish'), false],
    [{ textPattern: '^order \\d+$' }, written('Order 7'), true],
    [{ textPattern: '^order \\d+$' }, written('Order seven'), false],
  ])('%j lets %j through: %s', (options, one, passes) => {
    expect(lets(filterWith(options), one)).toBe(passes)
  })

  describe('of people under a LID', () => {
    const [number, hidden] = ['+49 1511 2345678', '123456789012345@lid']
    const person = { id: hidden, lid: hidden, phone: '+4915112345678' }
    const direct = (more: object = {}) => event('message.received', { message: { chat: hidden, from: hidden, ...more } })
    const inGroup = (more: object = {}) => event('message.received', { message: { chat: '120@g.us', from: hidden, ...more } })

    it.each([
      [{ chatIds: [number] }, direct({ person })],
      [{ chatIds: [hidden] }, event('message.received', { message: { chat: '4915112345678@c.us', person } })],
      [{ people: [number] }, direct({ person })],
      [{ people: [number] }, direct({ person, from: undefined })],
      [{ people: [number] }, inGroup({ person })],
      [{ people: [hidden] }, event('message.received', { message: { chat: '120@g.us', from: '4915112345678@c.us', person } })],
    ])('%j lets %j through once the event itself told who it is', (options, one) => {
      const identities = createIdentities()
      identities.learnFrom(one)
      expect(lets(filterWith(options), one, identities)).toBe(true)
    })

    it.each([
      [{ chatIds: [number] }, direct()],
      [{ people: [number] }, direct()],
      [{ people: [number] }, inGroup()],
    ])('%j lets %j through when an earlier event told who it is, and not before', (options, one) => {
      const identities = createIdentities()
      expect(lets(filterWith(options), one, identities)).toBe(false)
      identities.learnFrom(inGroup({ person }))
      expect(lets(filterWith(options), one, identities)).toBe(true)
      expect(lets(filterWith(options), { ...one, session: 'b' }, identities)).toBe(false)
    })

    it('takes a group for no person', () => {
      const one = inGroup({ person })
      const identities = createIdentities()
      identities.learnFrom(one)
      expect(lets(filterWith({ chatIds: [number] }), one, identities)).toBe(false)
    })
  })

  it('asks for at least one event', () => {
    const { hook } = fakeN8n({ ...NOWHERE, parameters: { events: [] } })
    expect(() => chosenFilter(hook)).toThrow('choose at least one')
  })

  it('tells of a pattern that is none', () => {
    const { hook } = fakeN8n({ ...NOWHERE, parameters: { events: ['message.received'], nodeOptions: { textPattern: '(' } } })
    expect(() => chosenFilter(hook)).toThrow('expected a regular expression')
  })

  it('takes no longer for a longer text than its length asks for', async () => {
    const filter = filterWith({ textContains: 'needle', textPattern: '(a+)+$' })
    await expectLinear(
      (item: GatewayEvent) => lets(filter, item),
      (length) => written('b'.repeat(length)),
      2_000_000,
    )
  })
})
