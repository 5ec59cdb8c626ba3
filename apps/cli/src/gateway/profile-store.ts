import { join } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'
import { fs } from '../terminal/node-fs.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFolder } from './config-folders.ts'

/** One account of one gateway. Its secrets are kept apart, see secrets.ts. */
export interface Profile {
  readonly gateway: string
  readonly baseUrl?: string
  /** The session that commands mean when they name none. */
  readonly session?: string
  /** Credentials that are no secrets, by field. */
  readonly credentials?: Readonly<Record<string, string>>
  /** Where its secrets are; absent when it has none. */
  readonly secrets?: 'keychain' | 'file'
}

/** What `config.json` holds. */
export interface Config {
  readonly version: 1
  /** The profile in use: `wamux profile use`. */
  readonly default?: string
  readonly profiles: Readonly<Record<string, Profile>>
}

const EMPTY: Config = { version: 1, profiles: {} }

/** Allowed names of profiles. The name becomes part of keychain entries and shell commands. */
export const PROFILE_NAME: RegExp = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The file that holds the profiles. @throws UsageError when it is not known where home is */
export function configFile(env: Terminal['env'], name = 'config.json'): string {
  const folder = configFolder(env)
  if (!folder) throw new UsageError('It is not known where the configuration goes: HOME is not set.', 'Set WAMUX_CONFIG_DIR to a folder.')
  return join(folder, name)
}

/** Reads the configuration; none is an empty one. @throws UsageError that names the file when it cannot be read */
export function readConfig(env: Terminal['env']): Config {
  if (!configFolder(env)) return EMPTY
  const file = configFile(env)
  const value = readJson(file)
  if (value === undefined) return EMPTY
  const config = value as Config
  const fits =
    typeof value === 'object' && value !== null && config.version === 1 && typeof config.profiles === 'object' && config.profiles !== null
  if (fits && Object.values(config.profiles).every((one) => typeof one?.gateway === 'string')) return config
  throw new UsageError(`${file} is not what wamux writes there.`, 'Mend it, or move it away and make profiles anew: wamux profile add')
}

export function writeConfig(env: Terminal['env'], config: Config): void {
  writePrivate(configFile(env), `${JSON.stringify(config, undefined, 2)}\n`)
}

/** The JSON in a file, or nothing where there is no file. @throws UsageError that names it */
export function readJson(file: string): unknown {
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new UsageError(`${file} cannot be read (${code}).`)
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    // V8 quotes the text in its message, and the text may hold a secret
    throw new UsageError(`${file} is no JSON.`, 'Mend it, or move it away and make profiles anew: wamux profile add')
  }
}

/** Writes a file that only its owner may read, whole or not at all. @throws UsageError */
export function writePrivate(file: string, text: string): void {
  const folder = join(file, '..')
  const fresh = `${file}.${process.pid}.new`
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    fs.writeFileSync(fresh, text, { mode: 0o600 })
    // the mode above counts for a new file only, and the umask changes it
    fs.chmodSync(fresh, 0o600)
    fs.renameSync(fresh, file)
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}

/** True when other users may read a file. Always false on Windows, which has no file modes. */
export function isOpenToOthers(file: string): boolean {
  if (process.platform === 'win32') return false
  try {
    return (fs.statSync(file).mode & 0o077) !== 0
  } catch {
    return false
  }
}
