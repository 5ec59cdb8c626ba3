import type { Hooks, RequestInfo } from '../policies/hooks.ts'

type Attributes = Record<string, string | number>

/** As much of a span as is used here. */
export interface TelemetrySpan {
  setAttribute(name: string, value: string | number): unknown
  setStatus(status: { code: number; message?: string }): unknown
  end(): void
}

/**
 * As much of `@opentelemetry/api` as is used here: pass the module itself. wamux does not import it, so whoever does without telemetry
 * needs neither the package nor a byte of this file.
 */
export interface TelemetryApi<Context, Span extends TelemetrySpan> {
  readonly trace: {
    getTracer(
      name: string,
      version?: string,
    ): { startSpan(name: string, options: { kind: number; attributes: Attributes }, context: Context): Span }
    setSpan(context: Context, span: Span): Context
  }
  readonly context: { active(): Context }
  readonly propagation: { inject(context: Context, carrier: Record<string, string>): void }
  readonly SpanKind: { readonly CLIENT: number }
  readonly SpanStatusCode: { readonly ERROR: number }
}

/** Options of {@link otelHooks}. */
export interface OtelOptions {
  /** Name of the tracer. Default `@wamux/core`. */
  readonly tracerName?: string
  readonly tracerVersion?: string
  /**
   * Headers that go along, of all that the propagator of the api writes. Default `traceparent` and `tracestate`; an empty list sends
   * none. Others, such as `baggage`, can tell the gateway more about your system than it should know.
   */
  readonly headers?: readonly string[]
}

const W3C = ['traceparent', 'tracestate']

/**
 * Hooks that report every attempt as a CLIENT span of OpenTelemetry, named after the operation, a child of the span that is active when
 * the call is made. The gateway gets the trace along as W3C headers.
 *
 * ```ts
 * import * as api from '@opentelemetry/api'
 * createWaha({ baseUrl, apiKey, hooks: otelHooks(api) })
 * ```
 *
 * URLs and everything else come redacted from core; ids of chats and sessions in a path are not secrets and are shown.
 */
export function otelHooks<Context, Span extends TelemetrySpan>(api: TelemetryApi<Context, Span>, options: OtelOptions = {}): Hooks {
  const { tracerName = '@wamux/core', tracerVersion, headers = W3C } = options
  const tracer = api.trace.getTracer(tracerName, tracerVersion)
  // by call: an attempt that is never told to have ended takes nothing with it
  const spans = new WeakMap<object, Span>()

  function finish(info: RequestInfo, status: number | undefined, problem?: string): void {
    const span = spans.get(info.id)
    if (!span) return
    spans.delete(info.id)
    if (status !== undefined) span.setAttribute('http.response.status_code', status)
    if (problem !== undefined) {
      span.setAttribute('error.type', problem)
      span.setStatus({ code: api.SpanStatusCode.ERROR })
    }
    span.end()
  }

  return {
    onRequest(info) {
      // the attempt before it was not told to have ended
      finish(info, undefined, '_OTHER')
      const parent = api.context.active()
      const span = tracer.startSpan(info.operation, { kind: api.SpanKind.CLIENT, attributes: attributesOf(info) }, parent)
      spans.set(info.id, span)
      const carrier: Record<string, string> = {}
      api.propagation.inject(api.trace.setSpan(parent, span), carrier)
      return { headers: Object.fromEntries(Object.entries(carrier).filter(([name]) => headers.includes(name.toLowerCase()))) }
    },
    onResponse(info) {
      finish(info, info.status)
    },
    onRetry(info) {
      finish(info, info.status, String(info.status ?? '_OTHER'))
    },
    onError(info) {
      finish(info, info.error.status, info.error.kind)
    },
  }
}

function attributesOf({ gateway, method, url, safety, attempt }: RequestInfo): Attributes {
  return {
    'http.request.method': method,
    'url.full': url,
    ...serverOf(url),
    'wamux.gateway': gateway,
    'wamux.safety': safety,
    ...(attempt > 1 ? { 'http.request.resend_count': attempt - 1 } : {}),
  }
}

function serverOf(url: string): Attributes {
  if (!URL.canParse(url)) return {}
  const { hostname, port, protocol } = new URL(url)
  return { 'server.address': hostname.replace(/^\[|\]$/g, ''), 'server.port': Number(port) || (protocol === 'https:' ? 443 : 80) }
}
