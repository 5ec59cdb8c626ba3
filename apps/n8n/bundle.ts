// Builds dist: one CommonJS file for each node and credential, with core, plugin and openapi-fetch inside. n8n gives n8n-workflow.
import { cpSync, globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'

const root = import.meta.dirname
process.chdir(root)
rmSync('dist', { recursive: true, force: true })

let clocks = 0

// timers are not allowed in a node: core's clock is exchanged for one on n8n's sleep
const clock: Plugin = {
  name: 'n8n-clock',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]packages[\\/]core[\\/]src[\\/](?:[\w-]+[\\/])?clock\.ts$/ }, () => {
      clocks += 1
      return {
        contents: `export { systemClock } from ${JSON.stringify(join(root, 'src/wire/n8n-clock.ts'))}`,
        loader: 'ts',
        resolveDir: root,
      }
    })
  },
}

await build({
  entryPoints: [...globSync('nodes/*/*.node.ts'), ...globSync('credentials/*.credentials.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  conditions: ['@wamux/source'],
  external: ['n8n-workflow'],
  outbase: '.',
  outdir: 'dist',
  legalComments: 'none',
  // what core and openapi-fetch look for in the global scope, which a node may not name; nodes open no sockets
  define: { 'globalThis.Request': 'Request', 'globalThis.fetch': 'fetch', 'globalThis.WebSocket': 'undefined', process: 'undefined' },
  plugins: [clock],
})

if (clocks === 0) throw new Error("core's clock was not found, so the nodes would use timers of their own")

for (const file of [...globSync('icons/*.svg'), ...globSync('nodes/*/*.node.json')]) cpSync(file, join('dist', file))
