import { connectControl } from '@wamux/emulator'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { start, wamux } from './spawned.ts'

interface Answer {
  readonly id?: number
  readonly result?: {
    readonly content?: readonly { readonly text?: string }[]
    readonly isError?: boolean
    readonly tools?: readonly { name: string }[]
  }
}

let emulator: EmulatorServer
let env: Record<string, string>

beforeAll(async () => {
  emulator = await serveEmulator({ timings: { starting: 0, connecting: 0 } })
  env = { ...emulator.gateways.waha.env }
  await wamux(['session', 'create', 'default', '--gateway', 'waha'], env)
  await wamux(['emulate', 'scan', 'default', '--gateway', 'waha'], env)
})

afterAll(() => emulator.close())

/** A client's side of a conversation. @returns the answers to what was asked, in order */
async function conversation(flags: readonly string[], calls: readonly (readonly [tool: string, input: object])[]): Promise<Answer[]> {
  const { child, ended } = start(['mcp', '--gateway', 'waha', ...flags], env, null)
  const answers = new Map<number, (answer: Answer) => void>()
  let text = ''
  child.stdout.on('data', (more: string) => {
    text += more
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      // whatever is on stdout has to be the protocol
      const answer = JSON.parse(text.slice(0, end)) as Answer
      text = text.slice(end + 1)
      if (answer.id !== undefined) answers.get(answer.id)?.(answer)
    }
  })
  let count = 0
  const ask = (method: string, params: object) =>
    new Promise<Answer>((resolve) => {
      count += 1
      answers.set(count, resolve)
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: count, method, params })}\n`)
    })
  await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } })
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`)
  const given: Answer[] = [await ask('tools/list', {})]
  for (const [name, input] of calls) given.push(await ask('tools/call', { name, arguments: input }))
  child.stdin.end()
  expect(await ended).toMatchObject({ code: 0 })
  return given
}

const said = ({ result }: Answer | undefined = {}) => [result?.isError === true, result?.content?.[0]?.text ?? ''] as const
const message = { gateway: 'waha', operation: 'messages.sendText', input: { session: 'default', chatId: '12025550143@c.us', text: 'Hi' } }
const logout = { gateway: 'waha', operation: 'sessions.logout', input: { session: 'default' } }
const remove = { gateway: 'waha', operation: 'sessions.delete', input: { session: 'default' } }

it('has three tools, finds and describes operations, and looks', async () => {
  const [tools, found, described, looked] = await conversation(
    [],
    [
      ['search_operations', { query: 'send text' }],
      ['describe_operation', { gateway: 'waha', operation: 'messages.sendText' }],
      ['call_operation', { gateway: 'waha', operation: 'sessions.list' }],
    ],
  )
  expect(tools?.result?.tools?.map(({ name }) => name)).toEqual(['search_operations', 'describe_operation', 'call_operation'])
  expect(JSON.parse(said(found)[1]).found).toContainEqual(
    expect.objectContaining({ operation: 'messages.sendText', safety: 'send', allowed: false }),
  )
  expect(JSON.parse(said(described)[1])).toMatchObject({ id: 'messages.sendText', allowed: false })
  expect(said(looked)[1]).toContain('"name":"default"')
})

it('neither sends nor deletes unless a person allows it', async () => {
  const before = (await connectControl(emulator.url).messages()).length
  const [, sent, removed] = await conversation(
    [],
    [
      ['call_operation', message],
      ['call_operation', remove],
    ],
  )
  expect(said(sent)).toEqual([true, expect.stringContaining('--allow-send')])
  expect(said(removed)).toEqual([true, expect.stringContaining('--allow-danger')])
  expect((await connectControl(emulator.url).messages()).length).toBe(before)
  const [, changed] = await conversation(['--read-only'], [['call_operation', logout]])
  expect(said(changed)).toEqual([true, expect.stringContaining('--read-only')])
  const [, allowed] = await conversation(['--allow-send'], [['call_operation', message]])
  expect(said(allowed)[0]).toBe(false)
  expect((await connectControl(emulator.url).messages()).length).toBe(before + 1)
})

it('an error is an answer that an agent can read, without secrets', async () => {
  const [, unknown, wrong, nowhere] = await conversation(
    ['--allow-send'],
    [
      ['call_operation', { gateway: 'waha', operation: 'sessions.nap' }],
      ['call_operation', { ...message, input: { ...message.input, colour: 'red' } }],
      ['call_operation', { ...message, gateway: 'nowhere' }],
    ],
  )
  expect(said(unknown)).toEqual([true, 'waha has no operation "sessions.nap". Search for it first.'])
  expect(JSON.parse(said(wrong)[1])).toMatchObject({ kind: 'invalid_request', field: 'colour' })
  expect(said(nowhere)[0]).toBe(true)
  expect(JSON.stringify([unknown, wrong, nowhere])).not.toContain(env.WAMUX_WAHA_API_KEY)
})

