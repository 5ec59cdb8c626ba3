import { GatewayError } from '../errors/gateway-error.ts'
import { normaliseBaseUrl } from '../request/url.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'

/** Gateway, configuration and clock: the context of a plugin's verbs together with its manifest. */
export interface TurnContext {
  readonly manifest: { readonly id: string; readonly name: string }
  readonly config: { readonly baseUrl: string; readonly timeoutMs?: number | undefined }
  readonly clock: Clock
}

type Change = (input: { readonly session: string }, options?: CallOptions) => Promise<unknown>

// one queue for each session of each gateway, shared by all clients of this process; the value is the last change in the queue
const queues = new Map<string, Promise<void>>()

/**
 * Runs changes of one session one after the other, within this process. If two of them read a list, changed it and wrote it back at the
 * same time, one change would be lost.
 *
 * @param context the plugin
 * @param operation named in errors: `webhook.create`
 * @param session whose changes wait for each other
 * @param options signal and deadline of the call; they end the wait, too
 * @param run the change; a failure does not stop those that wait
 * @returns what `run` gives
 * @throws {GatewayError} `timeout`, `aborted`: it ended while it waited for its turn, and nothing was sent
 */
export async function inTurn<Value>(
  { manifest, config, clock }: TurnContext,
  operation: string,
  session: string,
  options: CallOptions | undefined,
  run: () => Promise<Value>,
): Promise<Value> {
  const key = JSON.stringify([manifest.id, normaliseBaseUrl(config.baseUrl), session])
  const before = queues.get(key)
  let leave = () => {}
  const own = new Promise<void>((resolve) => {
    leave = resolve
  })
  const last = before ? before.then(() => own) : own
  queues.set(key, last)
  let waiting = true
  try {
    if (before) {
      const ended = await endOfWait(before, clock, options?.timeoutMs ?? config.timeoutMs, options?.signal)
      if (ended) throw notSent(manifest, operation, ended)
    }
    waiting = false
    return await run()
  } finally {
    leave()
    if (queues.get(key) === last) {
      if (waiting && before) queues.set(key, before)
      else queues.delete(key)
    }
  }
}

const CHANGES: readonly string[] = ['create', 'update', 'delete']

/**
 * Makes `create`, `update` and `delete` of a namespace wait for each other when they change the same session. For gateways where a change
 * first reads the list and then writes all of it.
 *
 * @param context the plugin
 * @param namespace of the verbs: `webhook`
 * @param verbs the verbs; others among them stay as they are
 * @returns the verbs
 */
export function changesInTurn<Verbs extends object>(context: TurnContext, namespace: string, verbs: Verbs): Verbs {
  const entries = Object.entries(verbs as Record<string, Change>).map(([name, verb]): [string, Change] => {
    if (!CHANGES.includes(name)) return [name, verb]
    return [name, (input, options) => inTurn(context, `${namespace}.${name}`, input.session, options, () => verb(input, options))]
  })
  return Object.fromEntries(entries) as Verbs
}

/** Waits for the previous change; returns `timeout` or `aborted` when that came first. */
function endOfWait(
  before: Promise<void>,
  clock: Clock,
  timeoutMs: number | undefined,
  signal: AbortSignal | undefined,
): Promise<'timeout' | 'aborted' | undefined> {
  return new Promise((resolve) => {
    const cancel = timeoutMs ? clock.after(timeoutMs, () => end('timeout')) : undefined
    const onAbort = () => end('aborted')
    const end = (by?: 'timeout' | 'aborted') => {
      cancel?.()
      signal?.removeEventListener('abort', onAbort)
      resolve(by)
    }
    if (signal?.aborted) return end('aborted')
    signal?.addEventListener('abort', onAbort, { once: true })
    before.then(() => end())
  })
}

function notSent({ id, name }: TurnContext['manifest'], operation: string, kind: 'timeout' | 'aborted'): GatewayError {
  const text = `${name} ${operation}: ${kind} while waiting for an earlier change of the session`
  return new GatewayError(text, { kind, gateway: id, operation, reached: 'no' })
}
