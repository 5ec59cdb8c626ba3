import { Transform, type TransformCallback } from 'node:stream'

/** Longest message, bytes. */
const MOST_BYTES = 10 * 1024 * 1024
/** Deepest nesting of a message; more makes code that reads it by recursion run out of stack. */
const DEEPEST = 256
const NEWLINE = 0x0a

const PARSE_ERROR = -32_700
const INVALID_REQUEST = -32_600
const INVALID_PARAMS = -32_602

/** What is wrong with a message. */
interface Wrong {
  readonly code: number
  readonly message: string
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Passes the messages of an MCP client on, one a line, and answers those that are none: not JSON, no request by JSON-RPC, parameters of
 * another kind, a tool that is not there. The SDK ignores most of these, and the client would wait for ever.
 *
 * @param tools names of the tools
 * @param answer writes a line to the client
 * @returns a stream for what the client writes; messages that can be understood come out of it
 */
export function createFrames(tools: readonly string[], answer: (line: string) => void): Transform {
  let pieces: Buffer[] = []
  let bytes = 0

  function take(piece: Buffer): void {
    bytes += piece.length
    // the rest of a line that is too long is not kept
    if (bytes <= MOST_BYTES) pieces.push(piece)
    else pieces = []
  }

  function endLine(stream: Transform): void {
    const [line, length] = [Buffer.concat(pieces).toString('utf8').trim(), bytes]
    pieces = []
    bytes = 0
    if (length > MOST_BYTES) {
      refuse(null, { code: INVALID_REQUEST, message: `A message may have ${MOST_BYTES} bytes at most.` })
      return
    }
    if (line === '') return
    const { id, wrong, plain = line } = checkFrame(line, tools)
    if (!wrong) stream.push(`${plain}\n`)
    else if (id !== undefined) refuse(id, wrong)
  }

  function refuse(id: string | number | null, error: Wrong): void {
    answer(`${JSON.stringify({ jsonrpc: '2.0', id, error })}\n`)
  }

  return new Transform({
    transform(chunk: Buffer | string, _encoding, done: TransformCallback) {
      let rest = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
        take(rest.subarray(0, end))
        endLine(this)
        rest = rest.subarray(end + 1)
      }
      take(rest)
      done()
    },
    flush(done) {
      endLine(this)
      done()
    },
  })
}

/**
 * Checks a message.
 *
 * @param line the message
 * @param tools names of the tools
 * @returns what is wrong, and whom to answer: the id of the request, `null` where it is not known, nothing for a notification; `plain` is
 *   the message without the fields that the SDK does not know, as it ignores a message that has some
 */
export function checkFrame(
  line: string,
  tools: readonly string[],
): { readonly id: string | number | null | undefined; readonly wrong?: Wrong; readonly plain?: string } {
  let frame: unknown
  try {
    frame = JSON.parse(line)
  } catch {
    return { id: null, wrong: { code: PARSE_ERROR, message: 'Not JSON. Each line has to be one JSON-RPC message.' } }
  }
  const invalid = (message: string, id: string | number | null = null) => ({ id, wrong: { code: INVALID_REQUEST, message } })
  if (Array.isArray(frame)) return invalid('A list of messages is not taken: send each on a line of its own.')
  if (!isRecord(frame)) return invalid('A message has to be an object: {"jsonrpc":"2.0","id":1,"method":"tools/list"}.')
  const { id } = frame
  const isId = typeof id === 'string' || Number.isSafeInteger(id)
  if (Object.hasOwn(frame, 'id') && !isId) return invalid('id: expected a text or a whole number')
  const asked = isId ? (id as string | number) : undefined
  const isResponse = !Object.hasOwn(frame, 'method') && (Object.hasOwn(frame, 'result') || Object.hasOwn(frame, 'error'))
  // a response gets no answer; the SDK ignores one that it did not ask for
  if (isResponse) return isWellMadeResponse(frame) ? { id: undefined } : { id: undefined, wrong: { code: INVALID_REQUEST, message: '' } }
  if (frame.jsonrpc !== '2.0') return invalid('jsonrpc: expected "2.0"', asked ?? null)
  if (typeof frame.method !== 'string') return invalid('method: expected a text', asked ?? null)
  if (nestsDeeply(frame)) return invalid(`Nested deeper than ${DEEPEST} levels.`, asked ?? null)
  const message = wrongParams(frame.method, frame.params, tools)
  return message === undefined ? { id: asked, ...plainFrame(frame) } : { id: asked, wrong: { code: INVALID_PARAMS, message } }
}

const MEMBERS: readonly string[] = ['jsonrpc', 'id', 'method', 'params']

function plainFrame(frame: Fields): { readonly plain?: string } {
  const params = isRecord(frame.params) ? frame.params : {}
  const meta = own(params, '_meta')
  const foreign = Object.keys(frame).some((name) => !MEMBERS.includes(name))
  const foreignMeta = isRecord(meta) && Object.keys(meta).some((name) => name !== 'progressToken')
  if (!foreign && !foreignMeta) return {}
  const kept = Object.fromEntries(MEMBERS.map((name) => [name, own(frame, name)]))
  const plain = foreignMeta ? { ...kept, params: { ...params, _meta: { progressToken: own(meta, 'progressToken') } } } : kept
  return { plain: JSON.stringify(plain) }
}

function isWellMadeResponse({ jsonrpc, id, result, error }: Fields): boolean {
  return jsonrpc === '2.0' && id !== undefined && (isRecord(result) || isRecord(error))
}

function wrongParams(method: string, params: unknown, tools: readonly string[]): string | undefined {
  if (params !== undefined && !isRecord(params)) return 'params: expected an object'
  const given = params ?? {}
  const meta = own(given, '_meta')
  if (meta !== undefined && !isRecord(meta)) return 'params._meta: expected an object'
  const token = isRecord(meta) ? own(meta, 'progressToken') : undefined
  if (token !== undefined && typeof token !== 'string' && !Number.isSafeInteger(token))
    return 'params._meta.progressToken: expected a text or a whole number'
  if (method === 'initialize') return wrongHello(given)
  if (method !== 'tools/call') return undefined
  const [name, input] = [own(given, 'name'), own(given, 'arguments')]
  if (typeof name !== 'string') return 'params.name: expected the name of a tool'
  if (!tools.includes(name)) return `There is no tool ${JSON.stringify(name.slice(0, 100))}; there are ${tools.join(', ')}.`
  return input === undefined || isRecord(input) ? undefined : 'params.arguments: expected an object'
}

function wrongHello(params: Fields): string | undefined {
  if (typeof own(params, 'protocolVersion') !== 'string') return 'params.protocolVersion: expected a text, as "2025-06-18"'
  if (!isRecord(own(params, 'capabilities'))) return 'params.capabilities: expected an object'
  const client = own(params, 'clientInfo')
  const isClient = isRecord(client) && typeof own(client, 'name') === 'string' && typeof own(client, 'version') === 'string'
  return isClient ? undefined : 'params.clientInfo: expected an object with name and version'
}

/** A field of its own: what every object has is none. */
function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// level by level, as a function that calls itself would be what runs out of stack
function nestsDeeply(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
