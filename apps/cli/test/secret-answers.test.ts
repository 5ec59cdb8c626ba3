import type { Field, Gateway, Operation } from '@wamux/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callOperation, type Reachable } from '../src/commands/mcp/tools.ts'
import type { Permission } from '../src/operation/consent.ts'
import { withoutSecretAnswer } from '../src/operation/secret-answer.ts'
import { type EchoServer, serveEcho } from './echo-server.ts'
import { invoke } from './in-process.ts'
import { ownPlugins } from './own-plugins.ts'

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot'] as const
const SECRET = 'canary-4711-secret'
const marked = (
  await Promise.all(
    GATEWAYS.map(async (id) =>
      Object.values((await ownPlugins.operations(id)).operations)
        .filter(({ secretAnswer, secretFields }) => secretAnswer || secretFields)
        .map((operation) => [id, operation.id, operation] as const),
    ),
  )
).flat()

let gateway: EchoServer
let env: Record<string, string>
beforeAll(async () => {
  gateway = await serveEcho()
  env = Object.fromEntries(
    GATEWAYS.flatMap((id) => [
      [`WAMUX_${id.toUpperCase()}_BASE_URL`, gateway.url],
      [`WAMUX_${id.toUpperCase()}_API_KEY`, 'the-own-key'],
    ]),
  )
  Object.assign(env, { WAMUX_WAWP_ACCESS_TOKEN: 'the-own-key', WAMUX_WAWP_INSTANCE_ID: 'i1' })
})
afterAll(() => gateway.close())

/** An answer that has the operation's secrets at several depths, alone, in lists and in objects. */
function answerOf({ secretAnswer, secretFields = [] }: Operation): object {
  if (secretAnswer) return { anything: SECRET, list: [{ SOME_KEY: SECRET }] }
  const fields = Object.fromEntries(secretFields.map((name) => [name, SECRET]))
  const nested = Object.fromEntries(secretFields.map((name) => [name, { inside: [SECRET] }]))
  return {
    id: 'seen',
    ...fields,
    config: { webhooks: [{ url: 'https://x.example', ...fields }], proxy: nested },
    text: JSON.stringify(fields),
  }
}

function valueFor({ enum: choices, type, pattern }: Field): unknown {
  if (choices) return choices[0]
  if (pattern) return '0123456789abcdef01234567'
  const values: Readonly<Record<string, unknown>> = { array: [], object: {}, boolean: true, integer: 1, number: 1 }
  return values[String(type)] ?? 'x'
}

const inputOf = ({ parameters = [], body }: Operation) => {
  const fields: readonly Field[] = [...parameters, ...(body?.kinds[0]?.fields ?? [])]
  return Object.fromEntries(fields.filter(({ required }) => required).map((field) => [field.name, valueFor(field)]))
}

it('there are such operations', () => {
  expect(marked.length).toBeGreaterThan(25)
  expect(marked.map(([, id]) => id)).toEqual(
    expect.arrayContaining(['keys.list', 'sessions.get', 'server.environment', 'server.heapSnapshot']),
  )
})

describe('what a document marks as secret', () => {
  it.each(marked)('is hidden in the answer of %s %s, and the rest is not', (_gateway, _id, operation) => {
    const text = JSON.stringify(withoutSecretAnswer(answerOf(operation), operation))
    expect(text).not.toContain(SECRET)
    expect(text).toContain('[redacted]')
    if (!operation.secretAnswer) expect(text).toContain('seen')
  })

  it.each(marked)('never reaches an agent: %s %s', async (id, name, operation) => {
    for (const permissions of [['change', 'access', 'send', 'danger'], ['change'], []] as readonly (readonly Permission[])[]) {
      const table = { resources: [], operations: { [name]: operation } }
      const open = { call: async () => ({ data: answerOf(operation), contentType: 'application/json' }) } as unknown as Gateway
      const reachable: Reachable = { ids: [id], table: async () => table, connect: async () => open }
      const call = callOperation(reachable, new Set(permissions), { gateway: id, operation: name }, new AbortController().signal)
      const text = JSON.stringify(await call.catch((error: Error) => error.message))
      expect(text).not.toContain(SECRET)
      if (permissions.length === 0 && operation.secretAnswer) expect(text).toContain('Nothing was sent')
    }
  })

  it.each(marked)('is hidden on the command line until somebody asks for it: %s %s', async (id, name, operation) => {
    gateway.answer = () => ({ body: answerOf(operation) })
    const args = [id, name, '--input-json', JSON.stringify(inputOf(operation)), '--yes', '--gateway', id]
    for (const flags of [[], ['--json'], ['--output', 'yaml'], ['--output', 'csv'], ['--jq', '.'], ['--verbose']]) {
      const { stdout, stderr } = await invoke([...args, ...flags], { env })
      expect(stdout + stderr, flags.join(' ')).not.toContain(SECRET)
      expect(stderr, flags.join(' ')).toContain('--show-secrets')
    }
    const shown = await invoke([...args, '--json', '--show-secrets'], { env })
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining(SECRET) })
  })

  it('is hidden by wamux api and by verbs, too', async () => {
    gateway.answer = ({ url }) => ({
      body: url.includes('keys')
        ? [{ id: 'k', key: SECRET }]
        : { name: 'default', status: 'WORKING', config: { webhooks: [{ url: 'https://x.example', hmac: { key: SECRET } }] } },
    })
    const all: string[][] = []
    for (const path of ['/api/keys', '/api/keys/', '//api/keys', '/API/keys', '/api/%6beys', '/api/x/../keys', '/api/keys?a=1'])
      all.push(['api', 'GET', path])
    all.push(['api', 'GET', '/api/sessions/default'], ['session', 'get', 'default'])
    for (const args of all) {
      for (const flags of [['--json'], [], ['--jq', '.. | strings'], ['--json=raw']]) {
        const { code, stdout, stderr } = await invoke([...args, ...flags, '--gateway', 'waha'], { env })
        expect(code, `${args} ${stderr}`).toBe(0)
        expect(stdout + stderr, args.join(' ')).not.toContain(SECRET)
      }
      const shown = await invoke([...args, '--json', '--show-secrets', '--gateway', 'waha'], { env })
      expect(shown.stdout, args.join(' ')).toContain(SECRET)
    }
  })

  it('is saved to a file only when somebody asks for it', async () => {
    const before = gateway.came.length
    const refused = await invoke(['waha', 'server', 'heap-snapshot', '--out', '/nowhere/x'], { env })
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--show-secrets') })
    expect((await invoke(['api', 'GET', '/api/keys', '--out', '/nowhere/x', '--gateway', 'waha'], { env })).code).toBe(2)
    expect(gateway.came.length).toBe(before)
  })

  it('has a flag with help and completion', async () => {
    for (const args of [
      ['api', '--help'],
      ['session', 'get', '--help'],
      ['waha', 'keys', 'list', '--help'],
    ])
      expect((await invoke(args)).stdout).toContain('--show-secrets')
  })
})
