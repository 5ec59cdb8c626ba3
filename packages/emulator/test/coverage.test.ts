import { readFileSync } from 'node:fs'
import type { Field, Operation, Shape } from '@wamux/core'
import { systemClock } from '@wamux/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../scripts/documents.ts'
import { defaultTimings } from '../src/clock/timings.ts'
import { createEmulator } from '../src/emulator.ts'
import { createFaces } from '../src/faces/create-faces.ts'
import { coverageOf, type Examples } from '../src/faces/example.ts'
import { credentialsOf } from '../src/gateways.ts'
import type { GatewayId } from '../src/sessions/session.ts'
import { createState } from '../src/state.ts'

const GATEWAYS: readonly GatewayId[] = ['waha', 'wawp', 'warest', 'sparkbot']
const state = createState({
  seed: 1,
  clock: systemClock,
  timings: defaultTimings,
  origin: () => '',
  deliver: undefined,
  fetchFile: undefined,
})
const faces = createFaces(state, credentialsOf())
// the formatter pads the cells of tables
const page = readFileSync(new URL('../../../docs/emulator-coverage.md', import.meta.url), 'utf8').replace(/ {2,}/g, ' ')
const ME = '12025550100'

/** A value that a field takes. */
function valueFor({ type, enum: choices, pattern, fields, items, minItems = 0, format }: Shape, name: string): unknown {
  if (choices) return choices[0]
  const [first] = [type].flat()
  if (first === 'object') return objectFor(fields ?? [])
  if (first === 'array') return minItems > 0 && items ? [valueFor(items, name)] : []
  if (first === 'integer' || first === 'number') return 1
  if (first === 'boolean') return true
  if (/session/i.test(name)) return 'default'
  if (format === 'date-time') return '2030-01-01T00:00:00.000Z'
  if (/phone|number/i.test(name)) return '12025550101'
  return pattern !== undefined && !new RegExp(pattern, 'u').test('12025550101@c.us') ? '12025550101' : '12025550101@c.us'
}

function objectFor(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(fields.filter(({ required }) => required).map((field) => [field.name, valueFor(field, field.name)]))
}

/** A request with everything that the operation needs. */
function requestFor(
  { method, path, parameters = [], body }: Operation,
  ids: Readonly<Record<string, string>>,
): { method: string; path: string; body?: unknown } {
  const query = new URLSearchParams()
  for (const field of parameters) {
    if (field.in === 'query' && field.required) query.set(field.name, ids[field.name] ?? String(valueFor(field, field.name)))
  }
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? '000000000000000000000001'))
  const kind = body?.kinds.find(({ content }) => content === 'application/json')
  const given = kind?.shape
    ? valueFor(kind.shape, '')
    : { ...objectFor(kind?.fields ?? []), ...(kind?.fields?.some(({ name }) => name in ids) ? ids : {}) }
  return { method, path: query.size > 0 ? `${filled}?${query}` : filled, ...(kind ? { body: given } : {}) }
}

/** An emulator with a connected session of the gateway, and a way to ask it. */
async function open(gateway: GatewayId) {
  const emulator = createEmulator({ timings: { starting: 0, connecting: 0 } })
  const { baseUrl, credentials } = emulator.gateways[gateway]
  const keys = credentials as Readonly<Record<string, string>>
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  const query = new URLSearchParams()
  if (gateway === 'waha') headers['x-api-key'] = keys.apiKey ?? ''
  if (gateway === 'warest') headers['x-warest-api-key'] = keys.apiKey ?? ''
  if (gateway === 'sparkbot') headers.token = keys.apiKey ?? ''
  if (gateway === 'wawp') {
    query.set('instance_id', keys.instanceId ?? '')
    query.set('access_token', keys.accessToken ?? '')
  }
  const ask = async ({ method, path, body }: { method: string; path: string; body?: unknown }) => {
    const url = new URL(`${baseUrl}${path}`)
    for (const [name, value] of query) url.searchParams.set(name, value)
    return emulator.fetch(url, { method, headers, ...(body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }) })
  }
  let id = 'default'
  if (gateway === 'waha') await ask({ method: 'POST', path: '/api/sessions', body: { name: id, start: true } })
  if (gateway === 'warest') await ask({ method: 'GET', path: `/api/v1/session/create?sessionId=${id}` })
  if (gateway === 'sparkbot')
    id = ((await (await ask({ method: 'POST', path: '/devices', body: { alias: 'a' } })).json()) as { id: string }).id
  if (gateway === 'wawp') {
    id = keys.instanceId ?? ''
    await ask({ method: 'POST', path: '/v2/session/start', body: {} })
  }
  await emulator.control.scan({ gateway, session: id, phone: ME })
  return { ask, ids: { session: id, sessionId: id, deviceId: id, instance_id: id } }
}

