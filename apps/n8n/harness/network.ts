import { type GatewayBase, requireVerb, supports } from '@wamux/core'
import type { GatewayId } from '@wamux/emulator'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { until } from './until.ts'

/** One session of each gateway, paired with a phone of its own. */
export interface Network {
  readonly server: EmulatorServer
  readonly lines: Readonly<Record<GatewayId, Line>>
}

export interface Line {
  readonly gateway: GatewayBase
  readonly session: string
  readonly phone: string
}

/** A phone that is behind no gateway. */
export const SOMEBODY = '12025550199'

const SOON = { intervalMs: 50, timeoutMs: 20_000 } as const

const IDS: readonly GatewayId[] = ['waha', 'wawp', 'warest', 'sparkbot']

/** Serves the emulator on loopback and pairs a session at each gateway. */
export async function openNetwork(): Promise<Network> {
  const server = await serveEmulator()
  const lines = await Promise.all(IDS.map(async (id) => [id, await openLine(server, id)] as const))
  return { server, lines: Object.fromEntries(lines) as Network['lines'] }
}

/** Pairs a session of one gateway with a phone of its own. */
export async function openLine(server: EmulatorServer, id: GatewayId): Promise<Line> {
  const { baseUrl, credentials } = server.gateways[id]
  const gateway = CREATE[id]({ baseUrl, ...credentials } as never) as unknown as GatewayBase
  const phone = `1202555010${IDS.indexOf(id)}`
  return pair(server, id, gateway, phone, id === 'wawp' ? server.gateways.wawp.credentials.instanceId : 'default')
}

const CREATE = { waha: createWaha, wawp: createWawp, warest: createWarest, sparkbot: createSparkbot }

async function pair(server: EmulatorServer, id: GatewayId, gateway: GatewayBase, phone: string, wanted: string): Promise<Line> {
  // the instance that Wawp's credentials name is there already
  const { session, state } = await requireVerb(gateway, id === 'wawp' ? 'session.get' : 'session.create')({ session: wanted })
  if (state === 'stopped' && supports(gateway, 'session.start')) await gateway.session.start({ session })
  const { control } = server.emulator
  // not every gateway says so when its QR code is there
  await until(async () => {
    const found = (await control.state()).sessions[id].find((one) => one.session === session)
    return found?.qr
  }, `${id}: no QR code to scan`)
  await control.scan({ gateway: id, session, phone })
  await requireVerb(gateway, 'session.waitFor')({ session, state: 'connected', ...SOON })
  return { gateway, session, phone }
}
