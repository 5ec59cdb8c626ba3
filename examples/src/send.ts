// Sends a text from a script: node examples/src/send.ts +12025550101 "Your order is ready"

import { GatewayError } from '@wamux/core'
import { createWaha } from '@wamux/waha'
import { variable } from './environment.ts'

const [to = '', text = ''] = process.argv.slice(2)
const waha = createWaha({ baseUrl: variable('WAMUX_WAHA_BASE_URL'), apiKey: variable('WAMUX_WAHA_API_KEY') })

try {
  const sent = await waha.message.sendText({ session: 'default', to, text })
  console.log(sent.status, sent.id)
} catch (error) {
  if (!GatewayError.is(error)) throw error
  // `unknown_outcome`: it may have been sent; look before you repeat it
  console.error(error.kind, error.message)
  process.exitCode = error.kind === 'unknown_outcome' ? 2 : 1
}
