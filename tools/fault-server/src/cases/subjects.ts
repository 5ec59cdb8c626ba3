import { type GatewayBase, type HttpMethod, type Operation, requireVerb, type Safety } from '@wamux/core'
import { exampleInput, type Input } from '@wamux/document-server'
import type { ExpectedOf } from './expected.ts'

/** The parts of a gateway that are needed to call all its operations. */
export interface TestedGateway {
  readonly client: object
  call(id: string, input: Input, options?: { readonly extra?: Input }): Promise<unknown>
}

/** One way to call one operation. */
export interface Subject {
  readonly name: string
  readonly safety: Safety
  /** Where it ends otherwise than the table says. */
  expected?(fault: string): ExpectedOf | undefined
  call(gateway: TestedGateway): Promise<unknown>
}

type ClientMethod = (path: string, init: object) => Promise<unknown>

const FORM = 'multipart/form-data'

/** Every way to call an operation that there is: by id, as a form, and by its other methods with the typed client. */
export function subjectsOf(operation: Operation): readonly Subject[] {
  const { id, safety, body, alternateMethods = [] } = operation
  const kinds = body?.kinds ?? []
  const byId: Subject = { name: id, safety, call: (gateway) => gateway.call(id, exampleInput(operation)) }
  const asForm: Subject = {
    name: `${id} as a form`,
    safety,
    call: (gateway) => gateway.call(id, exampleInput(operation, { content: FORM })),
  }
  const hasForm = kinds.length > 1 && kinds.some(({ content }) => content === FORM)
  const alternates = alternateMethods.map((method) => byMethod(operation, method))
  return [byId, ...(hasForm ? [asForm] : []), ...alternates]
}

/** A body larger than the socket's buffers, so that a fault happens while it is still being sent. */
export function withLargeBody(operation: Operation): Subject {
  const { id, safety } = operation
  const extra = { padding: 'x'.repeat(1_000_000) }
  return { name: `${id} with a large body`, safety, call: (gateway) => gateway.call(id, exampleInput(operation), { extra }) }
}

const SAYS_NOTHING: readonly string[] = ['200 with nothing', '200 with other data', '200 with null', '204'].map(
  (what) => `effect, then ${what}`,
)
const UNKNOWN_ONCE: ExpectedOf = { outcomes: ['unknown_outcome'], tries: 1, readTries: 1, requestsPerTry: 1 }

/** The portable verb, which every gateway has. */
export const sendTextVerb: Subject = {
  name: 'the verb message.sendText',
  safety: 'send',
  // the gateway said yes, and nothing about a message
  expected: (fault) => (SAYS_NOTHING.includes(fault) ? UNKNOWN_ONCE : undefined),
  call: (gateway) =>
    requireVerb(gateway as unknown as GatewayBase, 'message.sendText')({ session: 'default', to: '+4915112345678', text: 'Hi' }),
}

/** The same with the typed client; what POST has in its body, GET has in its query. */
export function byMethod(operation: Operation, method: HttpMethod): Subject {
  const input = exampleInput(operation, { fields: 'required' })
  const pick = (place: string) =>
    Object.fromEntries((operation.parameters ?? []).filter((one) => one.in === place).map(({ name }) => [name, input[name]]))
  const placed = { path: pick('path'), query: pick('query'), header: pick('header') }
  const named = new Set((operation.parameters ?? []).map(({ name }) => name))
  const others = Object.fromEntries(Object.entries(input).filter(([name]) => !named.has(name)))
  const init =
    method === 'GET' ? { params: { ...placed, query: { ...placed.query, ...inTexts(others) } } } : { params: placed, body: others }
  return {
    name: `${operation.id} by ${method}`,
    safety: operation.safety,
    call: (gateway) => (gateway.client as Readonly<Record<HttpMethod, ClientMethod>>)[method](operation.path, init),
  }
}

function inTexts(values: Input): Input {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]),
  )
}
