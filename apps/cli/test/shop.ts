import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { type Around, invoke } from './in-process.ts'
import type { Ended } from './spawned.ts'

/** An emulator on which the WAHA session `shop` is connected, and a folder for files. */
export interface Shop {
  readonly emulator: EmulatorServer
  /** The variables of WAHA. */
  readonly waha: Record<string, string>
  readonly folder: string
  /** Runs a command line as it is typed; double quotes hold words together. */
  run(line: string, around?: Around): Promise<Ended>
  close(): Promise<void>
}

/** Starts one. */
export async function openShop(): Promise<Shop> {
  const emulator = await serveEmulator()
  const folder = mkdtempSync(join(tmpdir(), 'wamux-shop-'))
  const waha = { ...emulator.gateways.waha.env, WAMUX_CONFIG_DIR: join(folder, 'config') }
  const run: Shop['run'] = (line, around = {}) =>
    invoke([...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(1), { env: waha, ...around })
  await run('wamux session create shop')
  await run('wamux session wait-for shop --state pairing --interval 20ms')
  await run('wamux emulate scan shop --phone +4915100000001')
  await run('wamux session wait-for shop --interval 20ms')
  const close = async () => {
    await emulator.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { emulator, waha, folder, run, close }
}
