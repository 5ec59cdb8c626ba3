import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Makes an empty folder of its own. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'wamux-plugins-'))
}

/** What a made-up plugin says of itself. */
export function madeManifest(id: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    contract: 1,
    id,
    name: id.toUpperCase(),
    packageName: `wamux-plugin-${id}`,
    factory: 'createIt',
    about: 'Made up.',
    docs: 'https://example.com',
    api: { version: '1', defaultBaseUrl: 'http://127.0.0.1:1' },
    sessionTerm: 'session',
    credentials: [],
    capabilities: { 'session.list': 'native' },
    ...more,
  }
}

/** Writes a package into a `node_modules` folder. @param files by their names; the manifest's is `manifest.js` */
export function writePackage(modules: string, name: string, files: Readonly<Record<string, string>>, more: object = {}): string {
  const folder = join(modules, name)
  mkdirSync(folder, { recursive: true })
  const exports = {
    '.': { import: './index.js' },
    './manifest': { types: './manifest.d.ts', default: './manifest.js' },
    './operations': './operations.js',
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', type: 'module', exports, ...more }))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}

/** Links a package of this workspace into a `node_modules` folder. */
export function linkPackage(modules: string, name: string): void {
  const target = join(modules, name)
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(join(import.meta.dirname, '..', 'node_modules', name), target)
}
