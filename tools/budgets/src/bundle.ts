import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile, type OutputFile, type Plugin } from 'esbuild'

/** The part of a bundle that a program loads before it runs: its entry and everything that it imports statically. */
export interface StaticClosure {
  readonly minifiedBytes: number
  readonly gzipBytes: number
  /** Source files with the bytes that each has in the closure, largest first. */
  readonly sources: readonly SourceShare[]
  /** Source files that are in the bundle, but loaded on demand only. */
  readonly lazySources: readonly string[]
  /** Minified size of these. */
  readonly lazyBytes: number
}

export interface SourceShare {
  readonly path: string
  readonly bytes: number
}

const here = fileURLToPath(new URL('..', import.meta.url))

/** What a program is bundled from: the sources of the workspace, or what is built from them and published. */
export type Origin = 'sources' | 'published'

/** Bundles a program as a browser or worker would load it. */
export async function bundle(program: string, plugins: readonly Plugin[] = [], origin: Origin = 'sources'): Promise<StaticClosure> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: here, sourcefile: 'program.ts', loader: 'ts' },
    absWorkingDir: here,
    outdir: 'out',
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    conditions: [...(origin === 'sources' ? ['@wamux/source'] : []), 'import', 'module', 'default'],
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [...plugins],
  })
  return closureOf(outputFiles, metafile)
}

function closureOf(files: readonly OutputFile[], { outputs }: Metafile): StaticClosure {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint?.endsWith('program.ts'))
  if (entry === undefined) throw new Error('the bundle has no entry')
  const reached = [entry]
  for (const path of reached) {
    for (const { kind, path: next } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !reached.includes(next)) reached.push(next)
    }
  }
  // the largest first: the order of the chunks must not depend on the hashes in their names
  const texts = reached.map((path) => textOf(files, path)).sort((a, b) => b.length - a.length)
  const code = texts.join('')
  const rest = Object.keys(outputs).filter((path) => !reached.includes(path))
  const lazy = sourcesOf(outputs, rest)
  return {
    minifiedBytes: Buffer.byteLength(code),
    gzipBytes: gzipSync(code, { level: 9 }).length,
    sources: sourcesOf(outputs, reached),
    lazySources: lazy.map(({ path }) => path),
    lazyBytes: lazy.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

function sourcesOf(outputs: Metafile['outputs'], paths: readonly string[]): SourceShare[] {
  return paths
    .flatMap((path) => Object.entries(outputs[path]?.inputs ?? {}))
    .map(([path, { bytesInOutput }]) => ({ path: path.replace(/^(\.\.\/)+/, ''), bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes || a.path.localeCompare(b.path))
}

function textOf(files: readonly OutputFile[], path: string): string {
  const file = files.find((one) => one.path.endsWith(`/${path}`))
  if (!file) throw new Error(`the bundle lacks ${path}`)
  return file.text
}
