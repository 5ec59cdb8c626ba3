import { describe, expect, it } from 'vitest'
import type { GatewayError, RequestInfo } from '../../src/index.ts'
import { type OtelOptions, otelHooks, type TelemetryApi, type TelemetrySpan } from '../../src/opentelemetry/index.ts'
import { config, createSample, jumpingClock, scripted } from '../sample-gateway.ts'

interface SeenSpan extends TelemetrySpan {
  readonly name: string
  readonly kind: number
  readonly parent: Context
  readonly attributes: Record<string, string | number>
  status: { code: number; message?: string } | undefined
  ends: number
}

interface Context {
  readonly active: true
  readonly span?: SeenSpan
}

const active: Context = { active: true }

/** An api that remembers its spans. */
function fakeApi() {
  const spans: SeenSpan[] = []
  const tracers: [string, string | undefined][] = []
  const api: TelemetryApi<Context, SeenSpan> = {
    trace: {
      getTracer(name, version) {
        tracers.push([name, version])
        return {
          startSpan(name, { kind, attributes }, parent) {
            const span: SeenSpan = {
              name,
              kind,
              parent,
              attributes: { ...attributes },
              status: undefined,
              ends: 0,
              setAttribute: (key, value) => Object.assign(span.attributes, { [key]: value }),
              setStatus: (status) => Object.assign(span, { status }),
              end: () => span.ends++,
            }
            spans.push(span)
            return span
          },
        }
      },
      setSpan: (context, span) => ({ ...context, span }),
    },
    context: { active: () => active },
    propagation: {
      inject(context, carrier) {
        const index = context.span ? spans.indexOf(context.span) + 1 : 0
        Object.assign(carrier, { traceparent: `00-trace-${index}-01`, tracestate: 'a=1', baggage: 'customer=42' })
      },
    },
    SpanKind: { CLIENT: 2 },
    SpanStatusCode: { ERROR: 2 },
  }
  return { api, spans, tracers }
}

let host = 0
const read = { session: 's' }
const json = (status: number) => Response.json({ state: 'x' }, { status })

function observed(options: OtelOptions, ...answers: (Response | Error)[]) {
  const { api, spans, tracers } = fakeApi()
  const { fetch: answer } = scripted(...answers)
  const seen: { readonly headers: Record<string, string> }[] = []
  // a copy: the attempts of one call share their headers
  const fetch: typeof answer = (url, init) => {
    seen.push({ headers: { ...init.headers } })
    return answer(url, init)
  }
  const baseUrl = `https://o${host++}.example/prefix`
  const sample = createSample({ ...config, baseUrl, fetch, hooks: otelHooks(api, options), clock: jumpingClock() })
  return { sample, spans, tracers, seen, baseUrl }
}

describe('otelHooks', () => {
  it('make one span of a call that ends well', async () => {
    const { sample, spans, tracers, baseUrl } = observed({}, json(200))
    await sample.call('sessions.get', read)
    expect(tracers).toEqual([['@wamux/core', undefined]])
    expect(spans).toEqual([expect.objectContaining({ name: 'sessions.get', kind: 2, parent: active, status: undefined, ends: 1 })])
    expect(spans[0]?.attributes).toEqual({
      'http.request.method': 'GET',
      'url.full': `${baseUrl}/api/sessions/s`,
      'server.address': new URL(baseUrl).hostname,
      'server.port': 443,
      'wamux.gateway': 'sample',
      'wamux.safety': 'read',
      'http.response.status_code': 200,
    })
  })

  it('make one span of every attempt', async () => {
    const { sample, spans, seen } = observed({}, json(503), new Error('lost'), json(200))
    await sample.call('sessions.get', read)
    expect(spans.map(({ ends, status }) => [ends, status?.code])).toEqual([
      [1, 2],
      [1, 2],
      [1, undefined],
    ])
    expect(spans.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1, 2])
    expect(spans.map(({ attributes }) => attributes['error.type'])).toEqual(['503', '_OTHER', undefined])
    expect(spans.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([503, undefined, 200])
    expect(seen.map(({ headers }) => headers.traceparent)).toEqual(['00-trace-1-01', '00-trace-2-01', '00-trace-3-01'])
  })

  it('end the span of a call that fails, with the kind of the error', async () => {
    const { sample, spans } = observed({}, json(404), new Error('lost'))
    await expect(sample.call('sessions.get', read)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(sample.call('messages.sendText', { chatId: 'c', text: 't' })).rejects.toMatchObject({ kind: 'unknown_outcome' })
    expect(spans.map(({ attributes, ends, status }) => [attributes['error.type'], ends, status])).toEqual([
      ['not_found', 1, { code: 2 }],
      ['unknown_outcome', 1, { code: 2 }],
    ])
    expect(spans.map(({ attributes }) => attributes['wamux.safety'])).toEqual(['read', 'send'])
    expect(spans.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([404, undefined])
  })

  it('send the trace along, and of the rest only what was asked for', async () => {
    const usual = observed({}, json(200))
    await usual.sample.call('sessions.get', read)
    expect(usual.seen[0]?.headers).toMatchObject({ traceparent: '00-trace-1-01', tracestate: 'a=1' })
    expect(usual.seen[0]?.headers).not.toHaveProperty('baggage')
    const more = observed({ headers: ['baggage'], tracerName: 'mine', tracerVersion: '1' }, json(200))
    await more.sample.call('sessions.get', read)
    expect(more.tracers).toEqual([['mine', '1']])
    expect(more.seen[0]?.headers).toMatchObject({ baggage: 'customer=42' })
    expect(more.seen[0]?.headers).not.toHaveProperty('traceparent')
  })

  it('keep the spans of calls at the same time apart', async () => {
    const { sample, spans } = observed({}, json(200), json(404), json(200))
    await Promise.allSettled([1, 2, 3].map(() => sample.call('sessions.get', read)))
    expect(spans.map(({ ends }) => ends)).toEqual([1, 1, 1])
    expect(spans.map(({ attributes }) => attributes['http.response.status_code']).sort()).toEqual([200, 200, 404])
  })

  it('show no secret', async () => {
    const { sample, spans } = observed({}, Response.json({ message: config.apiKey }, { status: 404 }))
    await sample.call('sessions.get', { session: config.apiKey }).catch((error: GatewayError) => error)
    expect(JSON.stringify(spans)).not.toContain(config.apiKey)
    expect(spans[0]?.attributes['url.full']).toContain('[redacted]')
  })

  it('never end a span twice, and close one that was left open', () => {
    const { api, spans } = fakeApi()
    const hooks = otelHooks(api)
    const info: RequestInfo = { gateway: 'g', operation: 'o', safety: 'read', method: 'GET', url: 'no url', attempt: 1, id: {} }
    hooks.onResponse?.({ ...info, status: 200, elapsedMs: 1 })
    hooks.onRequest?.(info)
    hooks.onRequest?.({ ...info, attempt: 2 })
    hooks.onResponse?.({ ...info, attempt: 2, status: 200, elapsedMs: 1 })
    hooks.onResponse?.({ ...info, attempt: 2, status: 200, elapsedMs: 1 })
    expect(spans.map(({ ends, status }) => [ends, status?.code])).toEqual([
      [1, 2],
      [1, undefined],
    ])
    expect(spans[0]?.attributes).not.toHaveProperty('server.address')
  })
})
