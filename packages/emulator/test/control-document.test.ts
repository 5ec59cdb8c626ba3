import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, expect, test } from 'vitest'
import { controlDocument } from '../src/control/document/document.ts'
import { ACTIONS } from '../src/control/routes.ts'
import { BEN, ME, makeBusy, makeEmulator, pair } from './world.ts'

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly required: boolean }[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } }
  readonly responses: { readonly 200: { readonly content: { readonly 'application/json': { readonly schema: object } } } }
}

const document = controlDocument() as { paths: Record<string, Record<string, Operation>>; components: object; openapi: string }
const ajv = new Ajv2020({ strict: false, allErrors: true })
const validatorOf = (schema: object) => ajv.compile({ ...schema, components: document.components })

const { emulator, clock } = makeEmulator()
const { control } = emulator
const seen = new Set<string>()
afterAll(() => emulator.close())

/** Calls a route as a program would, and checks what it sent and got against the document. */
async function call(method: 'GET' | 'POST', path: string, input: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const operation = document.paths[path]?.[method.toLowerCase()]
  if (!operation) throw new Error(`${method} ${path} is not in the document`)
  seen.add(`${method} ${path}`)
  const url = new URL(`http://emulator.invalid/_emulator${path}`)
  const headers = { 'content-type': 'application/json' }
  if (method === 'GET') for (const [name, value] of Object.entries(input)) url.searchParams.set(name, String(value))
  const response = await emulator.fetch(url, method === 'GET' ? {} : { method, headers, body: JSON.stringify(input) })
  const answer = (await response.json()) as Record<string, unknown>
  expect(response.status, `${method} ${path}: ${JSON.stringify(answer)}`).toBe(200)
  if (method === 'GET') {
    const known = operation.parameters?.map(({ name }) => name) ?? []
    expect(
      Object.keys(input).filter((name) => !known.includes(name)),
      path,
    ).toEqual([])
  } else if (operation.requestBody) {
    const valid = validatorOf(operation.requestBody.content['application/json'].schema)
    expect(valid(input) ? [] : valid.errors, `${path} takes`).toEqual([])
  }
  const valid = validatorOf(operation.responses[200].content['application/json'].schema)
  expect(valid(answer) ? [] : valid.errors, `${path} answers`).toEqual([])
  return answer
}

test('every route is in the document, and no other', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(described.sort()).toEqual(Object.keys(ACTIONS).sort())
})

test('every route answers as the document says', async () => {
  const session = await pair(emulator, clock, 'waha')
  await makeBusy(emulator, clock)
  const waha = { gateway: 'waha', session }
  const snapshot = await call('GET', '/snapshot')
  const [poll] = (await control.messages()).filter(({ type }) => type === 'poll')
  const group = String(poll?.to)
  const about = { phone: BEN, message: poll?.id }
  await call('GET', '/state')
  await call('GET', '/messages')
  await call('GET', '/messages', { phone: ME })
  const sent = await call('POST', '/message', { from: BEN, to: ME, text: 'Hi', mentions: [ME] })
  await call('POST', '/message', { from: BEN, to: ME, place: { latitude: 1, longitude: 2 } })
  await call('POST', '/message', { from: BEN, to: ME, cards: [{ name: 'Ada', phone: ME }] })
  await clock.advance(200)
  await call('POST', '/react', { ...about, emoji: '👍' })
  await call('POST', '/vote', { ...about, options: ['later'] })
  await call('POST', '/edit', { phone: BEN, message: sent.id, text: 'Hello' })
  await call('POST', '/fail', { message: sent.id })
  await call('POST', '/revoke', { phone: BEN, message: sent.id })
  await call('POST', '/seen', { phone: ME, chat: BEN })
  await call('POST', '/presence', { phone: BEN, chat: ME, presence: 'typing' })
  await call('POST', '/phone', { phone: BEN, name: 'Ben', picture: null })
  const made = await call('POST', '/group', { phone: BEN, subject: 'New', participants: [ME], approval: true })
  await call('POST', '/join', { phone: '12025550177', invite: made.invite })
  await call('POST', '/request', { phone: '12025550177', group: made.id, admin: BEN, answer: 'approve' })
  await call('POST', '/channel', { phone: BEN, name: 'News' })
  await call('POST', '/label', { phone: ME, name: 'New' })
  const ringing = await call('POST', '/call', { from: BEN, to: ME, video: true })
  await call('POST', '/answer', { phone: ME, call: ringing.id, state: 'accepted' })
  await call('POST', '/file', { base64: 'AAAA', mimetype: 'image/png' })
  await call('GET', '/group-of', { group })
  await call('GET', '/chat-of', { phone: ME, chat: BEN })
  await call('GET', '/chat-of', { phone: ME, chat: '12025550188' })
  await call('GET', '/account-of', { phone: ME })
  await call('GET', '/presence-of', { phone: BEN, chat: ME })
  await clock.advance(1)
  const [delivery] = (await call('GET', '/deliveries', { gateway: 'waha' })) as unknown as { id: string }[]
  await call('POST', '/redeliver', { id: delivery?.id })
  await call('POST', '/webhooks', { copies: 2, hold: true })
  await call('POST', '/release', { order: 'last to first' })
  await call('POST', '/webhooks', { copies: 1, hold: false })
  await call('POST', '/event', { ...waha, event: 'custom', payload: { a: 1 } })
  await call('POST', '/cause', { ...waha, type: 'message.received', text: 'Hi' })
  await call('GET', '/causes')
  const fault = await call('POST', '/fault', { fault: 'error', gateway: 'waha', times: 2 })
  await call('POST', '/fault', { status: 500, operation: 'a.b' })
  await call('GET', '/faults')
  await call('GET', '/fault-kinds')
  await call('POST', '/stop-fault', { id: fault.id })
  await call('POST', '/account', { state: 'timelock', phone: ME, minutes: 5 })
  await call('POST', '/clear-faults')
  await call('POST', '/settings', { wawpErrors: null })
  await call('POST', '/crash', waha)
  await call('POST', '/unlink', waha)
  await call('GET', '/clock')
  await call('POST', '/pause')
  await call('POST', '/advance', { ms: 10 })
  await call('POST', '/run-to-idle', { limitMs: 10_000 })
  await call('GET', '/transcript')
  await call('POST', '/restore', snapshot)
  emulator.namespace('a')
  await call('GET', '/namespaces')
  await call('POST', '/remove-namespace', { namespace: 'a' })
  await call('POST', '/scenario', { scenario: { phones: { a: ME }, sessions: [{ gateway: 'sparkbot', phone: 'a' }] } })
  await call('POST', '/reset')
  await pairAgain()
  expect(await call('GET', '/openapi.json')).toMatchObject({ openapi: '3.1.0' })
  // a virtual clock does not run by itself
  seen.add('POST /resume')
  expect([...seen].sort()).toEqual(Object.keys(ACTIONS).sort())
})

async function pairAgain(): Promise<void> {
  const { apiKey } = emulator.gateways.waha.credentials
  const headers = { 'content-type': 'application/json', 'x-api-key': apiKey }
  const send = (path: string, body: object) =>
    emulator.fetch(`${emulator.gateways.waha.baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  await send('/api/sessions', { name: 'a', start: true })
  await clock.advance(100)
  await call('POST', '/scan', { gateway: 'waha', session: 'a', phone: ME })
  await send('/api/sessions', { name: 'b', start: true })
  await clock.advance(100)
  const { code } = (await (await send('/api/b/auth/request-code', { phoneNumber: BEN })).json()) as { code: string }
  await call('POST', '/enter-code', { code })
}
