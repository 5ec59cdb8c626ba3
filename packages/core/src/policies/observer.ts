import { GatewayError } from '../errors/gateway-error.ts'
import { redactorFor } from '../request/redaction.ts'
import type { Deadline, WireRequest } from '../request/transport.ts'
import type { ExchangeContext, Meaning, Watch } from '../request/types.ts'
import type { Hooks, RequestInfo } from './hooks.ts'
import type { WatchOptions } from './options.ts'
import { createPreflight } from './preflight.ts'
import { type Limiter, limiterFor } from './rate-limit.ts'

const watches = new WeakMap<ExchangeContext, Watch>()

/** The watch of one gateway; made on first use. */
export function watchOf(context: ExchangeContext, options: WatchOptions): Watch {
  const watch = watches.get(context) ?? createWatch(context, options)
  watches.set(context, watch)
  return watch
}

function createWatch(context: ExchangeContext, options: WatchOptions): Watch {
  const { hooks = {} } = options
  const { clock } = context.transport
  const { limits } = options
  const preflight = options.preflight && createPreflight(context, options.preflight)
  // what hooks get as `id` must not be the request itself: it carries the credentials
  const calls = new WeakMap<WireRequest, { readonly id: object; began: number }>()
  warnOfPlainHttp(context, hooks)

  function infoOf(request: WireRequest, meaning: Meaning, attempt: number): RequestInfo {
    const { id: gateway } = context.gateway
    const url = redactorFor(context).url(request.url)
    return { gateway, operation: meaning.id, safety: meaning.safety, method: request.method, url, attempt, id: callOf(request).id }
  }

  function callOf(request: WireRequest): { readonly id: object; began: number } {
    const call = calls.get(request) ?? { id: {}, began: clock.now() }
    calls.set(request, call)
    return call
  }

  return {
    async enter(meaning, session, deadline) {
      await preflight?.(deadline)
      return limits ? enterLimiter(context, limiterFor(context, limits), meaning, session, deadline) : () => undefined
    },
    begins(request, meaning, attempt) {
      callOf(request).began = clock.now()
      return quietly(() => hooks.onRequest?.(infoOf(request, meaning, attempt))?.headers) ?? {}
    },
    answered(request, meaning, attempt, status) {
      const elapsedMs = clock.now() - callOf(request).began
      quietly(() => hooks.onResponse?.({ ...infoOf(request, meaning, attempt), status, elapsedMs }))
    },
    retries(request, meaning, attempt, status) {
      const retry = { ...infoOf(request, meaning, attempt), ...(status === undefined ? {} : { status }) }
      quietly(() => hooks.onRetry?.(retry))
    },
    failed(request, meaning, error) {
      quietly(() => hooks.onError?.({ ...infoOf(request, meaning, error.attempts), error }))
    },
  }
}

// a hook that throws must not change what happens to a message
function quietly<Value>(run: () => Value): Value | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

async function enterLimiter(
  context: ExchangeContext,
  limiter: Limiter,
  meaning: Meaning,
  session: string | undefined,
  deadline: Deadline,
): Promise<() => void> {
  const place = await limiter.enter(session, deadline)
  if (typeof place === 'function') return place
  const { id: gateway, name } = context.gateway
  if (place === 'full') {
    const hint = 'Nothing was sent. Send more slowly, or raise limits.queue.'
    throw new GatewayError(`${name} ${meaning.id}: too many requests wait already`, {
      kind: 'rate_limited',
      gateway,
      operation: meaning.id,
      hint,
    })
  }
  const kind = deadline.expired ? 'timeout' : 'aborted'
  throw new GatewayError(`${name} ${meaning.id}: ${kind} while waiting for its turn`, { kind, gateway, operation: meaning.id })
}

const warned = new Set<string>()
/** Hosts remembered; a program with more of them is warned again. */
const MOST_WARNED = 10_000

function warnOfPlainHttp({ baseUrl, gateway }: ExchangeContext, hooks: Hooks): void {
  const { protocol, hostname, origin } = new URL(baseUrl)
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost')
  if (!hooks.onWarning || protocol === 'https:' || loopback || warned.has(origin)) return
  if (warned.size >= MOST_WARNED) warned.clear()
  warned.add(origin)
  const message = `${gateway.name} is reached over plain HTTP at ${origin}: credentials and messages can be read on the way.`
  quietly(() => hooks.onWarning?.({ gateway: gateway.id, code: 'plain_http', message }))
}
