import { UsageError } from '../errors/usage-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { baseUrlVariable } from './variables.ts'

/** Where the emulator is. @param given what the command line or the profile says @throws UsageError */
export function emulatorOrigin(given: string | undefined, gateway: string, env: Terminal['env']): string {
  const variable = baseUrlVariable(gateway)
  const url = given ?? env[variable]
  if (!url) throw new UsageError('It is not known where the emulator is.', `Use --url, or set ${variable} as wamux emulate prints it.`)
  if (!URL.canParse(url)) throw new UsageError(`"${url}" is no URL.`)
  return new URL(url).origin
}
