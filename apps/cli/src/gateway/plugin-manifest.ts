import { join, sep } from 'node:path'
import type { Manifest } from '@wamux/core'
import { UsageError } from '../errors/usage-error.ts'
import { mapTexts } from '../terminal/map-texts.ts'
import { fs } from '../terminal/node-fs.ts'
import { oneLine } from '../terminal/visible-text.ts'
import { idOf, type Package, packageJson } from './plugin-packages.ts'

/** A plugin that is installed and cannot be used. */
export class BrokenPluginError extends UsageError {
  readonly reason: string

  constructor(message: string, hint: string, reason: string) {
    super(message, hint)
    this.reason = reason
  }
}

/** The error for a plugin that does not work. */
export function broken({ name, folder }: Package, reason: string): BrokenPluginError {
  return new BrokenPluginError(
    `The plugin ${name} does not work: ${reason}.`,
    `It is in ${folder}\nAll other plugins work: wamux plugins`,
    reason,
  )
}

const MOST_BYTES = 1024 * 1024

/**
 * The manifest of a plugin as data: no code of the package runs. Its package.json names it: `"wamux": { "manifest": "./manifest.json" }`,
 * or holds it in place of the path.
 *
 * @returns undefined when the package has none, or when its build has not written it yet
 * @throws UsageError when it is no manifest
 */
export function manifestData(source: Package): Manifest | undefined {
  const { wamux } = packageJson(source.folder)
  const named = typeof wamux === 'object' && wamux !== null ? (wamux as { manifest?: unknown }).manifest : undefined
  if (named === undefined) return undefined
  const value = typeof named === 'string' ? jsonIn(source, named) : named
  return value === undefined ? undefined : checkedManifest(source, value)
}

function jsonIn(source: Package, path: string): unknown {
  const file = join(source.folder, path)
  let text: string
  try {
    const real = fs.realpathSync(file)
    // a manifest elsewhere could be any file of this machine
    if (!real.startsWith(fs.realpathSync(source.folder) + sep)) throw broken(source, 'its manifest is outside its folder')
    const found = fs.statSync(real)
    if (!found.isFile() || found.size > MOST_BYTES) throw broken(source, 'its manifest is no file of at most 1 MB')
    text = fs.readFileSync(real, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text)
  } catch {
    throw broken(source, 'its manifest is no JSON')
  }
}

const TEXTS = ['id', 'name', 'packageName', 'factory', 'about'] as const

/** A manifest that fits its package and this CLI. @throws UsageError */
export function checkedManifest(source: Package, value: unknown): Manifest {
  if (typeof value !== 'object' || value === null) throw broken(source, 'it has no manifest')
  const manifest = safeTexts(source, value as Manifest)
  if (manifest.contract !== 1) {
    const reason = `it speaks version ${String(manifest.contract)} of the wamux contract, and this CLI speaks 1`
    throw new BrokenPluginError(
      `The plugin ${source.name} does not fit: ${reason}.`,
      `Bring both up to date: npm install -g wamux@latest ${source.name}@latest`,
      reason,
    )
  }
  const missing = TEXTS.find((name) => typeof manifest[name] !== 'string')
  if (missing) throw broken(source, `its manifest has no ${missing}`)
  const id = idOf(source.name)
  if (manifest.id !== id) throw broken(source, `its manifest is that of "${manifest.id}", and its name says "${id}"`)
  if (!Array.isArray(manifest.credentials)) throw broken(source, 'its manifest has no credentials')
  if (typeof manifest.capabilities !== 'object' || manifest.capabilities === null) throw broken(source, 'its manifest has no capabilities')
  return manifest
}

/** Data of a package with texts that are safe to print; those of our own packages are. */
export function safeTexts<Data>({ name }: Package, data: Data): Data {
  return name.startsWith('@wamux/') ? data : mapTexts(data, oneLine)
}
