// Programs of users, made from published packages: which compilers, bundlers and runtimes take them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { run } from '../processes.mjs'

const PACKAGES = ['core', 'waha', 'wawp', 'warest', 'sparkbot', 'engine', 'node-transport', 'outbox', 'emulator', 'testkit', 'codegen'].map(
  (name) => `@wamux/${name}`,
)
const TOOLS = ['typescript-5@npm:typescript@5.9.3', 'typescript-6@npm:typescript@6.0.3', 'typescript-7@npm:typescript@7.0.2']
const BUNDLERS = ['esbuild@0.28.2', 'vite@8.3.8', 'bun@1.4.5', '@types/node@24.10.1', 'vitest@5.1.1']

/** A program in strict TypeScript that uses every package for programs. */
const PROGRAM = `import { GatewayError, type Has } from '@wamux/core'
import { createEmulator } from '@wamux/emulator'
import { createNodeFetch } from '@wamux/node-transport'
import { createOutbox } from '@wamux/outbox'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha, parseWebhook } from '@wamux/waha'
import { createWahaClient } from '@wamux/waha/client'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'

export async function greet(gateway: Has<'message.sendText'>): Promise<string> {
  const sent = await gateway.message.sendText({ session: 'default', to: '+12025550101', text: 'Hi' })
  // @ts-expect-error: results hold only what they name
  sent.nothingOfTheKind
  return sent.status
}

const emulator = createEmulator()
const { baseUrl, credentials } = emulator.gateways.waha
const waha = createWaha({ baseUrl, ...credentials, fetch: emulator.fetch })
// @ts-expect-error: WAHA has no reset, so the verb is absent
waha.session.reset

await waha.session.create({ session: 'default' })
await waha.session.waitFor({ session: 'default', state: 'pairing', intervalMs: 20 })
await emulator.control.scan({ gateway: 'waha', session: 'default', phone: '12025550100' })
await waha.session.waitFor({ session: 'default', intervalMs: 20 })
const status = await greet(waha)
const client = createWahaClient({ baseUrl, ...credentials, fetch: emulator.fetch })
const { data } = await client.GET('/api/sessions', {})
const refused = await createWarest({ baseUrl: 'http://127.0.0.1:9', apiKey: 'k', fetch: createNodeFetch() })
  .session.list()
  .catch((error: unknown) => (GatewayError.is(error) ? error.kind : 'no error of wamux'))
console.log(status, data?.length, refused, typeof createWawp, typeof createSparkbot, typeof createOutbox, typeof parseWebhook)
`

/** The same for a browser: the typed client and one gateway, nothing of Node. */
const BROWSER = `import { createWaha } from '@wamux/waha'
const waha = createWaha({ baseUrl: 'http://gateway.test', apiKey: 'k', fetch: globalThis.fetch })
globalThis.answered = waha.message.sendText({ session: 'default', to: '+12025550101', text: 'Hi' }).then((sent) => sent.status)
`

/**
 * @param {{ folder: string, env: NodeJS.ProcessEnv, nodes: Record<string, NodeJS.ProcessEnv>,
 *   step(what: string, action: () => unknown): Promise<unknown>, ensure(condition: unknown, otherwise: string): void }} rehearsal
 */