describe.each(GATEWAYS)('%s', (gateway) => {
  const { table } = faces[gateway]
  const coverage = coverageOf(faces[gateway])
  const byExample = [...coverage].flatMap(([id, how]) => (how === 'example' ? [id] : []))

  test('the page counts every operation', () => {
    const ids = Object.keys(table.operations)
    expect([...coverage.keys()]).toEqual(ids)
    const stateful = ids.length - byExample.length
    expect(page).toContain(`| ${gateway} | ${ids.length} | ${stateful} | ${byExample.length} |`)
    const [, section = ''] = page.split(`\n## ${gateway}\n`)
    for (const id of ids) expect(section, id).toContain(`| \`${id}\` | ${coverage.get(id)} |`)
    for (const id of byExample) expect(section, id).toMatch(new RegExp(`\\| \`${id.replace('.', '\\.')}\` \\| example \\| [^|\\s][^|]+\\|`))
  })

  test('each example fits the schema of the document', async () => {
    const document = readDocument(gateway)
    const examples: Examples = await faces[gateway].examples()
    expect(Object.keys(examples).sort()).toEqual([...byExample].sort())
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'document', components: document.components })
    for (const [id, { status, type, body }] of Object.entries(examples)) {
      const answer = document.answer(table.operations[id]?.variantOf ?? id)
      expect({ id, status, type }).toEqual({ id, status: answer?.status, type: answer?.type })
      if (!type?.includes('json')) continue
      const schema = JSON.parse(JSON.stringify(answer?.schema ?? {}).replaceAll('"#/', '"document#/')) as object
      const valid = ajv.validate(schema, body)
      expect({ id, valid, errors: ajv.errors }).toEqual({ id, valid: true, errors: null })
    }
  })

  test('no operation is missing: none answers 501, and examples answer as described', async () => {
    const examples = await faces[gateway].examples()
    const { ask, ids } = await open(gateway)
    for (const id of byExample) {
      const operation = table.operations[id] as Operation
      const response = await ask(requestFor(operation, ids))
      expect({ id, status: response.status, text: response.ok ? '' : await response.text() }).toEqual({
        id,
        status: examples[id]?.status,
        text: '',
      })
      const type = response.headers.get('content-type')
      if (examples[id]?.type?.includes('json')) expect(type).toContain('application/json')
    }
    for (const [id, operation] of Object.entries(table.operations)) {
      const { ask: fresh, ids: own } = await open(gateway)
      const response = await fresh(requestFor(operation, own))
      // real engines answer 501, too, and name themselves
      if (response.status === 501) expect(await response.text(), id).toContain('engine')
    }
  }, 60_000)

  test('examples check credentials, session and required fields', async () => {
    const { ask, ids } = await open(gateway)
    const refused: number[] = []
    for (const id of byExample) {
      const operation = table.operations[id] as Operation
      const unknown = { ...ids, session: 'unknown', sessionId: 'unknown', deviceId: '00000000000000000000000f' }
      const request = requestFor(operation, unknown)
      const needsSession = /\{(session|deviceId)\}/.test(operation.path)
      if (!needsSession) continue
      const { status } = await ask(request)
      expect({ id, refused: status >= 400 && status < 500 }).toEqual({ id, refused: true })
      refused.push(status)
    }
    for (const id of byExample) {
      const operation = table.operations[id] as Operation
      const fields = operation.body?.kinds.find(({ content }) => content === 'application/json')?.fields ?? []
      if (operation.body?.kinds.length !== 1 || !fields.some(({ required, name }) => required && !(name in ids))) continue
      const { method, path } = requestFor(operation, ids)
      const { status } = await ask({ method, path, body: fields.some(({ name }) => name in ids) ? ids : {} })
      expect({ id, status }).toEqual({ id, status: 400 })
    }
  })
})
