import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fs } from '../terminal/node-fs.ts'
import type { ModulesFolder, Origin } from './modules-folders.ts'

/** An installed package. None of its code has run yet. */
export interface Package {
  readonly name: string
  /** Its folder. */
  readonly folder: string
  readonly origin: Origin
  /** False when it is in a project that nobody has trusted: none of its code is run. */
  readonly trusted: boolean
}

/** The official plugins: gateway id -> package. They are known even when they are not installed. */
export const OFFICIAL: Readonly<Record<string, string>> = {
  waha: '@wamux/waha',
  wawp: '@wamux/wawp',
  warest: '@wamux/warest',
  sparkbot: '@wamux/sparkbot',
}

const THIRD_PARTY = 'wamux-plugin-'

/** Finds a package by its name, in the first folder that has it. */
export function findPackage(name: string, places: readonly ModulesFolder[]): Package | undefined {
  for (const { folder, origin, trusted } of places) {
    const found = join(folder, ...name.split('/'))
    if (fs.existsSync(join(found, 'package.json'))) return { name, folder: found, origin, trusted }
  }
  return undefined
}

const ID = /^[a-z][a-z0-9-]*$/

/** The gateway id in the name of a plugin's package: `@wamux/waha`, `wamux-plugin-other`, `@team/wamux-plugin-other`. */
export function idOf(packageName: string): string | undefined {
  const [scope, own] = packageName.startsWith('@') ? packageName.split('/') : [undefined, packageName]
  const id = own?.startsWith(THIRD_PARTY) ? own.slice(THIRD_PARTY.length) : scope === '@wamux' ? own : undefined
  // a folder can have any name, and this one is printed and offered by completion
  return id !== undefined && ID.test(id) && (scope === undefined || /^@[a-z0-9][\w.-]*$/.test(scope)) ? id : undefined
}

/** Finds the plugin of one gateway without searching for all of them. */
export function findPlugin(id: string, places: readonly ModulesFolder[]): Package | undefined {
  if (!ID.test(id)) return undefined
  const own = findPackage((Object.hasOwn(OFFICIAL, id) ? OFFICIAL[id] : undefined) ?? `@wamux/${id}`, places)
  if (own && isPlugin(own)) return own
  return findPackage(THIRD_PARTY + id, places) ?? findPlugins(places).find(({ name }) => idOf(name) === id)
}

/** All installed plugins, found by their names. When two have the same id, the first one counts. */
export function findPlugins(places: readonly ModulesFolder[]): Package[] {
  const found = new Map<string, Package>()
  for (const { folder, origin, trusted } of places) {
    for (const name of pluginNames(folder)) {
      const id = idOf(name)
      const one = { name, folder: join(folder, ...name.split('/')), origin, trusted }
      if (id !== undefined && !found.has(id) && isPlugin(one)) found.set(id, one)
    }
  }
  const order = Object.values(OFFICIAL)
  const rank = ({ name }: Package) => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

function pluginNames(folder: string): string[] {
  const within = (scope: string) => list(join(folder, scope)).map((name) => `${scope}/${name}`)
  return list(folder).flatMap((name) => {
    if (name === '@wamux') return within(name)
    if (name.startsWith('@')) return within(name).filter((one) => basename(one).startsWith(THIRD_PARTY))
    return name.startsWith(THIRD_PARTY) ? [name] : []
  })
}

function list(folder: string): string[] {
  try {
    return fs.readdirSync(folder)
  } catch {
    return []
  }
}

// core, testkit and emulator are in our scope, too, and are no plugins; a package named like a plugin is reported as broken when it is none
function isPlugin({ name, folder }: Package): boolean {
  if (Object.values(OFFICIAL).includes(name) || basename(name).startsWith(THIRD_PARTY)) return true
  try {
    return exportsOf(folder)['./manifest'] !== undefined
  } catch {
    return false
  }
}

/** What a package's package.json says. @throws when it cannot be read */
export function packageJson(folder: string): { readonly version?: string; readonly exports?: unknown; readonly wamux?: unknown } {
  return JSON.parse(fs.readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: string; exports?: unknown; wamux?: unknown }
}

function exportsOf(folder: string): Readonly<Record<string, unknown>> {
  const { exports } = packageJson(folder)
  return typeof exports === 'object' && exports !== null ? (exports as Record<string, unknown>) : {}
}

const CONDITIONS = ['node', 'import', 'module-sync', 'default']

/**
 * The URL of a file that a package exports. Node itself looks for packages only in the folders above the importing file, and a plugin
 * may be elsewhere.
 *
 * @param key `.` or `./manifest`
 * @returns nothing when it exports no such thing
 */
export function exportedFile({ folder }: Package, key: string): string | undefined {
  const target = targetOf(exportsOf(folder)[key])
  return target === undefined ? undefined : pathToFileURL(join(folder, target)).href
}

/**
 * The URL of the table of operations: what its package.json names for programs like this one (`"wamux": { "operations": … }`), which makes
 * an operation when it is read, or else the table that it exports.
 *
 * @returns nothing when it has none
 */
export function tableFile(source: Package): string | undefined {
  const { wamux } = packageJson(source.folder)
  const named = typeof wamux === 'object' && wamux !== null ? (wamux as { operations?: unknown }).operations : undefined
  if (typeof named !== 'string' || !/^\.\/(?!.*\.\.)/.test(named)) return exportedFile(source, './operations')
  const file = join(source.folder, named)
  return fs.existsSync(file) ? pathToFileURL(file).href : exportedFile(source, './operations')
}

function targetOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.startsWith('./') ? value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [condition, one] of Object.entries(value)) {
    const target = CONDITIONS.includes(condition) ? targetOf(one) : undefined
    if (target !== undefined) return target
  }
  return undefined
}
