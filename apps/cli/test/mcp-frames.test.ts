import { describe, expect, it } from 'vitest'
import { checkFrame, createFrames } from '../src/commands/mcp/frames.ts'

const TOOLS = ['search_operations', 'call_operation']
const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } }
const frame = (more: object) => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', ...more })
const call = (params: unknown) => frame({ method: 'tools/call', params })
const code = (line: string) => checkFrame(line, TOOLS).wrong?.code

/** What comes out of the stream, and what is answered. */
async function sent(...chunks: (string | Buffer)[]) {
  const answers: { id: unknown; error: { code: number } }[] = []
  const frames = createFrames(TOOLS, (line) => answers.push(JSON.parse(line)))
  let passed = ''
  frames.setEncoding('utf8').on('data', (text: string) => {
    passed += text
  })
  for (const chunk of chunks) frames.write(chunk)
  await new Promise((resolve) => frames.on('end', resolve).end())
  return { passed: passed.split('\n').filter(Boolean), answers: answers.map(({ id, error }) => [id, error.code]) }
}

describe('messages of a client', () => {
  it.each([
    ['a request', frame({})],
    ['an id as text', frame({ id: 'a' })],
    ['an id that every object has', frame({ id: '__proto__' })],
    ['a notification', frame({ id: undefined, method: 'notifications/initialized' })],
    ['a method that the SDK does not know', frame({ method: 'constructor' })],
    ['a greeting', frame({ method: 'initialize', params: hello })],
    ['a call', call({ name: 'call_operation', arguments: {} })],
    ['a call without arguments', call({ name: 'search_operations' })],
    ['a response', '{"jsonrpc":"2.0","id":1,"result":{}}'],
    ['fields that nobody knows', frame({ params: { more: [1, { a: 2 }] } })],
  ])('%s is passed on', (_, line) => expect(checkFrame(line, TOOLS).wrong).toBeUndefined())

  it.each<readonly [name: string, line: string, code: number, id: unknown]>([
    ['words', 'hello', -32_700, null],
    ['half of one', '{"jsonrpc":"2.0","id":1', -32_700, null],
    ['control characters', '\u0000\u0001', -32_700, null],
    ['a number', '5', -32_600, null],
    ['a text', '"x"', -32_600, null],
    ['null', 'null', -32_600, null],
    ['an empty list', '[]', -32_600, null],
    ['a list of messages', `[${frame({})}]`, -32_600, null],
    ['no version', '{"id":7,"method":"tools/list"}', -32_600, 7],
    ['another version', frame({ id: 7, jsonrpc: '1.0' }), -32_600, 7],
    ['no method', '{"jsonrpc":"2.0","id":"a"}', -32_600, 'a'],
    ['a method that is no text', frame({ method: {} }), -32_600, 1],
    ...[null, {}, [1], true, 1.5].map((id) => [`the id ${JSON.stringify(id)}`, frame({ id }), -32_600, null] as const),
    ['an endless id', '{"jsonrpc":"2.0","id":1e400,"method":"tools/list"}', -32_600, null],
    ...[[], 'x', 5, null, true].map((params) => [`the parameters ${JSON.stringify(params)}`, call(params), -32_602, 1] as const),
    ...['__proto__', 'constructor', 'hasOwnProperty', 'nap', '', 5, null, {}].map(
      (name) => [`the tool ${JSON.stringify(name)}`, call({ name, arguments: {} }), -32_602, 1] as const,
    ),
    ...['x', [], null, 5].map(
      (input) => [`the arguments ${JSON.stringify(input)}`, call({ name: 'call_operation', arguments: input }), -32_602, 1] as const,
    ),
    ['a greeting of nothing', frame({ method: 'initialize', params: {} }), -32_602, 1],
    ['a greeting without a name', frame({ method: 'initialize', params: { ...hello, clientInfo: {} } }), -32_602, 1],
    ['an odd token', frame({ params: { _meta: { progressToken: {} } } }), -32_602, 1],
    ['odd facts beside', frame({ params: { _meta: [] } }), -32_602, 1],
    [
      'a tool from the prototype',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"__proto__":{"name":"call_operation"}}}',
      -32_602,
      1,
    ],
  ])('%s is answered as an error of JSON-RPC', async (_, line, expected, id) => {
    expect(await sent(`${line}\n`)).toEqual({ passed: [], answers: [[id, expected]] })
  })

  it('says what was expected', () => {
    expect(checkFrame(call({ name: 'constructor' }), TOOLS).wrong?.message).toBe(
      'There is no tool "constructor"; there are search_operations, call_operation.',
    )
    expect(checkFrame(call({ name: 'call_operation', arguments: [] }), TOOLS).wrong?.message).toBe('params.arguments: expected an object')
  })

  it('what needs no answer gets none', async () => {
    const odd = frame({ id: undefined, method: 'notifications/cancelled', params: 'x' })
    expect(await sent(`\n  \n${odd}\n{"jsonrpc":"2.0","id":1,"result":5}\n{"id":1,"error":"x"}\n`)).toEqual({ passed: [], answers: [] })
  })

  it.each([10_000, 100_000])('%i levels are refused, wherever they are', (depth) => {
    const deep = '{"a":'.repeat(depth) + '1'.padEnd(depth + 1, '}')
    for (const line of [
      `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":${deep}}`,
      `{"jsonrpc":"2.0","id":1,"method":"x","more":${deep}}`,
    ])
      expect(code(line)).toBe(-32_600)
    expect(code('['.repeat(depth) + ']'.repeat(depth))).toBe(-32_600)
    expect(code(`{"jsonrpc":"2.0","id":${'['.repeat(depth)}${']'.repeat(depth)},"method":"x"}`)).toBe(-32_600)
  })
})

