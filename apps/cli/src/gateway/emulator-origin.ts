import { UsageError } from '../errors/usage-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { baseUrlVariable } from './variables.ts'

/** The port of `wamux emulate`, so that what was exported for it is right after a restart, too. */
export const EMULATOR_PORT = 4010
/** Where `wamux emulate` is when nothing else was asked for. */
export const DEFAULT_EMULATOR: string = `http://127.0.0.1:${EMULATOR_PORT}`

/** The origin of the emulator, with its namespace; default that of `wamux emulate`. @param given its address from command line or profile @throws UsageError */
export function emulatorOrigin(given: string | undefined, gateway: string, env: Terminal['env']): string {
  const variable = baseUrlVariable(gateway)
  const url = given ?? (env[variable] || DEFAULT_EMULATOR)
  if (!URL.canParse(url)) throw new UsageError(`"${url}" is no URL.`)
  return originWithNamespace(url)
}

/** Origin of an emulator, and the namespace that its address leads into: `http://127.0.0.1:4010/@name`. */
export function originWithNamespace(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + (/^\/@[^/]+/.exec(pathname)?.[0] ?? '')
}
