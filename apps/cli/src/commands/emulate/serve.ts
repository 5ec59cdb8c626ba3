import { basename, relative } from 'node:path'
import type { EmulatorServer } from '@wamux/emulator/server'
import type { Context } from '../../command/context.ts'
import { countFrom } from '../../command/values.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { EMULATOR_PORT } from '../../gateway/emulator-origin.ts'
import { shellQuote } from '../../print/shell-quote.ts'
import { keepSmall } from '../../terminal/keep-small.ts'
import type { Paint } from '../../terminal/terminal.ts'

const PACKAGE = '@wamux/emulator'
const NEXT = ['session create default', 'session qr default', 'emulate scan default', 'session get default']

/** Serves the emulator until SIGINT or SIGTERM. */
export async function serve({ values, plugins, json, paint, print, say, signal }: Context): Promise<undefined> {
  const asked = values.text('port')
  const port = asked === undefined ? EMULATOR_PORT : countFrom('port', asked, 65_535)
  const host = values.text('host')
  // the emulator may be installed in another folder than wamux, so it is imported by URL
  const file = plugins.exportedFile(PACKAGE, './server', 'The emulator')
  const { serveEmulator } = (await import(file)) as typeof import('@wamux/emulator/server')
  const ended = untilStopped(signal)
  const allowWebhooksTo = hostsFrom('allow-webhooks-to', values)
  const allowMediaFrom = hostsFrom('allow-media-from', values)
  const allowHosts = hostsFrom('allow-host', values)
  const scenario = await scenarioIn(values)
  const options = { allowHosts, allowWebhooksTo, allowMediaFrom, ...(host === undefined ? {} : { host }), ...scenario }
  const listenAt = (at: number) => serveEmulator({ port: at, ...options })
  const server = await listenAt(port).catch(async (error: unknown) => {
    const file = values.text('scenario')
    if (file !== undefined && (error as { code?: string }).code === 'invalid')
      throw (await import('./time.ts')).scenarioError(file, error as Error)
    if (asked !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw listenError(error, host, port)
    say(`Port ${port} is taken, perhaps by another wamux emulate: this one has a free port, and other exports.`)
    return listenAt(0)
  })
  print(json ? `${readyLine(server)}\n` : readyText(server, paint, ownName(process.argv[1])))
  keepSmall()
  if (values.is('open')) {
    const { openInBrowser } = await import('./open-page.ts')
    if (!(await openInBrowser(`${server.url}/`))) say(`Nothing on this machine opens a browser: go to ${server.url}/ yourself.`)
  }
  await ended
  await server.close()
  if (!json) say('Stopped.')
}

/** The line for scripts: one JSON object when the emulator is ready. */
export function readyLine({ url, gateways }: Pick<EmulatorServer, 'url' | 'gateways'>): string {
  const access = Object.entries(gateways).map(([id, { baseUrl, env }]) => [id, { baseUrl, env }] as const)
  return JSON.stringify({ event: 'ready', url, gateways: Object.fromEntries(access) })
}

/** How this program was called: `wamux`, or Node and its file where it is not installed. */
export function ownName(file: string | undefined, folder: string = process.cwd()): string {
  if (!file || basename(file).startsWith('wamux') || file.includes('node_modules')) return 'wamux'
  const near = relative(folder, file)
  return `node ${shellQuote(near.startsWith('..') ? file : near)}`
}

/** The text for people, with lines to paste into another terminal. @param name how this program is called */
export function readyText({ url, gateways }: Pick<EmulatorServer, 'url' | 'gateways'>, paint: Paint, name: string): string {
  const blocks = Object.values(gateways).map(({ env }) =>
    Object.entries(env)
      .map(([name, value]) => `  export ${name}=${shellQuote(value)}\n`)
      .join(''),
  )
  const port = new URL(url).port
  const where = port === String(EMULATOR_PORT) ? '' : ` --url ${url}`
  return [
    `${paint.bold('WhatsApp, emulated')} at ${paint.cyan(url)}\nOpen it in a browser to see every phone, chat and request.\n`,
    `In another terminal, for one gateway (or paste a block from below):\n`,
    `  eval "$(${name} emulate env waha${where})"\n`,
    ...blocks,
    `Then, for instance:\n`,
    NEXT.map((words) => `  ${name} ${words} --gateway waha\n`).join(''),
    `${paint.dim('Ctrl-C stops it.')}\n`,
  ].join('\n')
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
    process.once('SIGTERM', () => resolve())
  })
}

async function scenarioIn(values: Context['values']): Promise<{ readonly scenario?: string }> {
  const file = values.text('scenario')
  return file === undefined ? {} : { scenario: await (await import('./time.ts')).scenarioText(file) }
}

/** Hosts of a flag. @throws UsageError for an address: the emulator compares hosts only */
function hostsFrom(flag: string, values: Context['values']): readonly string[] {
  const texts = values.all(flag)
  for (const text of texts) {
    if (text !== '*' && !/^[^\s/@?#]+$/.test(text))
      throw new UsageError(`--${flag} takes a host, host:port or *, not "${text}".`, `wamux emulate --${flag} files.example.com`)
  }
  return texts
}

function listenError(error: unknown, host: string | undefined, port: number): Error {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new UsageError(`Port ${port} is in use.`, 'Take another one, or --port 0 for any that is free.')
  if (code === 'EACCES')
    return new UsageError(`Port ${port} may not be used by you.`, 'Take one above 1023, or --port 0 for any that is free.')
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new UsageError(`${host} is no address of this machine.`)
  return error as Error
}
