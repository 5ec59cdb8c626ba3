import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** Ten times the operations in the generated table and routes of every gateway, so that a bundle that grows with them shows it. */
export const tenfold: Plugin = {
  name: 'tenfold',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/generated\/operations\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const table = await import(path)
      return { contents: tenfoldTable(text, table.operations.operations), loader: 'ts' }
    })
    onLoad({ filter: /\/src\/generated\/routes\.ts$/ }, async ({ path }) => ({
      contents: tenfoldRoutes(await readFile(path, 'utf8')),
      loader: 'ts',
    }))
  },
}

const TIMES = 10

function tenfoldTable(text: string, operations: Readonly<Record<string, { readonly id: string }>>): string {
  const copies = Array.from({ length: TIMES - 1 }, (_, copy) =>
    Object.values(operations).map(({ id, ...rest }) => [`${id}${copy}`, { id: `${id}${copy}`, ...rest }]),
  ).flat()
  return `${text}\nObject.assign(operations.operations, ${JSON.stringify(Object.fromEntries(copies))})\n`
}

function tenfoldRoutes(text: string): string {
  const [, ...routes] = text.split(/^(?=export const )/m)
  const copies = Array.from({ length: TIMES - 1 }, (_, copy) =>
    routes.map((route) => route.replace(/^export const (\w+)/, `export const $1${copy}`).replace(/id: '([^']+)'/, `id: '$1${copy}'`)),
  ).flat()
  return [text, ...copies].join('\n')
}
