import { GatewayError, invalidInput } from '../errors/gateway-error.ts'

type Fields = Readonly<Record<string, unknown>>

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/**
 * Throws an error that names the malformed option of a call, in place of the TypeError that openapi-fetch failed with. Errors of the
 * caller's own middleware are thrown as they are.
 *
 * @param error what was thrown
 * @param args what openapi-fetch was called with; the last one is the options, with the path as `call.template`
 * @throws {GatewayError} `invalid_request`: an option is not what it should be
 */
export function find(error: unknown, args: readonly unknown[]): never {
  if (GatewayError.is(error)) throw error
  const options = args.at(-1) as Fields
  const { headers, params, middleware, baseUrl, call } = options
  if (typeof (call as Fields).template !== 'string') throw wrong('path', 'a path of the gateway, as text')
  const field = wrongHeader(headers) ?? wrongHeader((params as Fields | undefined)?.header)
  if (field !== undefined) throw wrong(`headers.${field}`, 'a text without line breaks, under a name of letters, digits and dashes')
  if (middleware !== undefined && !Array.isArray(middleware)) throw wrong('middleware', 'a list')
  if (baseUrl !== undefined && typeof baseUrl !== 'string') throw wrong('baseUrl', 'a text')
  for (const name of ['fetch', 'Request', 'querySerializer'] as const) {
    if (options[name] !== undefined) throw wrong(name, 'nothing: a call takes those of its client')
  }
  throw error
}

function wrong(field: string, expected: string): GatewayError {
  return invalidInput(field, `expected ${expected}`)
}

/** The name of a header that cannot be sent. */
function wrongHeader(headers: unknown): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined
  try {
    const pairs = Object.entries(headers as Fields)
    return pairs.find(([name, value]) => !HEADER_NAME.test(name) || !isText(value))?.[0].slice(0, 100)
  } catch {
    // reading the fields of this object throws
    return '*'
  }
}

function isText(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isText)
  // these are left out, or written as text
  if (value === undefined || value === null || typeof value === 'number' || typeof value === 'boolean') return true
  return typeof value === 'string' && !/[\r\n\0]/.test(value)
}