it('gives access only when a person allows it, and secrets never', async () => {
  const keys = { gateway: 'waha', operation: 'keys.list' }
  const qr = { gateway: 'waha', operation: 'pairing.getQr', input: { session: 'default' } }
  for (const flags of [['--read-only'], [], ['--allow-send', '--allow-danger']]) {
    const [, listed, code] = await conversation(flags, [
      ['call_operation', keys],
      ['call_operation', qr],
    ])
    expect(said(listed)).toEqual([true, expect.stringContaining(flags[0] === '--read-only' ? '--read-only' : '--allow-access')])
    expect(said(code)[0]).toBe(true)
  }
  const [, listed, session] = await conversation(
    ['--allow-access'],
    [
      ['call_operation', keys],
      ['call_operation', { gateway: 'waha', operation: 'sessions.get', input: { session: 'default' } }],
    ],
  )
  expect(said(listed)).toEqual([false, '"[redacted]"'])
  expect(said(session)[1]).toContain('"name":"default"')
  expect(JSON.stringify([listed, session])).not.toContain(env.WAMUX_WAHA_API_KEY)
})

it('refuses flags that contradict each other', async () => {
  for (const flag of ['send', 'access', 'danger'])
    expect(await wamux(['mcp', '--read-only', `--allow-${flag}`], env)).toMatchObject({ code: 2 })
})

it('odd arguments, gateways, operations and tools get a clear error, and nothing odd is found', async () => {
  const odd: readonly unknown[] = [null, [], 'x', 5, {}, { gateway: null }, { gateway: ['waha'], operation: 'server.ping' }]
  const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'x'.repeat(100_000)]
  const inputs: readonly unknown[] = [
    null,
    [],
    'x',
    5,
    JSON.parse('{"__proto__":{"session":"default"}}'),
    { constructor: 1 },
    { session: {} },
  ]
  const calls: readonly (readonly [string, unknown])[] = [
    ...['search_operations', 'describe_operation', 'call_operation'].flatMap((tool) => odd.map((one) => [tool, one] as const)),
    ...words.flatMap((word) => [
      ['call_operation', { gateway: word, operation: 'server.ping' }] as const,
      ['call_operation', { gateway: 'waha', operation: word }] as const,
      ['describe_operation', { gateway: 'waha', operation: word }] as const,
      [word, {}] as const,
    ]),
    ...inputs.map((input) => ['call_operation', { gateway: 'waha', operation: 'sessions.get', input }] as const),
  ]
  const [, ...answers] = await conversation(['--allow-send'], calls as readonly (readonly [string, object])[])
  expect(answers).toHaveLength(calls.length)
  for (const [at, answer] of answers.entries()) {
    const { result, error } = answer as { result?: { isError?: boolean }; error?: { message: string } }
    const text = error?.message ?? said(answer)[1]
    const call = JSON.stringify(calls[at]).slice(0, 120)
    expect(error !== undefined || result?.isError === true, call).toBe(true)
    expect(text, call).not.toMatch(/TypeError|Cannot read|is not a function|\n {4}at /)
    expect(text.length, call).toBeGreaterThan(5)
    expect(text, call).not.toContain(env.WAMUX_WAHA_API_KEY)
  }
})

it('outlives whatever a client writes, and answers each of it', async () => {
  const { child, ended } = start(['mcp', '--gateway', 'waha'], env, null)
  const deep = '{"a":'.repeat(10_000) + '1'.padEnd(10_001, '}')
  const odd = [
    'hello',
    '[]',
    'null',
    '{"jsonrpc":"2.0","id":{},"method":"tools/list"}',
    '{"jsonrpc":"2.0","id":1,"method":"__proto__"}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"constructor","arguments":{}}}',
    `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":${deep}}`,
    'x'.repeat(11 * 1024 * 1024),
  ]
  const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }
  const answers: { id: unknown; error?: { code: number } }[] = []
  let text = ''
  const last = new Promise<void>((resolve) => {
    child.stdout.on('data', (more: string) => {
      const lines = (text + more).split('\n')
      text = lines.pop() ?? ''
      answers.push(...lines.map((line) => JSON.parse(line)))
      if (answers.some(({ id }) => id === 'last')) resolve()
    })
  })
  const write = (line: string) => child.stdin.write(`${line}\n`)
  write(JSON.stringify({ jsonrpc: '2.0', id: 'first', method: 'initialize', params: hello }))
  for (const line of odd) write(line)
  write('{"jsonrpc":"2.0","id":"last","method":"tools/list"}')
  await last
  child.stdin.end()
  expect(await ended).toMatchObject({ code: 0 })
  const codes = answers.flatMap(({ error }) => error?.code ?? []).sort()
  expect(codes).toEqual([-32_600, -32_600, -32_600, -32_600, -32_600, -32_601, -32_602, -32_602, -32_700].sort())
})
