import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The package under test. */
export const packageFolder: string = join(import.meta.dirname, '..')

export const repository: string = join(packageFolder, '..', '..')

/** Where packages outside the workspace are installed; kept between runs, out of git. */
export const cache: string = process.env.WAMUX_N8N_CACHE ?? join(repository, 'node_modules', '.cache', 'wamux-n8n')

export interface Installation {
  readonly folder: string
  /** 0 when it was there already. */
  readonly seconds: number
}

export interface InstallOptions {
  /** Folder of `apps/n8n` with package.json and package-lock.json. */
  readonly name: string
  /** Further npm commands; they run once, after the installation. */
  readonly afterwards?: readonly (readonly string[])[]
  readonly env?: Readonly<Record<string, string>>
  /** Packages to install in other versions than the lockfile says, without a lockfile then. */
  readonly versions?: Readonly<Record<string, string>>
}

/** Installs what a lockfile says, unless that was done before. @throws Error with what npm said */
export function install({ name, afterwards = [], env = {}, versions = {} }: InstallOptions): Installation {
  const source = join(packageFolder, name)
  const others = Object.entries(versions)
  const folder = join(cache, [name, ...others.flat()].join('-'))
  const stamp = join(folder, 'installed')
  const files = ['package.json', 'package-lock.json', '.npmrc']
  const hash = createHash('sha256').update(JSON.stringify(afterwards)).update(process.version.split('.', 1).join())
  if (others.length > 0) hash.update(JSON.stringify(others))
  for (const file of files) hash.update(readFileSync(join(source, file)))
  const wanted = hash.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { folder, seconds: 0 }

  const started = performance.now()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const file of files) copyFileSync(join(source, file), join(folder, file))
  if (others.length > 0) exchange(folder, versions)
  for (const words of [[others.length > 0 ? 'install' : 'ci', '--prefer-offline'], ...afterwards]) npm(folder, words, env)
  writeFileSync(stamp, wanted)
  return { folder, seconds: Math.round((performance.now() - started) / 1000) }
}

function exchange(folder: string, versions: Readonly<Record<string, string>>): void {
  const file = join(folder, 'package.json')
  const { dependencies, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: object }
  writeFileSync(file, JSON.stringify({ ...rest, dependencies: { ...dependencies, ...versions } }))
  rmSync(join(folder, 'package-lock.json'))
}

function npm(folder: string, words: readonly string[], env: Readonly<Record<string, string>>): void {
  const done = spawnSync('npm', words, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 2 ** 26 })
  if (done.status !== 0) throw new Error(`npm ${words.join(' ')}: ${done.error?.message ?? `${done.stdout}${done.stderr}`.slice(-4000)}`)
}

/** A package where n8n would find it. */
export interface Staged {
  readonly folder: string
  /** A folder that is gone with the package. */
  readonly work: string
  remove(): void
}

/**
 * Copies the built package to where it finds n8n's packages and nothing of the workspace, as an installed one would: a dependency that
 * was not bundled is missing there.
 *
 * @param from folder with package.json and dist
 */
export function stage(from: string, installation: Installation): Staged {
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(join(cache, 'run-'))
  const folder = join(work, 'package')
  mkdirSync(folder)
  copyFileSync(join(from, 'package.json'), join(folder, 'package.json'))
  cpSync(join(from, 'dist'), join(folder, 'dist'), { recursive: true })
  symlinkSync(join(installation.folder, 'node_modules'), join(work, 'node_modules'))
  return { folder, work, remove: () => rmSync(work, { recursive: true, force: true }) }
}