export async function tryConsumers({ folder, env, nodes, step, ensure }) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  writeFileSync(join(folder, 'program.ts'), PROGRAM)
  writeFileSync(join(folder, 'browser.js'), BROWSER)
  const node = (/** @type {string} */ file, /** @type {string[]} */ ...args) =>
    run('node', [join('node_modules', file), ...args], folder, nodes['24'])

  await step('every package in one folder', async () => {
    await run('npm', ['install', '--prefer-offline', '--loglevel=error', ...PACKAGES, ...TOOLS, ...BUNDLERS], folder, env)
  })

  for (const version of ['5', '6', '7'])
    for (const resolution of ['node16', 'bundler'])
      for (const exact of [true, false]) {
        const what = `TypeScript ${version}, ${resolution}, exactOptionalPropertyTypes ${exact ? 'on' : 'off'}`
        await step(what, async () => {
          const project = `tsconfig.${version}-${resolution}-${exact}.json`
          const module = resolution === 'node16' ? 'node16' : 'esnext'
          const compilerOptions = { ...STRICT, module, moduleResolution: resolution, exactOptionalPropertyTypes: exact }
          writeFileSync(join(folder, project), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
          await node(`typescript-${version}/bin/tsc`, '-p', project, '--outDir', `out-${version}`)
        })
      }

  await step('CommonJS in TypeScript: node16 says TS1479, nodenext compiles', async () => {
    const place = join(folder, 'commonjs')
    mkdirSync(place)
    writeFileSync(join(place, 'package.json'), '{ "type": "commonjs" }')
    writeFileSync(join(place, 'program.ts'), "import { createWaha } from '@wamux/waha'\nexport const make = createWaha\n")
    /** @param {string} module */
    const compile = async (module) => {
      const compilerOptions = { ...STRICT, module, moduleResolution: module }
      writeFileSync(join(place, `tsconfig.${module}.json`), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
      await node('typescript-5/bin/tsc', '-p', join('commonjs', `tsconfig.${module}.json`), '--noEmit')
    }
    const refused = await compile('node16').then(
      () => '',
      (/** @type {Error} */ error) => error.message,
    )
    ensure(refused.includes('TS1479'), `node16 said ${refused || 'nothing'}`)
    await compile('nodenext')
  })

  for (const [major, own] of Object.entries(nodes)) {
    await step(`Node ${major}: the compiled program runs`, async () => told(await run('node', ['out-6/program.js'], folder, own), ensure))
    await step(`Node ${major}: require() takes every package`, async () => {
      const script = `for (const name of ${JSON.stringify(PACKAGES.filter((name) => name !== '@wamux/testkit'))}) if (Object.keys(require(name)).length === 0) throw new Error(name)`
      await run('node', ['--input-type=commonjs', '-e', script], folder, own)
    })
  }

  await step('Bun runs the example', async () =>
    told(await run(join(folder, 'node_modules', '.bin', 'bun'), ['program.ts'], folder, env), ensure),
  )

  await step('esbuild bundles it for a browser, and it runs where there is no Node', async () => {
    await run(
      join('node_modules', '.bin', 'esbuild'),
      ['browser.js', '--bundle', '--format=iife', '--platform=browser', '--outfile=bundle.js'],
      folder,
      nodes['24'],
    )
    return runWithoutNode(readFileSync(join(folder, 'bundle.js'), 'utf8'), ensure)
  })

  await step('Vite bundles it for a browser, and it runs where there is no Node', async () => {
    const config =
      "export default { logLevel: 'warn', build: { outDir: 'vite', lib: { entry: 'browser.js', formats: ['iife'], name: 'app', fileName: () => 'bundle.js' } } }"
    writeFileSync(join(folder, 'vite.config.js'), config)
    await node('vite/bin/vite.js', 'build')
    return runWithoutNode(readFileSync(join(folder, 'vite', 'bundle.js'), 'utf8'), ensure)
  })
}

const STRICT = { target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], strict: true, skipLibCheck: false, types: ['node'] }

/** @param {string} output @param {(condition: unknown, otherwise: string) => void} ensure */
function told(output, ensure) {
  const line = output.trim()
  ensure(/^(sent|queued) 1 network function function function function$/.test(line), `it printed ${line}`)
}

/** A worker: what the Web has, and nothing of Node. @param {string} code @param {(condition: unknown, otherwise: string) => void} ensure */
async function runWithoutNode(code, ensure) {
  ensure(!/\brequire\(|['"]node:/.test(code), 'the bundle asks for something of Node')
  const asked = /** @type {string[]} */ ([])
  const answer = { id: 'true_12025550101@c.us_3EB0', _data: { status: 'PENDING' } }
  const web = {
    URL,
    URLSearchParams,
    Request,
    Response,
    Headers,
    FormData,
    Blob,
    AbortController,
    AbortSignal,
    TextEncoder,
    TextDecoder,
    setTimeout,
    clearTimeout,
    crypto,
    performance,
    DOMException,
    Event,
    EventTarget,
    ReadableStream,
    queueMicrotask,
    structuredClone,
    atob,
    btoa,
    console,
  }
  const context = createContext({
    ...web,
    fetch: async (/** @type {Request | string} */ request) => {
      asked.push(typeof request === 'string' ? request : request.url)
      return new Response(JSON.stringify(answer), { status: 201, headers: { 'content-type': 'application/json' } })
    },
  })
  context.self = context
  new Script(code).runInContext(context)
  await context.answered
  ensure(asked.join() === 'http://gateway.test/api/sendText', `it asked for ${asked.join(', ') || 'nothing'}`)
  return `${Math.round(code.length / 1024)} kB`
}
