import { beforeEach, describe, expect, test } from 'vitest'
import { callerOf } from '../../test/caller.ts'
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import type { EmulatorControl } from './control.ts'
import { connectControl } from './remote.ts'

const ADA = '12025550100'
const BEN = '12025550101'

let clock: VirtualClock
let emulator: Emulator

beforeEach(() => {
  clock = createVirtualClock()
  emulator = createEmulator({ clock })
})

const kinds: [string, () => EmulatorControl][] = [
  ['in process', () => emulator.control],
  ['over HTTP', () => connectControl('http://emulator.invalid/', emulator.fetch)],
]

describe.each(kinds)('phones %s', (_name, controlOf) => {
  test('write, react, edit, read, revoke', async () => {
    const control = controlOf()
    await control.phone({ phone: BEN, reads: false, name: 'Benjamin' })
    const sent = await control.message({ from: ADA, to: BEN, text: 'Hi' })
    expect(sent).toMatchObject({ from: ADA, to: BEN, type: 'text', text: 'Hi', ack: 'PENDING', via: { gateway: 'phone' } })
    await clock.advance(1_000)
    expect(await control.react({ phone: BEN, message: sent.id, emoji: '👍' })).toMatchObject({ ack: 'DEVICE', reactions: { [BEN]: '👍' } })
    expect(await control.edit({ phone: ADA, message: sent.id, text: 'Hello' })).toMatchObject({ text: 'Hello', edited: true })
    await control.seen({ phone: BEN, chat: ADA })
    expect(await control.messages({ phone: BEN })).toMatchObject([{ ack: 'READ' }])
    expect(await control.revoke({ phone: ADA, message: sent.id })).toMatchObject({ revoked: true, text: '' })
    await expect(control.edit({ phone: BEN, message: sent.id, text: 'x' })).rejects.toMatchObject({ code: 'conflict' })
    expect((await control.state()).accounts.find(({ phone }) => phone === BEN)?.name).toBe('Benjamin')
  })

  test('send files, places, cards and polls', async () => {
    const control = controlOf()
    const file = { base64: 'AQID', mimetype: 'image/png', filename: 'a.png' }
    const image = await control.message({ from: ADA, to: BEN, file, text: 'look' })
    expect(image).toMatchObject({ type: 'image', text: 'look', media: { mimetype: 'image/png', filename: 'a.png', size: 3 } })
    expect(new Uint8Array(await (await emulator.fetch(image.media?.url ?? '')).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
    expect(await control.message({ from: ADA, to: BEN, place: { latitude: 1, longitude: 2 } })).toMatchObject({ type: 'location' })
    expect(await control.message({ from: ADA, to: BEN, cards: [{ name: 'Cleo' }] })).toMatchObject({ type: 'contact' })
    const poll = await control.message({ from: ADA, to: BEN, poll: { question: 'Tea?', options: ['yes', 'no'], multiple: false } })
    expect(poll).toMatchObject({ type: 'poll', text: 'Tea?' })
    await control.vote({ phone: BEN, message: poll.id, options: ['yes'] })
    await expect(control.vote({ phone: BEN, message: poll.id, options: ['what'] })).rejects.toMatchObject({ code: 'invalid' })
    expect(await control.fail({ message: poll.id })).toMatchObject({ ack: 'ERROR' })
  })

  test('groups, channels, calls', async () => {
    const control = controlOf()
    const { id, invite } = await control.group({ phone: ADA, subject: 'Tea', participants: [BEN], approval: true })
    expect(await control.message({ from: BEN, to: id, text: 'Hi' })).toMatchObject({ to: id })
    await expect(control.message({ from: '12025550102', to: id, text: 'Hi' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await control.join({ phone: '12025550102', invite })).toEqual({ id, joined: false })
    expect((await control.channel({ phone: ADA, name: 'News' })).id).toMatch(/@newsletter$/)
    expect((await control.call({ from: ADA, to: BEN })).id).toMatch(/^[0-9A-F]{32}$/)
    await control.presence({ phone: ADA, presence: 'online' })
    await control.presence({ phone: ADA, chat: BEN, presence: 'typing' })
  })

  test('WhatsApp itself can be looked at', async () => {
    const control = controlOf()
    const { id, invite } = await control.group({ phone: ADA, subject: 'Tea', participants: [BEN] })
    expect(await control.groupOf({ group: id })).toMatchObject({
      subject: 'Tea',
      invite,
      participants: { [ADA]: 'owner', [BEN]: 'member' },
    })
    await expect(control.groupOf({ group: 'x@g.us' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await control.chatOf({ phone: ADA, chat: BEN })).toBeNull()
    await control.message({ from: ADA, to: BEN, text: 'Hi' })
    expect(await control.chatOf({ phone: ADA, chat: BEN })).toMatchObject({ id: `${BEN}@c.us`, messages: 1, starred: 0, archived: false })
    await control.label({ phone: ADA, name: 'friends' })
    await control.phone({ phone: ADA, about: 'Busy', picture: { base64: 'AQID', mimetype: 'image/png' } })
    expect(await control.accountOf({ phone: ADA })).toMatchObject({ about: 'Busy', hasPicture: true, labels: { friends: [] }, blocked: [] })
    await control.presence({ phone: ADA, chat: BEN, presence: 'typing' })
    expect(await control.presenceOf({ phone: ADA, chat: BEN })).toEqual({ presence: 'typing' })
  })

  test('nonsense is refused with the field', async () => {
    const control = controlOf()
    await expect(control.message({ from: 'x', to: BEN, text: 'Hi' })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('from'),
    })
    await expect(control.message({ from: ADA, to: 'x', text: 'Hi' })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('to'),
    })
    await expect(control.message({ from: ADA, to: BEN })).rejects.toMatchObject({ code: 'invalid' })
    await expect(control.message({ from: ADA, to: BEN, file: { base64: '*' } })).rejects.toMatchObject({ code: 'invalid' })
    await expect(control.react({ phone: ADA, message: 'x', emoji: '' })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('deliveries and faults are there', async () => {
    const control = controlOf()
    expect(await control.deliveries({ gateway: 'waha' })).toEqual([])
    await control.webhooks({ copies: 2, hold: true })
    await expect(control.webhooks({ copies: 0 })).rejects.toMatchObject({ code: 'invalid' })
    expect(await control.release()).toEqual({ released: 0 })
    await expect(control.redeliver({ id: 'x' })).rejects.toMatchObject({ code: 'not_found' })
    expect((await control.faults()).map(({ fault }) => fault)).toEqual(['webhooks-twice', 'webhooks-held'])
    await control.clearFaults()
    await control.fault({ gateway: 'waha', operation: 'sessions.list', status: 503 })
    expect(await control.faults()).toMatchObject([{ operation: 'sessions.list', status: 503, times: 1 }])
    expect((await callerOf(emulator, 'waha')('GET', '/api/sessions')).status).toBe(503)
    expect(await control.faults()).toEqual([])
    await control.clearFaults()
    await expect(control.event({ gateway: 'waha', session: 'default', event: 'x' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
