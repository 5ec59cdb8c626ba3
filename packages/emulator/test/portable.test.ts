import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { expect, test } from 'vitest'
import { type Shop, welcome } from '../examples/portable.ts'
import { type GatewayId, openTestGateway } from '../src/index.ts'

const CUSTOMER = '12025550143'

/** The one line that chooses the gateway. */
const SHOPS: readonly [GatewayId, (config: never) => Shop & { readonly session: Bringing }][] = [
  ['waha', createWaha],
  ['wawp', createWawp],
  ['warest', createWarest],
  ['sparkbot', createSparkbot],
]

/** How a session is made; a program has that done already. */
interface Bringing {
  create(input: { session?: string; phone?: string }): Promise<{ session: string }>
  qr(input: { session: string }): Promise<{ value?: string }>
}

test.each(SHOPS)('the example runs unchanged on %s', async (id, create) => {
  const { config, phones, scan, close } = openTestGateway(id, { origin: () => 'https://emulator.invalid' })
  const gateway = create(config as never)
  const { session } = await gateway.session.create({ session: 'bakery', phone: '+12025550100' })
  const { phone: shop } = await pair(gateway.session, session, scan)
  const { url } = await phones.file({ base64: 'AQID', mimetype: 'image/png', filename: 'cake.png' })
  await phones.message({ from: CUSTOMER, to: shop ?? '', text: 'Do you have cake?' })
  await until(async () => (await phones.messages({ phone: shop ?? '' })).length === 1)

  const link = await welcome(gateway, session, `+${CUSTOMER}`, url)

  await until(async () => (await phones.messages({ phone: CUSTOMER })).length === 4)
  const group = (await phones.messages({ phone: CUSTOMER })).find(({ to }) => to.endsWith('@g.us'))?.to ?? ''
  const got = (await phones.messages({ phone: CUSTOMER })).map(({ from, type, text }) => [from, type, text])
  expect(got).toEqual([
    [shop, 'text', 'Welcome! This is what we make:'],
    [shop, 'image', 'Fresh today'],
    [shop, 'poll', 'Which one?'],
    [shop, 'text', 'News comes here.'],
  ])
  const reaction = async () => (await phones.messages({ phone: shop ?? '' }))[0]?.reactions?.[shop ?? '']
  await until(async () => (await reaction()) === '🙏')
  expect((await phones.chatOf({ phone: shop ?? '', chat: CUSTOMER }))?.archived).toBe(true)
  expect(link).toBe(`https://chat.whatsapp.com/${(await phones.groupOf({ group })).invite}`)
  close()
})

test.each(SHOPS)('and stops on %s where there is nobody', async (id, create) => {
  const { config, phones, scan, close } = openTestGateway(id)
  const gateway = create(config as never)
  const { session } = await gateway.session.create({ session: 'bakery', phone: '+12025550100' })
  await pair(gateway.session, session, scan)
  expect(await welcome(gateway, session, '+12025550000', 'https://files.invalid/cake.png')).toContain('not on WhatsApp')
  expect(await phones.messages()).toEqual([])
  close()
})

async function pair(verbs: Bringing, session: string, scan: (session: string, qr?: string) => Promise<{ readonly phone?: string }>) {
  let qr: string | undefined
  await until(async () => {
    qr = (await verbs.qr({ session })).value
    return true
  })
  return scan(session, qr)
}

/** Tries until it is so; what is on its way takes a moment. */
async function until(look: () => Promise<boolean>): Promise<void> {
  for (const ends = Date.now() + 5_000; ; ) {
    if (await look().catch(() => false)) return
    if (Date.now() > ends) throw new Error('it did not come about')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
