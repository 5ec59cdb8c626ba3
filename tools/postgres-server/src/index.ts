import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PostgreSQL server of its own, with a folder that goes when it ends. */
export interface PostgresServer {
  /** Address of its first database. */
  readonly url: string
  /**
   * Makes an empty database.
   *
   * @param name its name: small letters, digits and `_`
   * @returns its address
   */
  database(name: string): string
  stop(): Promise<void>
}

const DEBIAN = '/usr/lib/postgresql'

/** Where the programs of the newest PostgreSQL are, or undefined. */
function programs(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(DEBIAN, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

/** Why there can be no server here, or undefined. */
export const noPostgres: string | undefined = process.env.WAMUX_TEST_POSTGRES_URL
  ? undefined
  : programs() === undefined
    ? `there is no PostgreSQL below ${DEBIAN} (Debian package postgresql), and WAMUX_TEST_POSTGRES_URL is not set`
    : undefined

if (noPostgres) console.warn(`Tests of the PostgreSQL store are skipped: ${noPostgres}.`)

/** The user that the server runs as: PostgreSQL refuses to run as root. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Starts a server on a socket in a temporary folder; no port, no system service. `WAMUX_TEST_POSTGRES_URL` names another one instead. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.WAMUX_TEST_POSTGRES_URL
  if (given) return { url: given, database: (name) => makeDatabase('createdb', given, name), stop: async () => {} }
  const bin = programs() ?? ''
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'wamux-pg-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = { ...user, cwd: folder }
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'wamux', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'], {
    ...options,
    stdio: 'pipe',
  })
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=60'], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const onExit = () => void server.kill('SIGKILL')
  process.once('exit', onExit)
  await ready(server)
  const url = `postgres://wamux@localhost/postgres?host=${encodeURIComponent(folder)}`
  return {
    url,
    database: (name) => makeDatabase(join(bin, 'createdb'), url, name),
    async stop() {
      process.off('exit', onExit)
      const ended = new Promise((resolve) => server.once('close', resolve))
      // at once, without writing what is thrown away anyway: on a busy disk that takes longer than the tests wait
      server.kill('SIGQUIT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function makeDatabase(program: string, url: string, name: string): string {
  execFileSync(program, ['--maintenance-db', url, name], { stdio: 'pipe' })
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('close', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)))
    server.once('error', reject)
  })
}
