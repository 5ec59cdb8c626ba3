import type { Fetch } from '@wamux/core'
import type { Fixtures } from '../samples/verb-samples.ts'
import { type Reply, type SeenRequest, type StubAnswer, seen } from './stub-gateway.ts'

/** A request that a plugin made and what the test gateway answered. */
export interface RecordedExchange {
  readonly request: SeenRequest
  readonly answer: StubAnswer
}

/** The requests and responses of one call of a verb, to be played back with other ids or with faults. */
export interface Recording {
  /** What the verb was called for. */
  readonly fixtures: Fixtures
  readonly exchanges: readonly RecordedExchange[]
}

/** A fetch that records every request with its response. */
export function createRecorder(perform: Fetch): { readonly fetch: Fetch; readonly exchanges: readonly RecordedExchange[] } {
  const exchanges: RecordedExchange[] = []
  const fetch: Fetch = async (url, init) => {
    const request = await seen(url, init)
    const response = await perform(url, init)
    const body = new Uint8Array(await response.arrayBuffer())
    const { status } = response
    const type = response.headers.get('content-type')
    const headers: Record<string, string> = type === null ? {} : { 'content-type': type }
    const answer = { status, headers, ...(body.length > 0 ? { body } : {}) }
    exchanges.push({ request, answer })
    return new Response(body.length > 0 ? body : null, { status, headers })
  }
  return { fetch, exchanges }
}

/**
 * The answers of a recording in their order.
 *
 * @param session the id that takes the place of the recorded one in them
 */
export function answersOf(recording: Recording, session: string = recording.fixtures.session): StubAnswer[] {
  return recording.exchanges.map(({ answer }) => renamed(answer, recording.fixtures.session, session))
}

/** The answers of a recording in which `fault` replaces the one at `index`, `times` times. Without `times` the fault is the last answer. */
export function withFault(answers: readonly StubAnswer[], index: number, fault: Reply, times?: number): Reply[] {
  const before = answers.slice(0, index)
  if (times === undefined) return [...before, fault]
  return [...before, ...Array.from({ length: times }, () => fault), ...answers.slice(index)]
}

function renamed(answer: StubAnswer, from: string, to: string): StubAnswer {
  const data = jsonBody(answer)
  // written as text: a bare JSON string would be sent without its quotes
  return data === undefined || from === to ? answer : { ...answer, body: JSON.stringify(replaceDeep(data, from, to)) }
}

/** The JSON in an answer's body, or nothing. */
export function jsonBody({ body }: StubAnswer): unknown {
  if (!(body instanceof Uint8Array)) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

/** A copy of plain data in which one text stands for another, also inside longer texts. */
export function replaceDeep(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(from, () => to)
  if (Array.isArray(value)) return value.map((item) => replaceDeep(item, from, to))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceDeep(item, from, to)]))
}
