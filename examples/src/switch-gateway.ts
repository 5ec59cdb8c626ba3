// The same program on another gateway: node examples/src/switch-gateway.ts warest main +12025550101

import type { Has } from '@wamux/core'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { variable } from './environment.ts'

// the lines that name a gateway; nothing below knows which one it is
const gateways = {
  waha: () => createWaha({ baseUrl: variable('WAMUX_WAHA_BASE_URL'), apiKey: variable('WAMUX_WAHA_API_KEY') }),
  warest: () => createWarest({ baseUrl: variable('WAMUX_WAREST_BASE_URL'), apiKey: variable('WAMUX_WAREST_API_KEY') }),
  wawp: (instanceId: string) =>
    createWawp({ instanceId, baseUrl: variable('WAMUX_WAWP_BASE_URL'), accessToken: variable('WAMUX_WAWP_ACCESS_TOKEN') }),
}

// session.list would be refused by the compiler: Wawp has none
async function remind(gateway: Has<'session.get' | 'contact.check' | 'message.sendText'>, session: string, phone: string): Promise<string> {
  const { state } = await gateway.session.get({ session })
  if (state !== 'connected') return `the session is ${state}`
  if (!(await gateway.contact.check({ session, phone })).exists) return `${phone} is not on WhatsApp`
  return (await gateway.message.sendText({ session, to: phone, text: 'See you tomorrow at 10.' })).status
}

const [id = 'waha', session = 'default', phone = ''] = process.argv.slice(2)
if (!Object.hasOwn(gateways, id)) throw new Error(`there is no gateway ${id}`)
console.log(id, await remind(gateways[id as keyof typeof gateways](session), session, phone))
