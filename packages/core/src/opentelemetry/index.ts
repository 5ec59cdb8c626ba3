import type { Hooks, RequestInfo } from '../policies/hooks.ts'

type Attributes = Record<string, string | number>

/** The part of a span of `@opentelemetry/api` that is used here. */
export interface TelemetrySpan {
  /**
   * Sets an attribute of the span.
   *
   * @param name attribute of the semantic conventions: `http.request.method`
   * @param value text or number
   */
  setAttribute(name: string, value: string | number): unknown
  /**
   * Marks the span as failed.
   *
   * @param status `code` is one of `SpanStatusCode`
   */
  setStatus(status: { code: number; message?: string }): unknown
  /** Ends the span. */
  end(): void
}

/**
 * The part of `@opentelemetry/api` that is used here; pass the module itself. wamux does not import it, so that programs without
 * telemetry need neither that package nor this file.
 */
export interface TelemetryApi<Context, Span extends TelemetrySpan> {
  /** Makes spans. */
  readonly trace: {
    getTracer(
      name: string,
      version?: string,
    ): { startSpan(name: string, options: { kind: number; attributes: Attributes }, context: Context): Span }
    setSpan(context: Context, span: Span): Context
  }
  /** Knows the active span. */
  readonly context: { active(): Context }
  /** Writes the trace headers. */
  readonly propagation: { inject(context: Context, carrier: Record<string, string>): void }
  /** Kinds of spans. */
  readonly SpanKind: { readonly CLIENT: number }
  /** Results of spans. */
  readonly SpanStatusCode: { readonly ERROR: number }
}

/** Options of {@link otelHooks}. */
export interface OtelOptions {
  /** Name of the tracer. Default `@wamux/core`. */
  readonly tracerName?: string
  /** Version of the tracer. Default: none. */
  readonly tracerVersion?: string
  /**
   * Names of headers to send to the gateway, out of those that the propagator of the API writes. Default `traceparent` and `tracestate`;
   * an empty list sends none. Others, such as `baggage`, can tell the gateway more about your system than it should know.
   */
  readonly headers?: readonly string[]
}

const W3C = ['traceparent', 'tracestate']

/**
 * Makes hooks that report every attempt as a CLIENT span of OpenTelemetry. The span is named after the operation and is a child of the span
 * that is active when the call is made. The gateway gets the trace id in W3C headers.
 *
 * ```ts
 * import * as api from '@opentelemetry/api'
 * createWaha({ baseUrl, apiKey, hooks: otelHooks(api) })
 * ```
 *
 * Secrets are removed from URLs. Ids of chats and sessions in a path are not secrets and are shown.
 *
 * @param api the module `@opentelemetry/api`
 * @param options name of the tracer, and headers to send
 * @returns hooks for the `hooks` option of a gateway
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function otelHooks<Context, Span extends TelemetrySpan>(api: TelemetryApi<Context, Span>, options: OtelOptions = {}): Hooks {
  const { tracerName = '@wamux/core', tracerVersion, headers = W3C } = options
  const tracer = api.trace.getTracer(tracerName, tracerVersion)
  // a WeakMap by call: the span of an attempt whose end is never reported is collected with the call
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
      // ends the span of an earlier attempt of the call whose end was not reported
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
