import type { Operation, Shape, VerbId } from '@wamux/core'
import { createStubGateway } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWahaClient } from '../src/client.ts'
import { operations } from '../src/generated/operations.ts'
import { failure, verbs } from './fixtures/scripted.ts'

/** The version of which real servers were seen with everything that has no `since`. */
const OLDER = '2026.7'

const isNewer = (version: string): boolean => version.localeCompare(OLDER, 'en', { numeric: true }) > 0
const newer = Object.values<Operation>(operations.operations).filter(({ since }) => since !== undefined && isNewer(since))

// what Nest answers for a path that it does not have, and WAHA for what its engine lacks
const answers = [
  [
    '404',
    ({ method, path }: Operation) => ({ status: 404, body: { message: `Cannot ${method} ${path}`, error: 'Not Found', statusCode: 404 } }),
  ],
  ['501', () => ({ status: 501, body: { message: 'The method is not implemented by the engine', statusCode: 501 } })],
] as const
const rows = newer.flatMap((operation) => answers.map(([status, answer]) => [operation.id, status, operation, answer(operation)] as const))

function sampleOf(shape: Shape): unknown {
  const [first] = shape.oneOf ?? []
  if (first) return sampleOf(first)
  if (shape.enum) return shape.enum[0]
  const type = typeof shape.type === 'string' ? shape.type : shape.type[0]
  if (type === 'array') return [sampleOf(shape.items ?? { type: 'string' })]
  if (type === 'object') return inputOf(shape.fields ?? [])
  if (type === 'boolean') return true
  return type === 'number' || type === 'integer' ? (shape.minimum ?? 1) : '12025550143@c.us'
}

function inputOf(fields: NonNullable<Shape['fields']>): Record<string, unknown> {
  return Object.fromEntries(fields.filter(({ required }) => required).map((field) => [field.name, sampleOf(field)]))
}

const kindOf = ({ body }: Operation) => body?.kinds.find(({ content }) => content === 'application/json')

it('has operations to try', () => {
  expect([rows.length, withVerb.length]).toEqual([64, 8])
})

describe.each(rows)('%s answered with %s', (_id, _status, operation, answer) => {
  const told = { kind: 'unsupported', hint: expect.stringContaining(`needs WAHA ${operation.since}.`) }

  it('by call()', async () => {
    const { waha } = verbs([answer])
    const input = { ...inputOf(operation.parameters ?? []), ...inputOf(kindOf(operation)?.fields ?? []) }
    expect(await failure((waha.call as (id: string, input: object) => Promise<unknown>)(operation.id, input))).toMatchObject(told)
  })

  it('by the typed client', async () => {
    const { fetch } = createStubGateway([answer])
    const client = createWahaClient({ baseUrl: 'http://waha.test', apiKey: 'canary-key', fetch, random: () => 0 })
    const place = (where: string) => inputOf((operation.parameters ?? []).filter((one) => one.in === where))
    const call = client[operation.method as 'GET'] as unknown as (path: string, init: object) => Promise<unknown>
    const input = { params: { path: place('path'), query: place('query') }, body: inputOf(kindOf(operation)?.fields ?? []) }
    const { body, ...withoutBody } = input
    const result = await call(operation.path, kindOf(operation) ? { ...withoutBody, body } : withoutBody)
    // it resolves with what the server said, like openapi-fetch; the hint is with call() and the verbs
    expect(result).toMatchObject({ error: answer.body, response: { status: answer.status } })
  })
})

const group = '120363000000000000@g.us'
const INPUTS: Readonly<Record<string, object>> = {
  'message.sendSticker': { to: '+12025550143', file: { url: 'https://files.example.com/a.webp' } },
  'group.joinRequests': { group },
  'group.approve': { group, participants: ['12025550143@c.us'] },
  'group.reject': { group, participants: ['12025550143@c.us'] },
}
const withVerb = rows.filter(([, , { capability }]) => capability !== undefined)

it.each(withVerb)('%s answered with %s, by its verb', async (_id, _status, { capability = '', since }, answer) => {
  expect(Object.keys(INPUTS)).toContain(capability)
  const error = await failure(verbs([answer]).run(capability as VerbId, INPUTS[capability]))
  expect(error).toMatchObject({ kind: 'unsupported', hint: expect.stringContaining(`needs WAHA ${since}.`) })
})
