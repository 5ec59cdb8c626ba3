import { GatewayError, type HttpMethod, type Operation, type OperationTable, type Route } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { readGeneratedSchema } from './document/generated-schema.ts'
import { badInputs } from './examples/bad-input.ts'
import { exampleInputs, type Input } from './examples/example-input.ts'
import { alternateInit, type ClientInit, clientInit, type PlacedInput, placeInput } from './examples/place-input.ts'
import { successesOf } from './server/make-answer.ts'
import { ANSWER_HEADER, createDocumentServer, type DocumentServer, type ServedCredential, type ServedRequest } from './server/server.ts'

/** What the suite needs of a gateway. */
export interface TestedGateway {
  readonly client: object
  call(id: string, input: Input): Promise<{ readonly status: number; readonly data: unknown }>
}

/** How the suite's gateway is made. */
export interface TestedConfig {
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
  readonly headers: Readonly<Record<string, string>>
  readonly retry: { readonly attempts: number }
}

export interface OperationSuite {
  /** Path of the OpenAPI document. */
  readonly document: URL
  /** Path of the generated `schema.ts`. */
  readonly schema: URL
  readonly table: OperationTable
  /** The generated module `routes.ts`. */
  readonly routes: Readonly<Record<string, Omit<Route, 'types'>>>
  readonly credentials: readonly ServedCredential[]
  /** Makes a gateway, with credentials. */
  create(config: TestedConfig): TestedGateway
  /** Numbers counted by hand, to compare with what the document has. */
  readonly totals: {
    /** Entries of the operation table. */
    readonly actions: number
    /** Operations of the document: pairs of method and path. */
    readonly operations: number
    /** Further pairs that do the same as one of these. */
    readonly alternates: number
    readonly resources: number
  }
}

type ClientMethod = (path: string, init: ClientInit) => Promise<{ data?: unknown; error?: unknown; response: { status: number } }>

/** Exercises every operation of a gateway against its own document. */
export function testOperations(suite: OperationSuite): void {
  const server = createDocumentServer(suite.document, { credentials: suite.credentials })
  const operations = Object.values(suite.table.operations)
  const create = (headers: Readonly<Record<string, string>> = {}): TestedGateway =>
    suite.create({ baseUrl: 'http://gateway.test', fetch: server.fetch, headers, retry: { attempts: 1 } })
  const gateway = create()

  testTotals(suite, server)

  describe.each(operations)('$id', (operation) => {
    it.each(exampleInputs(operation))('call with $name', async ({ input }) => {
      const answer = await gateway.call(operation.id, input)
      expectServed(server, operation, placeInput(operation, input), answer)
    })

    const [, ...others] = successesFor(server, operation)
    it.each(others)('call answered with $status $contentType', async ({ status, contentType }) => {
      const headers = { [ANSWER_HEADER]: contentType ? `${status} ${contentType}` : status }
      const [required] = exampleInputs(operation)
      const answer = await create(headers).call(operation.id, required?.input ?? {})
      expectAnswer(lastOf(server), answer)
    })

    it.each(exampleInputs(operation))('typed client with $name', async ({ input }) => {
      const init = clientInit(operation, input)
      const answer = await request(gateway, operation.method, operation.path, init)
      expectServed(server, operation, placeInput(operation, input), answer)
    })

    it.each(operation.alternateMethods ?? [])('typed client by %s', async (method) => {
      for (const { input } of exampleInputs(operation)) {
        const init = alternateInit(operation, method, input)
        const answer = await request(gateway, method, operation.path, {
          ...init,
          params: { ...init.params, query: inTexts(init.params.query) },
        })
        expectServed(server, operation, { ...init.params, body: init.body, content: undefined }, answer, method)
      }
    })

    it('refuses bad input before anything is sent', async () => {
      const sent = server.requests.length
      for (const { field, fault, input, allowed } of badInputs(operation)) {
        const error = await gateway.call(operation.id, input).then(
          () => undefined,
          (thrown: unknown) => thrown,
        )
        const told = GatewayError.is(error) ? { kind: error.kind, field: error.field, reached: error.reached } : error
        expect({ fault, input, told }).toEqual({ fault, input, told: { kind: 'invalid_request', field, reached: 'no' } })
        for (const value of allowed) expect((error as GatewayError).message).toContain(JSON.stringify(value))
      }
      expect(server.requests.length).toBe(sent)
    })
  })
}

