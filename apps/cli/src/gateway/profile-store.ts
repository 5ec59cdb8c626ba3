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
  throw new UsageError(
    `${file} is not what wamux writes there.`,
    'Correct it, or move it away and add the profiles again: wamux profile add',
  )
}

/** Changes the configuration. No other wamux changes it meanwhile. @returns what it is now */
export function updateConfig(env: Terminal['env'], change: (config: Config) => Config): Config {
  const file = configFile(env)
  return withLock(file, () => {
    const config = change(readConfig(env))
    writePrivate(file, `${JSON.stringify(config, undefined, 2)}\n`)
    return config
  })
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
    throw new UsageError(`${file} is no JSON.`, 'Correct it, or move it away and add the profiles again: wamux profile add')
  }
}

/** Writes a file that only its owner may read, whole or not at all. @throws UsageError */
export function writePrivate(file: string, text: string): void {
  const folder = join(file, '..')
  const fresh = `${file}.${crypto.randomUUID()}.new`
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    // wx: a file or link that somebody has put there is never written to
    fs.writeFileSync(fresh, text, { mode: 0o600, flag: 'wx' })
    // the umask changes the mode above
    fs.chmodSync(fresh, 0o600)
    fs.renameSync(fresh, file)
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}

const LOCK_PAUSE_MS = 20
/** How long to wait for another wamux; a process that holds a lock for longer has ended without removing it. */
const LOCK_MAX_MS = 5_000

/** Runs something while no other wamux changes this file. @throws UsageError when the folder cannot be written to */
export function withLock<Result>(file: string, run: () => Result): Result {
  const lock = `${file}.lock`
  try {
    fs.mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
    takeLock(lock)
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
  try {
    return run()
  } finally {
    fs.rmSync(lock, { force: true })
  }
}

function takeLock(lock: string): void {
  for (;;) {
    try {
      // wx: fails when it is there already
      fs.writeFileSync(lock, '', { mode: 0o600, flag: 'wx' })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const since = fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - since > LOCK_MAX_MS) fs.rmSync(lock, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_PAUSE_MS)
  }
}

/** Takes the rights of other users away from a file. @returns true when they had some */
export function closeToOthers(file: string): boolean {
  if (!isOpenToOthers(file)) return false
  try {
    fs.chmodSync(file, 0o600)
    return true
  } catch {
    // the file of another user: `wamux doctor` reports it
    return false
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
