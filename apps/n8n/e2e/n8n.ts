import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** A real n8n with a home of its own. */
export interface N8n {
  readonly url: string
  /** Runs a command of n8n's and gives what it wrote. @throws Error with the end of it */
  command(...words: string[]): Promise<string>
  /** Executes a workflow as n8n's command line does. @throws Error when n8n printed no whole result */
  execute(id: string | undefined): Promise<Execution>
  /** Starts the server; resolves when it is ready. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Ends it as a crash would, without a chance to tidy up. */
  kill(): Promise<void>
  endOfLog(): string
}

/** What n8n prints of an execution. */
export interface Execution {
  readonly status: string
  readonly data: { readonly resultData: { readonly error?: { message: string }; readonly runData: Record<string, unknown[]> } }
}

export interface N8nOptions {
  /** Folder where n8n is installed. */
  readonly installation: string
  /** Empty folder for its data. */
  readonly home: string
  /** Folder of the package, as npm would install it. */
  readonly nodes: string
  readonly port: number
}

const PATIENCE_MS = 120_000

export function createN8n({ installation, home, nodes, port }: N8nOptions): N8n {
  const url = `http://127.0.0.1:${port}`
  const program = join(installation, 'node_modules', 'n8n', 'bin', 'n8n')
  const log = join(home, 'n8n.log')
  const env = { ...process.env, ...settings(home, port) }
  // where n8n puts community nodes
  const place = join(home, '.n8n', 'nodes', 'node_modules')
  mkdirSync(place, { recursive: true })
  symlinkSync(nodes, join(place, 'n8n-nodes-wamux'))
  writeFileSync(join(home, '.n8n', 'nodes', 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true }))
  let server: ChildProcess | undefined

  async function run(words: readonly string[]): Promise<{ stdout: string; signal?: string; failure?: Error }> {
    const options = { env, cwd: home, maxBuffer: 2 ** 26, timeout: PATIENCE_MS }
    return promisify(execFile)(process.execPath, [program, ...words], options).catch(
      (error: Error & { code?: number | null; signal?: string | null; stdout?: string; stderr?: string }) => {
        const { code, signal, stdout = '', stderr = '' } = error
        const end = signal ? `was ended by ${signal}` : `ended with ${code}`
        const failure = new Error(`n8n ${words.join(' ')} ${end}: ${`${stdout}${stderr}`.trim().slice(-1500) || error.message}`)
        return { stdout, failure, ...(signal ? { signal } : {}) }
      },
    )
  }

  async function command(...words: string[]): Promise<string> {
    const { stdout, failure } = await run(words)
    if (failure) throw failure
    return stdout
  }

  async function execute(id: string | undefined): Promise<Execution> {
    const { stdout, signal, failure } = await run(['execute', `--id=${id}`, '--rawOutput'])
    // n8n may have something to say before and after it
    const [json] = /^\{$[\s\S]*?^\}$/m.exec(stdout) ?? []
    if (json === undefined) throw failure ?? new Error(`n8n printed no result: ${stdout.slice(-1500)}`)
    // seen once: n8n printed the whole result and crashed while it ended; the result counts, and the crash is reported
    if (failure && signal === 'SIGSEGV') console.log(`        n8n printed the result of ${id}, and crashed while it ended (${signal})`)
    else if (failure) throw failure
    return JSON.parse(json) as Execution
  }

  async function start(): Promise<void> {
    const output = createWriteStream(log, { flags: 'a' })
    server = spawn(process.execPath, [program, 'start'], { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] })
    server.stdout?.pipe(output)
    server.stderr?.pipe(output)
    const until = Date.now() + PATIENCE_MS
    while (Date.now() < until) {
      if (server.exitCode !== null) throw new Error(`n8n ended with ${server.exitCode}, see ${log}`)
      const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    throw new Error(`n8n was not ready after ${PATIENCE_MS / 1000} s, see ${log}`)
  }

  const stop = () => end('SIGTERM')
  const kill = () => end('SIGKILL')

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = server
    server = undefined
    if (!running || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    const timer = setTimeout(() => running.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(timer)
  }

  const endOfLog = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-40).join('\n') : '')

  return { url, command, execute, start, stop, kill, endOfLog }
}

// nothing that n8n would ask the outside for; the network namespace has no outside anyway
function settings(home: string, port: number): Record<string, string> {
  const off = ['DIAGNOSTICS', 'VERSION_NOTIFICATIONS', 'VERSION_NOTIFICATIONS_WHATS_NEW', 'TEMPLATES', 'PERSONALIZATION', 'HIRING_BANNER']
  const disabled = [...off, 'DYNAMIC_BANNERS', 'VERIFIED_PACKAGES', 'AI', 'PYTHON'].map((name) => [`N8N_${name}_ENABLED`, 'false'])
  const empty = ['N8N_DIAGNOSTICS_CONFIG_FRONTEND', 'N8N_DIAGNOSTICS_CONFIG_BACKEND', 'N8N_SENTRY_DSN', 'N8N_FRONTEND_SENTRY_DSN']
  return {
    ...Object.fromEntries(disabled),
    ...Object.fromEntries([...empty, 'EXTERNAL_FRONTEND_HOOKS_URLS'].map((name) => [name, ''])),
    N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
    N8N_DISABLED_MODULES: 'mcp-registry,insights,instance-ai,agents,chat-hub',
    N8N_USER_FOLDER: home,
    N8N_ENCRYPTION_KEY: 'e2e',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_RUNNERS_BROKER_PORT: String(port - 1),
    N8N_SECURE_COOKIE: 'false',
    // what a killed n8n left undone it takes up again after this time; by default after 2 minutes
    N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '15',
    N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '2000',
    N8N_LOG_LEVEL: 'info',
    DB_TYPE: 'sqlite',
    // what n8n starts has to find this Node
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  }
}
