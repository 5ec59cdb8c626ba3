import { demand, type GatewayBase, supports } from '@wamux/core'
import type { GatewayId } from '@wamux/emulator'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { until } from './checks.ts'

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

/** Serves the emulator on loopback and pairs a session at each gateway. */
export async function openNetwork(): Promise<Network> {
  const server = await serveEmulator()
  const { waha, wawp, warest, sparkbot } = server.gateways
  const at = (access: { baseUrl: string; credentials: object }) => ({ baseUrl: access.baseUrl, ...access.credentials }) as never
  return {
    server,
    lines: {
      waha: await pair(server, 'waha', createWaha(at(waha)) as unknown as GatewayBase, '12025550100', 'default'),
      wawp: await pair(server, 'wawp', createWawp(at(wawp)) as unknown as GatewayBase, '12025550101', wawp.credentials.instanceId),
      warest: await pair(server, 'warest', createWarest(at(warest)) as unknown as GatewayBase, '12025550102', 'default'),
      sparkbot: await pair(server, 'sparkbot', createSparkbot(at(sparkbot)) as unknown as GatewayBase, '12025550103', 'main'),
    },
  }
}

async function pair(server: EmulatorServer, id: GatewayId, gateway: GatewayBase, phone: string, wanted: string): Promise<Line> {
  // the instance that Wawp's credentials name is there already
  const { session, state } = await demand(gateway, id === 'wawp' ? 'session.get' : 'session.create')({ session: wanted })
  if (state === 'stopped' && supports(gateway, 'session.start')) await gateway.session.start({ session })
  const { control } = server.emulator
  // not every gateway says so when its QR code is there
  await until(async () => {
    const found = (await control.state()).sessions[id].find((one) => one.session === session)
    return found?.qr
  }, `${id}: no QR code to scan`)
  await control.scan({ gateway: id, session, phone })
  await demand(gateway, 'session.waitFor')({ session, state: 'connected', ...SOON })
  return { gateway, session, phone }
}
