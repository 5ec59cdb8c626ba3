import { GatewayError } from '../errors/gateway-error.ts'
import { isHeaderName, isHeaderText } from '../request/header-text.ts'
import { redactorFor } from '../request/redaction.ts'
import type { Deadline, WireRequest } from '../request/transport.ts'
import type { OperationInfo, RequestContext, RequestDraft, RequestObserver } from '../request/types.ts'
import type { Hooks, RequestInfo } from './hooks.ts'
import type { RequestPolicies } from './options.ts'
import { createPreflight } from './preflight.ts'
import { type Limiter, limiterFor } from './rate-limit.ts'

const observers = new WeakMap<RequestContext, RequestObserver>()

/**
 * The observer of a gateway, made on first use.
 *
 * @param context the gateway
 * @param options hooks, limits and preflight check of its configuration
 */
export function observerOf(context: RequestContext, options: RequestPolicies): RequestObserver {
  const observer = observers.get(context) ?? createObserver(context, options)
  observers.set(context, observer)
  return observer
}

function createObserver(context: RequestContext, options: RequestPolicies): RequestObserver {
  const { hooks = {} } = options
  const { clock } = context.transport
  const { limits } = options
  const preflight = options.preflight && createPreflight(context, options.preflight)
  // hooks get an empty object as `id`, because the request itself contains the credentials
  const calls = new WeakMap<WireRequest, { readonly id: object; began: number }>()
  warnOfPlainHttp(context, hooks)

  function infoOf(request: WireRequest, operation: OperationInfo, attempt: number): RequestInfo {
    const { id: gateway } = context.gateway
    const url = redactorFor(context).url(request.url)
    return { gateway, operation: operation.id, safety: operation.safety, method: request.method, url, attempt, id: callOf(request).id }
  }

  function callOf(request: WireRequest): { readonly id: object; began: number } {
    const call = calls.get(request) ?? { id: {}, began: clock.now() }
    calls.set(request, call)
    return call
  }

  return {
    async enter(operation, draft, deadline) {
      await preflight?.(deadline)
      if (!limits) return () => undefined
      const session = limits.perSession && (await sessionOf(context, operation, draft))
      return enterLimiter(context, limiterFor(context, limits), operation, session, deadline)
    },
    onAttempt(request, operation, attempt) {
      callOf(request).began = clock.now()
      return quietly(() => sendable(hooks.onRequest?.(infoOf(request, operation, attempt))?.headers)) ?? {}
    },
    onSuccess(request, operation, attempt, status) {
      const elapsedMs = clock.now() - callOf(request).began
      quietly(() => hooks.onResponse?.({ ...infoOf(request, operation, attempt), status, elapsedMs }))
    },
    onRetry(request, operation, attempt, status) {
      const retry = { ...infoOf(request, operation, attempt), ...(status === undefined ? {} : { status }) }
      quietly(() => hooks.onRetry?.(retry))
    },
    onError(request, operation, error) {
      quietly(() => hooks.onError?.({ ...infoOf(request, operation, error.attempts), error }))
    },
  }
}

// with a malformed header the transport would fail, with no way to tell whether the request went out
function sendable(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const given = typeof headers === 'object' && headers !== null ? Object.entries(headers) : []
  return Object.fromEntries(given.filter(([name, value]) => isHeaderName(name) && isHeaderText(value)))
}

// a hook that throws must not change what happens to a message
function quietly<Value>(run: () => Value): Value | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

async function sessionOf(context: RequestContext, operation: OperationInfo, draft: RequestDraft): Promise<string | undefined> {
  const loaded = await context.failures().catch(() => {
    const { id: gateway, name } = context.gateway
    const text = `${name} ${operation.id}: the code that finds the session for limits.perSession could not be loaded; nothing was sent`
    throw new GatewayError(text, { kind: 'network', gateway, operation: operation.id })
  })
  const field = (name: string) => draft.query.find(([key]) => key === name)?.[1] ?? bodyField(draft.body, name)
  return loaded.sessionOf?.(draft, field)
}

function bodyField(body: unknown, name: string): string | undefined {
  const value: unknown =
    body instanceof FormData ? body.get(name) : Object.hasOwn(Object(body), name) && (body as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : undefined
}

async function enterLimiter(
  context: RequestContext,
  limiter: Limiter,
  operation: OperationInfo,
  session: string | undefined,
  deadline: Deadline,
): Promise<() => void> {
  const place = await limiter.enter(session, deadline)
  if (typeof place === 'function') return place
  const { id: gateway, name } = context.gateway
  if (place === 'full') {
    const hint = 'Nothing was sent. Send more slowly, or raise limits.queue.'
    throw new GatewayError(`${name} ${operation.id}: too many requests wait already`, {
      kind: 'rate_limited',
      gateway,
      operation: operation.id,
      hint,
    })
  }
  const kind = deadline.expired ? 'timeout' : 'aborted'
  throw new GatewayError(`${name} ${operation.id}: ${kind} while waiting for its turn`, { kind, gateway, operation: operation.id })
}

const warned = new Set<string>()
/** Hosts whose warning is remembered. With more of them, the list is emptied, and warnings come again. */
const MOST_WARNED = 10_000

function warnOfPlainHttp({ baseUrl, gateway }: RequestContext, hooks: Hooks): void {
  const { protocol, hostname, origin } = new URL(baseUrl)
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost')
  if (!hooks.onWarning || protocol === 'https:' || loopback || warned.has(origin)) return
  if (warned.size >= MOST_WARNED) warned.clear()
  warned.add(origin)
  const message = `${gateway.name} is reached over plain HTTP at ${origin}: credentials and messages can be read on the way.`
  quietly(() => hooks.onWarning?.({ gateway: gateway.id, code: 'plain_http', message }))
}
