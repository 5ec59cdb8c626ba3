import { UsageError } from '../errors/usage-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { baseUrlVariable } from './variables.ts'

/** The origin of the emulator. @param given its address from command line or profile @throws UsageError when it is not known */
export function emulatorOrigin(given: string | undefined, gateway: string, env: Terminal['env']): string {
  const variable = baseUrlVariable(gateway)
  const url = given ?? env[variable]
  if (!url) throw new UsageError('It is not known where the emulator is.', `Use --url, or set ${variable} as wamux emulate prints it.`)
  if (!URL.canParse(url)) throw new UsageError(`"${url}" is no URL.`)
  return new URL(url).origin
}
