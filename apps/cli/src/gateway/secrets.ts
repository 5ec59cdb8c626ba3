import type { Terminal } from '../terminal/terminal.ts'
import { closeToOthers, configFile, isOpenToOthers, readJson, withLock, writePrivate } from './profile-store.ts'

type Env = Terminal['env']

/** Where secrets are stored. */
export type SecretStore = 'keychain' | 'file'

/** The part of `@napi-rs/keyring` that is used here. */
interface Keyring {
  readonly Entry: new (
    service: string,
    account: string,
  ) => { setPassword(password: string): void; getPassword(): string | null; deletePassword(): boolean }
}

const SERVICE = 'wamux'
const FILE = 'secrets.json'

type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The secrets of a profile by field; missing ones are left out. @throws UsageError when the file cannot be read */
export async function readSecrets(
  env: Env,
  profile: string,
  keeper: SecretStore,
  fields: readonly string[],
  say: (text: string) => void = () => {},
): Promise<Record<string, string>> {
  if (keeper === 'file') {
    tighten(env, say)
    return { ...own(fileSecrets(env), profile) }
  }
  const keyring = await loadKeyring()
  const found: Record<string, string> = {}
  for (const field of fields) {
    const secret = keyring && attempt(() => new keyring.Entry(SERVICE, account(profile, field)).getPassword())
    if (typeof secret === 'string') found[field] = secret
  }
  return found
}

/**
 * Stores the secrets of a profile: in the system's keychain when there is one, else in a file that only its owner may read.
 * `WAMUX_SECRETS=file` skips the keychain.
 *
 * @returns where they are now
 */
export async function storeSecrets(
  env: Env,
  profile: string,
  secrets: Readonly<Record<string, string>>,
  say: (text: string) => void = () => {},
): Promise<SecretStore> {
  tighten(env, say)
  const keyring = env.WAMUX_SECRETS === 'file' ? undefined : await loadKeyring()
  if (keyring && Object.entries(secrets).every(([field, secret]) => stored(keyring, account(profile, field), secret))) {
    dropFromFile(env, profile)
    return 'keychain'
  }
  changeFile(env, (all) => ({ ...all, [profile]: secrets }))
  return 'file'
}

/** Deletes the secrets of a profile from keychain and file. */
export async function deleteSecrets(env: Env, profile: string, keeper: SecretStore, fields: readonly string[]): Promise<void> {
  dropFromFile(env, profile)
  if (keeper !== 'keychain') return
  const keyring = await loadKeyring()
  for (const field of fields) attempt(() => keyring && new keyring.Entry(SERVICE, account(profile, field)).deletePassword())
}

/** The file that holds secrets where there is no keychain. */
export function secretsFile(env: Env): string {
  return configFile(env, FILE)
}

/** True when other users may read the file with the secrets. */
export function secretsAreOpen(env: Env): boolean {
  return isOpenToOthers(secretsFile(env))
}

function tighten(env: Env, say: (text: string) => void): void {
  if (closeToOthers(secretsFile(env))) say(`${secretsFile(env)} could be read by others; now only you can read it.`)
}

function account(profile: string, field: string): string {
  return `${profile}/${field}`
}

// some keychains accept a secret and do not return it, so it is read back at once
function stored(keyring: Keyring, name: string, secret: string): boolean {
  return (
    attempt(() => {
      const entry = new keyring.Entry(SERVICE, name)
      entry.setPassword(secret)
      return entry.getPassword() === secret
    }) === true
  )
}

function attempt<Value>(run: () => Value): Value | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

// an optional dependency: it is a native module, and there may be none for this system
async function loadKeyring(): Promise<Keyring | undefined> {
  try {
    return (await import('@napi-rs/keyring')) as unknown as Keyring
  } catch {
    return undefined
  }
}

function fileSecrets(env: Env): Secrets {
  const value = readJson(secretsFile(env))
  return typeof value === 'object' && value !== null ? (value as Secrets) : {}
}

function own(secrets: Secrets, profile: string): Readonly<Record<string, string>> {
  return Object.hasOwn(secrets, profile) ? (secrets[profile] ?? {}) : {}
}

function dropFromFile(env: Env, profile: string): void {
  if (!Object.hasOwn(fileSecrets(env), profile)) return
  changeFile(env, ({ [profile]: _gone, ...rest }) => rest)
}

// one wamux at a time: another one that adds a profile would otherwise lose its secrets
function changeFile(env: Env, change: (all: Secrets) => Secrets): void {
  const file = secretsFile(env)
  withLock(file, () => writePrivate(file, `${JSON.stringify(change(fileSecrets(env)), undefined, 2)}\n`))
}
