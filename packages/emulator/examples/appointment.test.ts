import { emulatorFixtures } from '@wamux/emulator/vitest'
import { createWaha } from '@wamux/waha'
import { test as base, expect } from 'vitest'

// how to test a program of your own: each test has an emulator and a clock for itself
const test = base.extend(
  emulatorFixtures({
    scenario: `
      phones:
        shop: "+1 202 555 0100"
        ben: "+1 202 555 0101"
      sessions:
        - { gateway: waha, phone: shop }
      replies:
        - { phone: ben, when: { contains: "tuesday" }, after: 3 s, text: "yes" }
    `,
  }),
)

test('a customer answers after three seconds', async ({ emulator, phones }) => {
  const { baseUrl, credentials } = emulator.gateways.waha
  const waha = createWaha({ baseUrl, ...credentials, fetch: emulator.fetch })
  await waha.message.sendText({ session: 'default', to: '+12025550101', text: 'Does Tuesday at 10 suit you?' })

  await phones.advance(3_000)
  expect(await phones.messages({ phone: '12025550100' })).toEqual([])
  await phones.runToIdle()
  expect(await phones.messages({ phone: '12025550100' })).toMatchObject([{ from: '12025550101', text: 'yes' }])
})

test.concurrent('another test has another emulator', async ({ phones }) => {
  expect((await phones.messages()).length).toBe(0)
})
