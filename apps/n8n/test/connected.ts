import type { GatewayBase, GroupVerbs, MessageVerbs, SessionVerbs, WebhookVerbs } from '@wamux/core'
import { createEmulator, type Emulator, type GatewayId } from '@wamux/emulator'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'

type Plugin = GatewayBase & {
  readonly session: SessionVerbs
  readonly webhook: WebhookVerbs
  readonly message: MessageVerbs
  readonly group: GroupVerbs
}

/** An emulated gateway with its own plugin, past n8n. */
export interface Connected {
  readonly emulator: Emulator
  readonly baseUrl: string
  readonly credentials: Readonly<Record<string, string>>
  readonly plugin: Plugin
  /** Ids of its sessions, all connected unless said otherwise. */
  readonly sessions: readonly string[]
}

/** Phone of the first session; the others count on. */
export const FIRST_PHONE = 12025550100

const CREATE = { waha: createWaha, wawp: createWawp, warest: createWarest, sparkbot: createSparkbot }

/** Opens an emulator with sessions. @param until how far they get */
export async function connected(
  gateway: GatewayId,
  names: readonly string[],
  until: 'pairing' | 'connected' = 'connected',
): Promise<Connected> {
  const emulator = createEmulator({ timings: { starting: 5, connecting: 5, queue: 2, server: 4, device: 8, read: 16, played: 20 } })
  const { baseUrl, credentials } = emulator.gateways[gateway]
  const create = CREATE[gateway] as unknown as (config: object) => Plugin
  const plugin = create({ baseUrl, ...credentials, fetch: emulator.fetch })
  const sessions: string[] = []
  for (const [index, name] of names.entries()) {
    const { session, state } = await plugin.session.create({ session: name })
    sessions.push(session)
    // WARest says it with its answer only, and "connecting" later
    if (state !== 'pairing') {
      if ((await plugin.session.get({ session })).state === 'stopped') await plugin.session.start({ session })
      await plugin.session.waitFor({ session, state: 'pairing', intervalMs: 5 })
    }
    if (until === 'pairing') continue
    await emulator.control.scan({ gateway, session, phone: String(FIRST_PHONE + index) })
    await plugin.session.waitFor({ session, intervalMs: 5 })
  }
  return { emulator, baseUrl, credentials: credentials as unknown as Record<string, string>, plugin, sessions }
}