describe('lines', () => {
  it('may come in any pieces, several at once, and with an end that is cut off', async () => {
    const [a, b] = [frame({ id: 1 }), frame({ id: 2, params: { text: 'größer 👍' } })]
    const bytes = Buffer.from(`${a}\r\n${b}\nnonsense\n${a}`)
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) => bytes.subarray(at * 7, at * 7 + 7))
    expect(await sent(...pieces)).toEqual({ passed: [a, b, a], answers: [[null, -32_700]] })
  })

  it('of more than 10 MB are refused, and the next one is read', async () => {
    const huge = Buffer.alloc(1024 * 1024, 'x')
    expect(await sent(...Array.from({ length: 12 }, () => huge), `\n${frame({})}\n`)).toEqual({
      passed: [frame({})],
      answers: [[null, -32_600]],
    })
  })
})

describe('what the SDK would not answer', () => {
  it.each([
    ['a field beside the others', { more: 1 }],
    ['a field that every object has', JSON.parse('{"__proto__":{"x":1}}')],
    ['a result beside a method', { result: {} }],
    ['an error beside a method', { error: { code: 1, message: 'x' } }],
    ['a field of _meta of another kind', { params: { _meta: { 'io.modelcontextprotocol/related-task': 5, progressToken: 7 } } }],
  ])('%s is left out', async (_, more) => {
    const { passed, answers } = await sent(`${frame(more)}\n`)
    const meta = 'params' in more ? { params: { _meta: { progressToken: 7 } } } : {}
    expect(passed.map((line) => JSON.parse(line))).toEqual([{ jsonrpc: '2.0', id: 1, method: 'tools/list', ...meta }])
    expect(answers).toEqual([])
  })

  it.each([
    ['an id that JavaScript cannot hold', '{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}', null, -32_600],
    ['half a progress token', frame({ params: { _meta: { progressToken: 1.5 } } }), 1, -32_602],
  ])('%s is refused', async (_, line, id, code) => {
    expect(await sent(`${line}\n`)).toEqual({ passed: [], answers: [[id, code]] })
  })
})
