import { afterEach, describe, expect, it } from 'vitest'
import { closeEmulators, opened, PHONE, SUBJECTS } from './trigger-rig.ts'

afterEach(closeEmulators)

const PICTURE = Buffer.from('a picture').toString('base64')

/** Registers a trigger, lets somebody send, and gives what the trigger makes of the delivery. */
async function received(
  gateway: keyof typeof SUBJECTS,
  parameters: Record<string, unknown>,
  message: { text: string; file?: { base64: string; mimetype: string; filename: string } },
) {
  const rig = await opened(SUBJECTS[gateway], parameters)
  await rig.hook('create')
  await rig.plugin.session.waitFor({ session: rig.session, intervalMs: 5 })
  await rig.emulator.control.message({ from: '12025550177', to: PHONE, ...message })
  await expect.poll(() => rig.sent(message.text)).not.toEqual([])
  const [delivery] = await rig.sent(message.text)
  const { pathname, search } = new URL(delivery?.url ?? '')
  return rig.deliver({ headers: { ...delivery?.headers }, body: delivery?.body ?? '', url: pathname + search })
}

describe('a file that somebody sent', () => {
  const file = { base64: PICTURE, mimetype: 'image/png', filename: 'a.png' }

  it.each(['waha', 'wawp', 'sparkbot'] as const)('comes along as binary data: %s', async (gateway) => {
    const { items } = await received(gateway, { nodeOptions: { downloadFiles: true } }, { text: 'Look', file })
    expect(items[0]?.json).not.toHaveProperty('fileError')
    expect(items[0]?.binary?.data).toMatchObject({ data: PICTURE, mimeType: 'image/png' })
  })

  it('is not fetched unless that is wanted', async () => {
    const { items } = await received('waha', {}, { text: 'Look', file })
    expect(items[0]).not.toHaveProperty('binary')
  })

  it.each(['waha', 'wawp', 'warest', 'sparkbot'] as const)(
    'that is too large is named in the item, which starts the workflow all the same: %s',
    async (gateway) => {
      const { items } = await received(gateway, { nodeOptions: { downloadFiles: true, largestFile: 0.000001 } }, { text: 'Look', file })
      expect(items[0]?.json).toMatchObject({ event: 'message.received', fileError: expect.not.stringContaining('downloadMedia') })
      expect(items[0]).not.toHaveProperty('binary')
    },
  )
})

it('each event may have an output of its own', async () => {
  const events = ['session.status', 'message.received', 'message.sent']
  const { outputs } = await received('waha', { events, nodeOptions: { outputs: 'perEvent' } }, { text: 'Hi' })
  expect(outputs.map((items) => items.length)).toEqual([0, 1, 0])
})
