import type { WireBody } from './request-body.ts'

export interface RequestHead {
  /** Names and values in turn, as node:http takes them. */
  readonly fields: string[]
  /** False when a value has a character that is one byte in a head and two in UTF-8. */
  readonly ascii: boolean
  /** Bytes of the body, when they are known. */
  readonly length: number | undefined
}

export interface HeadDefaults {
  readonly host: string
  readonly acceptEncoding: string | undefined
  readonly proxyAuthorization: string | undefined
}

const PLAIN_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const ASCII = /^[\t\x20-\x7e]*$/
// they say how the message is framed, which is not for the caller to decide
const REFUSED = new Set(['transfer-encoding', 'keep-alive', 'upgrade', 'expect'])
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE'])

/**
 * The head of a request: the caller's fields as fetch normalises them, then what is missing. Names and characters are checked by
 * node:http.
 *
 * @throws {TypeError} for a field that would change the framing
 */
export function requestHead(
  method: string,
  headers: Record<string, string>,
  body: WireBody | undefined,
  defaults: HeadDefaults,
): RequestHead {
  const fields: string[] = []
  let ascii = true
  let length = body?.length ?? (body || WITHOUT_BODY.has(method) ? undefined : 0)
  let given = 0
  for (const key in headers) {
    const name = key.toLowerCase()
    let value = `${headers[key]}`
    if (!PLAIN_VALUE.test(value)) {
      // only blanks: a line break is an error, even at the end
      value = value.replace(/^[\t ]+|(?<![\t ])[\t ]+$/g, '')
      if (!ASCII.test(value)) ascii = false
    }
    if (REFUSED.has(name)) throw refused(name)
    const same = name === 'content-length' ? -1 : placeOf(fields, name)
    if (name === 'content-length') {
      if (length !== undefined && value !== String(length)) throw refused(name)
      if (length === undefined && /^\d+$/.test(value) && body) length = Number(value)
    } else if (same >= 0) fields[same + 1] = `${fields[same + 1]}, ${value}`
    else fields.push(name, value)
    if (Object.hasOwn(BITS, name)) given |= BITS[name] ?? 0
  }
  if (!(given & 1)) fields.push('host', defaults.host)
  if (!(given & 2)) fields.push('accept', '*/*')
  if (!(given & 4) && body?.type) fields.push('content-type', body.type)
  if (!(given & 8) && defaults.acceptEncoding) fields.push('accept-encoding', defaults.acceptEncoding)
  // what fetch sends, so that a firewall sees the same client
  if (!(given & 16)) fields.push('user-agent', 'node')
  if (defaults.proxyAuthorization) fields.push('proxy-authorization', defaults.proxyAuthorization)
  if (length !== undefined) fields.push('content-length', String(length))
  return { fields, ascii, length }
}

// five yes/no facts as bits of one number: an object for each request would cost more
const BITS: Readonly<Record<string, number>> = { host: 1, accept: 2, 'content-type': 4, 'accept-encoding': 8, 'user-agent': 16 }

function placeOf(fields: readonly string[], name: string): number {
  for (let place = 0; place < fields.length; place += 2) if (fields[place] === name) return place
  return -1
}

function refused(name: string): TypeError {
  return Object.assign(new TypeError(`the header ${name} must not be set here, or does not fit the body`), {
    code: 'ERR_INVALID_ARG_VALUE',
  })
}
