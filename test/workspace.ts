import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The parts of a package.json that the tests look at. */
export interface PackageJson {
  name: string
  version: string
  private?: boolean
  description?: string
  keywords?: string[]
  license?: string
  homepage?: string
  bugs?: string
  repository?: { type: string; url: string; directory?: string }
  type?: string
  sideEffects?: boolean
  engines?: Record<string, string>
  bin?: Record<string, string>
  files?: string[]
  exports?: Record<string, string | Record<string, string>>
  publishConfig?: { access?: string; provenance?: boolean }
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  n8n?: { nodes?: string[]; credentials?: string[] }
}

/** A package of the workspace. */
export interface Package {
  /** `packages/waha` */
  folder: string
  manifest: PackageJson
  /** Its files, relative to the folder. */
  files: string[]
}

export const root: string = dirname(import.meta.dirname)

/** Every file that is or would be in git, relative to the root. */
export const files: readonly string[] = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)))
  .sort()

export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

export const packages: readonly Package[] = files
  .filter((file) => /^(packages|apps|tools)\/[^/]+\/package\.json$/.test(file))
  .map((file) => ({
    folder: dirname(file),
    manifest: JSON.parse(read(file)) as PackageJson,
    files: files.filter((one) => one.startsWith(`${dirname(file)}/`)).map((one) => one.slice(dirname(file).length + 1)),
  }))

export const publicPackages: readonly Package[] = packages.filter(({ manifest }) => manifest.private !== true)

/** The gateway plugins; the shape test demands each of them. */
export const plugins = ['sparkbot', 'waha', 'warest', 'wawp'] as const

export const isCode = (file: string): boolean => /\.(ts|mts|cts|js|mjs|cjs)$/.test(file) && !isGenerated(file)

export const isGenerated = (file: string): boolean => /(^|\/)(generated|fixtures)\//.test(file)

export const isTest = (file: string): boolean => /\.test(-d)?\.ts$/.test(file) || /^(packages|apps|tools)\/[^/]+\/test\//.test(file)

/** Code without its comments, in as many lines. */
export function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** What a file imports, types and dynamic imports included. */
export function importsOf(code: string): string[] {
  const pattern = /\b(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g
  return [...withoutComments(code).matchAll(pattern)].map((match) => match[2] ?? '')
}
