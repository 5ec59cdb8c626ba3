import { dirname } from 'node:path'
import type { Gateway, Manifest, OperationTable } from '@wamux/core'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'
import { type ModulesFolder, modulesFolders, type SearchStart } from './modules-folders.ts'
import { BrokenPluginError, broken, checkedManifest, manifestData, safeTexts } from './plugin-manifest.ts'
import { exportedFile, findPackage, findPlugin, findPlugins, idOf, OFFICIAL, type Package, tableFile } from './plugin-packages.ts'
import { projectOf } from './trusted-folders.ts'

/** A plugin whose manifest was read. */
export interface WorkingPlugin {
  readonly id: string
  readonly source: Package
  readonly manifest: Manifest
}

/** A plugin that is installed and does not work. */
export interface BrokenPlugin {
  readonly id: string
  readonly source: Package
  readonly reason: string
}

/** A plugin of a project that nobody has trusted. None of its code has run. */
export interface UntrustedPlugin {
  readonly id: string
  readonly source: Package
  /** The folder to trust. */
  readonly project: string
  /** Its manifest, where it has one as data. */
  readonly described: Manifest | undefined
}

/** The plugins on this machine. Folders and manifests are read when they are first needed. */
export interface Plugins {
  /** Ids of the installed gateways and of the official ones that are not installed. */
  readonly knownIds: () => readonly string[]
  /** The folder that the search for projects starts in. */
  readonly cwd: string
  /** True for these ids; looks into no folder for an official one. */
  readonly isKnown: (id: string) => boolean
  /** The installed plugins that may be used, by the names of their folders; no file of them is read. */
  readonly installed: () => readonly Package[]
  /** True when the plugin of a gateway is there; whether it works is not looked at. */
  readonly isInstalled: (id: string) => boolean
  /** One manifest. @throws UsageError when the plugin is missing or broken */
  manifest(id: string): Promise<Manifest>
  /** Every manifest that can be read, and what is wrong with the others. */
  all(): Promise<readonly (WorkingPlugin | BrokenPlugin)[]>
  /** The plugins of projects that nobody has trusted, without those that a usable plugin replaces. */
  untrusted(): readonly UntrustedPlugin[]
  /** Loads the plugin. @throws UsageError when it is missing or broken */
  open(id: string): Promise<{ readonly manifest: Manifest; create(config: object): Gateway }>
  /** The operation table of a plugin. @throws UsageError when it is missing or broken */
  operations(id: string): Promise<OperationTable>
  /** URL of a file that a package exports, for example of the emulator. @throws UsageError when the package is not installed */
  exportedFile(packageName: string, key: string, what: string): string
}

type Module = Readonly<Record<string, unknown>>

