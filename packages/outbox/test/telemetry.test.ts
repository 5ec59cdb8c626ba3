import { otelHooks, type TelemetryApi, type TelemetrySpan } from '@wamux/core/opentelemetry'
import { describe, expect, it } from 'vitest'
import { otelChanges } from '../src/index.ts'
import { message, openScene } from './scene.ts'

const MINUTE = 60_000

interface SeenSpan extends TelemetrySpan {
  readonly name: string
  readonly attributes: Record<string, string | number>
  failed: boolean
  ends: number
}

/** An API that remembers its spans. */
function fakeApi(): { readonly api: TelemetryApi<object, SeenSpan>; readonly spans: SeenSpan[] } {
  const spans: SeenSpan[] = []
  const startSpan = (name: string, { attributes }: { readonly attributes: Record<string, string | number> }) => {
    const span: SeenSpan = {
      ...{ name, attributes: { ...attributes }, failed: false, ends: 0 },
      setAttribute: (key, value) => Object.assign(span.attributes, { [key]: value }),
      setStatus: ({ code }) => Object.assign(span, { failed: code === 2 }),
      end: () => span.ends++,
    }
    spans.push(span)
    return span
  }
  const api = {
    trace: { getTracer: () => ({ startSpan }), setSpan: (context: object) => context },
    context: { active: () => ({}) },
    propagation: { inject() {} },
    SpanKind: { CLIENT: 2 },
    SpanStatusCode: { ERROR: 2 },
  }
  return { api, spans }
}

/** Sends two messages, and returns the spans of the run. */
async function spansOf(fault: object | undefined, texts: readonly string[] = ['first text', 'second text']) {
  const { api, spans } = fakeApi()
  const { outbox, emulator, runFor, states } = await openScene({}, otelHooks(api))
  await outbox.add(texts.map((text, index) => message(index, { text })))
  if (fault) await emulator.control.fault({ gateway: 'waha', operation: 'messages.sendText', ...fault } as never)
  spans.length = 0
  await runFor(20 * MINUTE)
  return { spans, states: await states(), sends: spans.filter(({ name }) => name === 'messages.sendText') }
}

describe('spans of what the outbox sends', () => {
  it('are named after the operation, and hold neither the number nor the text', async () => {
    const { spans, sends } = await spansOf(undefined)
    expect(sends).toHaveLength(2)
    for (const { attributes, ends, failed } of sends) {
      expect({ attributes, ends, failed }).toMatchObject({
        attributes: { 'http.request.method': 'POST', 'http.response.status_code': 201, 'wamux.gateway': 'waha' },
        ...{ ends: 1, failed: false },
      })
    }
    expect(JSON.stringify(spans)).not.toMatch(/20255510|first text|second text/)
  })

  it.each([
    ['an answer that is lost', { lose: true, effect: false }, 'unknown', 'unknown_outcome'],
    ['an answer that is lost after the send', { lose: true, effect: true }, 'sent', 'unknown_outcome'],
    ['a refusal', { status: 400, body: '{"message":"no"}' }, 'refused', 'invalid_request'],
  ])('end once and are failed by %s', async (_what, fault, state, kind) => {
    const { spans, states, sends } = await spansOf(fault)
    expect(states).toMatchObject({ m0: state, m1: 'sent' })
    expect(sends.map(({ failed }) => failed)).toEqual([true, false])
    expect(sends[0]?.attributes['error.type']).toBe(kind)
    expect(spans.map(({ ends }) => ends)).toEqual(spans.map(() => 1))
    expect(JSON.stringify(sends)).not.toMatch(/20255510|first text|second text/)
  })

  it('are not made by a gateway without the hooks, although the program has a tracer', async () => {
    const used: PropertyKey[] = []
    const key = Symbol.for('opentelemetry.js.api.1')
    const registered = new Proxy({}, { get: (_target, name) => void used.push(name) })
    Object.defineProperty(globalThis, key, { value: registered, configurable: true })
    try {
      const { outbox, runFor, states } = await openScene()
      await outbox.add([message(0)])
      await runFor(MINUTE)
      expect([await states(), used]).toEqual([{ m0: 'sent' }, []])
    } finally {
      Reflect.deleteProperty(globalThis, key)
    }
  })
})

it('counts changes by state for OpenTelemetry', async () => {
  const counted: string[] = []
  const add = (value: number, attributes: Readonly<Record<string, string>>) =>
    counted.push(`${value} ${attributes['wamux.outbox.state']} of ${attributes['wamux.outbox.sender']}`)
  const createCounter = (name: string) => {
    counted.push(name)
    return { add }
  }
  const onChange = otelChanges({ metrics: { getMeter: () => ({ createCounter }) } })
  const { outbox, runFor } = await openScene({ onChange })
  await outbox.add([message(0)])
  await runFor(MINUTE)
  expect(counted).toEqual(['wamux.outbox.changes', '1 sending of waha:shop', '1 sent of waha:shop'])
})
