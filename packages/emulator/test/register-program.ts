// A program of its own that registers one webhook: node register-program.ts <JSON of gateway, config, session, url>
import type { GatewayBase } from '@wamux/core'
import { registerWebhook } from '@wamux/core/registration'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'

const create: Record<string, (config: never) => unknown> = {
  waha: createWaha,
  wawp: createWawp,
  warest: createWarest,
  sparkbot: createSparkbot,
}
const { id, config, session, url } = JSON.parse(process.argv[2] ?? '') as Record<'id' | 'session' | 'url', string> & { config: unknown }
const events = id === 'warest' ? {} : { events: ['message.received'] as const }
try {
  await registerWebhook(create[id]?.(config as never) as GatewayBase, { session, url, ...events })
  console.log('ok')
} catch (error) {
  console.log((error as { kind?: string }).kind ?? String(error))
}
