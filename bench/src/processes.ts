import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { ContenderName } from './contenders/index.ts'
import type { Round, Until } from './measure.ts'
import type { ServerReport } from './server.ts'

/** The loopback server, running. */
export interface RunningServer {
  readonly baseUrl: string
  connections(): Promise<ServerReport>
  stop(): void
}

/** Server and clients have a core each where that can be had, so that they do not fight over one. */
export const pinned: boolean = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

export async function startServer(): Promise<RunningServer> {
  const child = start('server.ts', [], 1, [])
  const { port } = (await message(child)) as ServerReport
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async connections() {
      child.send('connections')
      return (await message(child)) as ServerReport
    },
    stop: () => child.disconnect(),
  }
}

/** A contender in a process of its own. */
export interface RunningClient {
  readonly name: ContenderName
  round(until: Until): Promise<Round>
  stop(): void
}

export async function startClient(name: ContenderName, baseUrl: string, execArgv: readonly string[]): Promise<RunningClient> {
  const child = start('client.ts', [name, baseUrl], 0, execArgv)
  await message(child)
  return {
    name,
    async round(until) {
      child.send(until)
      return (await message(child)) as Round
    },
    stop: () => child.disconnect(),
  }
}

function start(file: string, args: readonly string[], core: number, execArgv: readonly string[]): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: [...execArgv] })
  if (pinned) spawnSync('taskset', ['-a', '-cp', String(core), String(child.pid)])
  return child
}

async function message(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController()
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`a process ended with ${code}`)
  })
  try {
    const [first] = (await Promise.race([once(child, 'message', { signal: ended.signal }), exit])) as unknown[]
    return first
  } finally {
    exit.catch(() => undefined)
    ended.abort()
  }
}