/** @param start where the search begins; nothing is read until a plugin is asked for */
export function createPlugins(start: SearchStart): Plugins {
  let folders: ModulesFolder[] | undefined
  let packages: Package[] | undefined
  const where = () => {
    folders ??= modulesFolders(start)
    return folders
  }
  const usable = () => where().filter(({ trusted }) => trusted)
  const barred = () => where().filter(({ trusted }) => !trusted)
  const installed = () => {
    packages ??= findPlugins(usable())
    return packages
  }
  const untrustedPackages = () => {
    const ids = new Set(installed().map(({ name }) => idOf(name)))
    return findPlugins(barred()).filter(({ name }) => !ids.has(idOf(name)))
  }
  const knownIds = () => [
    ...new Set([...Object.keys(OFFICIAL), ...[...installed(), ...untrustedPackages()].flatMap(({ name }) => idOf(name) ?? [])]),
  ]

  function plugin(id: string): Package {
    const one = findPlugin(id, usable())
    if (one) return one
    const other = findPlugin(id, barred())
    if (other) throw notTrusted(other)
    const official = Object.hasOwn(OFFICIAL, id) ? OFFICIAL[id] : undefined
    if (official) throw notInstalled(`The plugin ${official}`, official)
    const near = didYouMean(id, knownIds())
    throw new UsageError(`There is no gateway "${id}"; known are ${knownIds().join(', ')}.`, near ? `Did you mean ${near}?` : undefined)
  }

  async function load(source: Package, key: '.' | './manifest' | './operations'): Promise<Module> {
    try {
      const file = key === './operations' ? tableFile(source) : exportedFile(source, key)
      if (file === undefined) throw new Error(`it exports no "${key}"`)
      return (await import(file)) as Module
    } catch (error) {
      throw broken(source, reasonOf(error))
    }
  }

  async function manifestOf(source: Package): Promise<Manifest> {
    return dataOf(source) ?? checkedManifest(source, (await load(source, './manifest')).manifest)
  }

  return {
    cwd: start.cwd,
    knownIds,
    isKnown: (id) => Object.hasOwn(OFFICIAL, id) || knownIds().includes(id),
    installed,
    isInstalled: (id) => findPlugin(id, usable()) !== undefined,
    manifest: (id) => manifestOf(plugin(id)),
    all: () =>
      Promise.all(
        installed().map(async (source): Promise<WorkingPlugin | BrokenPlugin> => {
          const id = idOf(source.name) ?? source.name
          try {
            return { id, source, manifest: await manifestOf(source) }
          } catch (error) {
            return { id, source, reason: error instanceof BrokenPluginError ? error.reason : reasonOf(error) }
          }
        }),
      ),
    untrusted: () =>
      untrustedPackages().map((source) => {
        const id = idOf(source.name) ?? source.name
        return { id, source, project: projectFor(source), described: attempt(() => manifestData(source)) }
      }),
    async open(id) {
      const source = plugin(id)
      const module = await load(source, '.').catch(async (error: unknown) => {
        // the manifest can give a better reason: it may be written for another version of the contract
        await manifestOf(source)
        throw error
      })
      // most plugins export the manifest from their main file, too: then it need not be read from its own
      const manifest = module.manifest === undefined ? await manifestOf(source) : checkedManifest(source, module.manifest)
      const factory = module[manifest.factory]
      if (typeof factory !== 'function') throw broken(source, `it exports no ${manifest.factory}`)
      return { manifest, create: factory as (config: object) => Gateway }
    },
    async operations(id) {
      const source = plugin(id)
      const { operations } = await load(source, './operations')
      if (typeof operations !== 'object' || operations === null) throw broken(source, 'its table of operations is none')
      return safeTexts(source, operations as OperationTable)
    },
    exportedFile(packageName, key, what) {
      const source = findPackage(packageName, usable())
      const other = source ? undefined : findPackage(packageName, barred())
      if (other) throw notTrusted(other)
      const file = source && exportedFile(source, key)
      if (file === undefined) throw notInstalled(what, packageName)
      return file
    },
  }
}

/** The manifest as data. @throws UsageError when it is none */
function dataOf(source: Package): Manifest | undefined {
  try {
    return manifestData(source)
  } catch (error) {
    throw error instanceof BrokenPluginError ? error : broken(source, reasonOf(error))
  }
}

function attempt<Value>(run: () => Value): Value | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

// the package lies in node_modules of its project, or in a scope there
function projectFor({ name, folder }: Package): string {
  const modules = name.startsWith('@') ? dirname(dirname(folder)) : dirname(folder)
  return projectOf(modules) ?? dirname(modules)
}

function notTrusted(source: Package): UsageError {
  const project = projectFor(source)
  const word = /^[\w@%+=:,./\\-]+$/.test(project) ? project : `'${project.replaceAll("'", `'\\''`)}'`
  return new UsageError(
    `${source.name} is in a project that is not trusted, so none of its code was run.`,
    `If you trust what is in ${project}: wamux plugins trust ${word}`,
  )
}

function reasonOf(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown }
  // the first line names the reason; the lines below it are a stack
  const text = String(message ?? error).split('\n', 1)[0] ?? ''
  return (code === 'ERR_MODULE_NOT_FOUND' ? text.replace(/ imported from .*/s, '') : text).replace(/\.$/, '')
}

/** The error for an optional package that is not installed. @param what `The plugin for WAHA` */
export function notInstalled(what: string, packageName: string): UsageError {
  return new UsageError(`${what} is not installed.`, `npm install -g ${packageName}   (or, in a project: npm install ${packageName})`)
}