function testTotals(suite: OperationSuite, { document }: DocumentServer): void {
  const operations = Object.values(suite.table.operations)
  const ids = operations.map((one) => one.id).toSorted()
  const generated = readGeneratedSchema(suite.schema)
  const pairOf = ({ method, path }: { readonly method: string; readonly path: string }) => `${method} ${path}`

  describe('document, table, routes and types', () => {
    it('have the operations that they should have', () => {
      const pairs = new Set(document.operations.map(pairOf))
      const alternates = document.operations.flatMap((one) => one.alternateMethods.map((method) => pairOf({ method, path: one.path })))
      expect({
        actions: operations.length,
        operations: pairs.size,
        alternates: new Set(alternates.filter((pair) => !pairs.has(pair))).size,
        resources: suite.table.resources.length,
      }).toEqual(suite.totals)
    })

    it('agree on the actions', () => {
      const inDocument = document.operations.flatMap((one) => (one.variants.length > 0 ? one.variants.map(({ id }) => id) : [one.id]))
      expect(ids).toEqual(inDocument.toSorted())
      expect(Object.keys(suite.table.operations).toSorted()).toEqual(ids)
      expect(
        Object.values(suite.routes)
          .map((one) => one.id)
          .toSorted(),
      ).toEqual(ids)
      expect(generated.calls.toSorted()).toEqual(ids)
    })

    it('agree on methods and paths', () => {
      const inDocument = new Map(document.operations.map((one) => [pairOf(one), one.id]))
      expect(new Map(operations.map((one) => [pairOf(one), one.variantOf ?? one.id]))).toEqual(inDocument)
      expect(new Map(generated.paths)).toEqual(inDocument)
      for (const route of Object.values(suite.routes)) {
        const { id, method, path, safety, parameters = [], body } = suite.table.operations[route.id] ?? ({} as Partial<Operation>)
        const comma = parameters.filter((one) => one.comma).map((one) => one.name)
        const fields = [...parameters, ...(body?.kinds.flatMap((kind) => kind.fields ?? []) ?? [])]
        const danger = [...new Set(fields.filter((one) => one.danger).map((one) => one.name))]
        expect({ ...route, secrets: undefined }).toEqual({
          id,
          method,
          path,
          safety,
          ...(comma.length > 0 ? { comma } : {}),
          ...(danger.length > 0 ? { danger } : {}),
          secrets: undefined,
        })
      }
    })

    it('agree on alternate methods and resources', () => {
      const alternates = (all: readonly { method: string; path: string; alternateMethods?: readonly string[] }[]) =>
        all
          .filter((one) => one.alternateMethods?.length)
          .map((one) => [pairOf(one), ...(one.alternateMethods ?? [])])
          .toSorted()
      expect(alternates(operations)).toEqual(alternates(document.operations))
      const used = new Set(operations.map((one) => one.resource))
      expect(suite.table.resources.map((one) => one.name).toSorted()).toEqual([...used].toSorted())
    })
  })
}

function successesFor({ document }: DocumentServer, { method, path }: Operation) {
  const operation = document.operations.find((one) => one.method === method && one.path === path)
  return operation ? successesOf(operation) : []
}

async function request(
  gateway: TestedGateway,
  method: HttpMethod,
  path: string,
  init: ClientInit,
): Promise<{ status: number; data: unknown }> {
  const client = gateway.client as Readonly<Record<HttpMethod, ClientMethod>>
  const { data, error, response } = await client[method](path, init)
  expect(error).toBeUndefined()
  return { status: response.status, data }
}

function lastOf(server: DocumentServer): ServedRequest {
  const last = server.requests.at(-1)
  if (!last) throw new Error('nothing was sent')
  return last
}

function expectServed(
  server: DocumentServer,
  operation: Operation,
  placed: PlacedInput,
  answer: { status: number; data: unknown },
  method: HttpMethod = operation.method,
): void {
  const last = lastOf(server)
  expect(last.problems).toEqual([])
  expect({ method: last.method, operation: last.operation }).toEqual({ method, operation: operation.variantOf ?? operation.id })
  if (operation.variantOf) expect(last.variants).toEqual([operation.id])
  const { path, query, header } = last.parameters
  expect(texts({ path, query, header })).toEqual(texts({ path: placed.path, query: placed.query, header: placed.header }))
  expect(last.body).toEqual(placed.body)
  if (placed.content !== undefined) expect(last.contentType).toBe(placed.content)
  expectAnswer(last, answer)
}

function expectAnswer({ problems, answer: served }: ServedRequest, answer: { status: number; data: unknown }): void {
  expect(problems).toEqual([])
  expect(answer.status).toBe(served.status)
  expect(answer.data).toEqual(served.data)
  if (served.data instanceof Uint8Array) expect(answer.data).toBeInstanceOf(Uint8Array)
}

// a path or query has text only
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, texts(inner)]))
}

// no gateway documents how it reads an object there, so it is written as JSON
function inTexts(query: Input): Input {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const nested = Array.isArray(value) ? value.some(isObject) : isObject(value)
      return [name, nested ? JSON.stringify(value) : value]
    }),
  )
}
