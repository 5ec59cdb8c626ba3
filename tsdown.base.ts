import { writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { UserConfig } from 'tsdown'
import type { OperationTable } from './packages/core/src/schema/operations.ts'

/** How every published library is built: ESM with types, one entry per export. */
export const library: UserConfig = {
  entry: ['src/index.ts'],
  format: 'esm',
  platform: 'neutral',
  dts: { oxc: true },
  fixedExtension: false,
  sourcemap: true,
  clean: true,
}

/** Shorter, and still with the names and lines that a stack shows. */
export const ON_NODE: NonNullable<UserConfig['minify']> = {
  compress: true,
  mangle: false,
  codegen: { removeWhitespace: false, asciiOnly: true },
}

/** Descriptions are for editors, which read the types. */
export const COMMENTS_ON_NODE = { annotation: true, jsdoc: false, legal: true } as const

/**
 * What Node loads of a package: several of its exports as one file, because Node takes half a millisecond for every file that it finds,
 * reads and links. Its exports of `package.json` name the file under `node`; bundlers for other places take the parts apart.
 *
 * @param sources the files whose exports it has
 * @param apart files that stay for themselves: the source's path from the package's folder, and what is built from it
 */
export function oneFileForNode(sources: readonly string[], apart: Readonly<Record<string, string>> = {}): UserConfig {
  const ALL = '\0all-exports'
  return {
    ...library,
    entry: { node: ALL },
    dts: false,
    clean: false,
    outputOptions: { codeSplitting: false, comments: COMMENTS_ON_NODE },
    minify: ON_NODE,
    plugins: [
      {
        name: 'one-file-for-node',
        resolveId(id, importer) {
          if (id === ALL) return id
          const file = importer && id.startsWith('.') ? relative(process.cwd(), resolve(dirname(importer), id)) : id
          const built = apart[file]
          return built === undefined ? undefined : { id: built, external: 'absolute' }
        },
        load: (id) => (id === ALL ? sources.map((source) => `export * from ${JSON.stringify(resolve(source))}\n`).join('') : undefined),
      },
    ],
  }
}

/** The four gateway plugins, all of one shape. */
const plugin: UserConfig = {
  ...library,
  entry: {
    index: 'src/index.ts',
    client: 'src/client.ts',
    'event-types': 'src/event-types.ts',
    manifest: 'src/manifest.ts',
    operations: 'src/generated/operations.ts',
    // no export: the index is to hold nothing itself, else bundlers take all that it names for needed
    plugin: 'src/plugin.ts',
    webhooks: 'src/webhooks.ts',
  },
  // what `wamux` in package.json names, for the command line
  async onSuccess({ outDir }) {
    const load = (name: string) => import(pathToFileURL(join(outDir, name)).href)
    // read without running code
    const { manifest } = (await load('manifest.js')) as { manifest: object }
    await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
    const { operations } = (await load('operations.js')) as { operations: OperationTable }
    await writeFile(join(outDir, 'node-operations.js'), tableMadeOnDemand(operations))
  },
}

/**
 * The table of operations as a module that makes each operation when it is first read. A call needs one of hundreds, and Node compiles
 * only the functions that are called.
 */
function tableMadeOnDemand({ resources, operations }: OperationTable): string {
  // in ASCII a text takes one byte for a character in memory, else two
  const ascii = (value: object | string) =>
    JSON.stringify(value).replace(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const makers = Object.entries(operations).map(([id, one]) => `  ${ascii(id)}: () => (${ascii(one)}),\n`)
  return `const makers = {
${makers.join('')}}
const operations = {}
for (const id of Object.keys(makers)) {
  Object.defineProperty(operations, id, {
    configurable: true,
    enumerable: true,
    get() {
      const value = makers[id]()
      Object.defineProperty(operations, id, { value })
      return value
    },
  })
}
const table = { resources: ${ascii(resources)}, operations }
export { table as operations }
`
}

/** A plugin is built for bundlers, and as one file for Node. */
export const plugins: readonly UserConfig[] = [
  plugin,
  oneFileForNode(['src/index.ts', 'src/client.ts', 'src/webhooks.ts'], {
    'src/generated/operations.ts': './node-operations.js',
  }),
]
