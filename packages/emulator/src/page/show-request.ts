import type { Operation } from '@wamux/core'
import { createRedactor, type Redactor } from '@wamux/core/inspect'
import { isRecord } from '../faces/http.ts'
import type { GatewayCredentials } from '../gateways.ts'
import { NAMESPACE_PREFIX } from '../namespaces.ts'
import type { GatewayId } from '../sessions/session.ts'
import { operationAt, pathOf } from './operations.ts'
import type { LoggedRequest } from './request-log.ts'
import type { BodyText, RequestDetails, RequestRow } from './types.ts'

const SECRET_NAME =
  /^(authorization|proxy-authorization|cookie|set-cookie|token|access-token|access_token|.*api[-_]?key|.*secret|password)$/i
const HIDDEN = '[redacted]'
const QUERY_NAMES = ['access_token', 'token', 'api_key', 'apikey', 'apiKey', 'key', 'secret', 'password']
// curl makes them by itself
const NOT_COPIED = /^(host|connection|content-length|accept-encoding|user-agent|accept|accept-language|sec-.*|origin|referer|cookie)$/i
const DEPTH = 12

/** How requests are shown: without secrets, with the operation that they are. */
export interface RequestDisplay {
  row(request: LoggedRequest): RequestRow
  details(request: LoggedRequest): RequestDetails
  url(url: string): string
  /** Headers and body of anything else that went over the wire. */
  clean(headers: Iterable<readonly [string, string]>, body: string): { readonly headers: [string, string][]; readonly body: BodyText }
}

/**
 * @param credentials their values are replaced wherever they stand
 * @param baseUrlOf where a gateway is
 */
export function createRequestDisplay(credentials: GatewayCredentials, baseUrlOf: (gateway: GatewayId) => string): RequestDisplay {
  const named = Object.entries(credentials).flatMap(([gateway, fields]) =>
    Object.entries(fields).map(([field, value]): [string, string] => [value, variable(gateway, field)]),
  )
  // an instance's id is in every path and no secret
  const secret = named.filter(([, name]) => !name.endsWith('_ID'))
  const redactor = createRedactor(
    secret.map(([value]) => value),
    QUERY_NAMES,
  )
  const hide = (text: string) => redactor.text(text)

  /** `"$WAMUX_WAHA_API_KEY"` in place of a key that is the emulator's, and nothing in place of others. */
  function variableFor(value: string): string | undefined {
    return secret.find(([one]) => value === one || value.endsWith(` ${one}`))?.[1]
  }

  function row(request: LoggedRequest): RequestRow {
    const { id, at, gateway, namespace, method, target, answer, own } = request
    const operation = operationAt(gateway, method, target)?.id ?? ''
    const answered = answer ? { ms: answer.ms, status: answer.status } : {}
    const place = namespace === undefined ? {} : { namespace }
    return { id, at, gateway, ...place, operation, method, path: redactor.url(target), own, ...answered }
  }

  function details(request: LoggedRequest): RequestDetails {
    const { gateway, method, target, headers, body, size, answer } = request
    const operation = operationAt(gateway, method, target)
    const requestBody = bodyText(body, size, typeOf(headers), bodySecrets(operation), redactor)
    return {
      ...row(request),
      about: operation?.about ?? '',
      requestHeaders: cleanHeaders(headers, hide),
      requestBody,
      responseHeaders: cleanHeaders(Object.entries(answer?.headers ?? {}), hide),
      responseBody: answerText(answer, operation, redactor),
      curl: asCurl(request, requestBody),
      wamux: asWamux(request, requestBody),
    }
  }

  /** Where the gateway of a request is, in its namespace. */
  function baseUrlFor({ gateway, namespace }: LoggedRequest): string {
    const { origin, pathname } = new URL(baseUrlOf(gateway))
    return `${origin}${namespace === undefined ? '' : NAMESPACE_PREFIX + namespace}${pathname}`
  }

  function asCurl(request: LoggedRequest, body: BodyText): string {
    const { method, target, headers } = request
    const shown = [...headers]
      .filter(([name]) => !NOT_COPIED.test(name))
      .map(([name, value]) => {
        const known = variableFor(value)
        if (known) return `  -H "${name}: $${known}"`
        return `  -H ${quote(`${name}: ${SECRET_NAME.test(name) ? HIDDEN : hide(value)}`)}`
      })
    const url = `${baseUrlFor(request)}${redactor.url(target)}`
    const data = body.text === '' || body.cut ? [] : [`  --data-raw ${quote(body.text)}`]
    return [`curl -X ${quote(method)} ${quote(url)}`, ...shown, ...data].join(' \\\n')
  }

  function asWamux(request: LoggedRequest, body: BodyText): string {
    const { gateway, namespace, method, target } = request
    const query = new URLSearchParams(redactor.url(target).split(/\?(.*)/s)[1] ?? '')
    const asked = [...query].filter(([name]) => !SECRET_NAME.test(name)).map(([name, value]) => `--query ${quote(`${name}=${value}`)}`)
    const fields = body.cut ? [] : fieldsOf(body.text)
    // the command line has no flag for another address
    const place = namespace === undefined ? [] : [`${variable(gateway, 'baseUrl')}=${quote(baseUrlFor(request))}`]
    return [...place, `wamux api ${quote(method)} ${quote(pathOf(target))} --gateway ${gateway}`, ...asked, ...fields].join(' ')
  }

  return {
    row,
    url: redactor.url,
    details,
    clean: (headers, body) => ({
      headers: cleanHeaders(headers, hide),
      body: { text: hide(pretty(body, [], redactor)), size: new TextEncoder().encode(body).length, cut: false },
    }),
  }
}

function variable(gateway: string, field: string): string {
  return `WAMUX_${gateway}_${field.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase()
}

function typeOf(headers: Iterable<readonly [string, string]>): string {
  for (const [name, value] of headers) if (name.toLowerCase() === 'content-type') return value
  return ''
}

function cleanHeaders(headers: Iterable<readonly [string, string]>, hide: (text: string) => string): [string, string][] {
  return [...headers].map(([name, value]) => [name, SECRET_NAME.test(name) ? HIDDEN : hide(value)])
}

function bodySecrets(operation: Operation | undefined): readonly string[] {
  return operation?.body?.kinds.flatMap(({ fields = [] }) => fields.filter((field) => field.secret).map(({ name }) => name)) ?? []
}

function answerText(answer: LoggedRequest['answer'], operation: Operation | undefined, redactor: Redactor): BodyText {
  if (!answer || answer.size === 0) return { text: '', size: 0, cut: false }
  if (operation?.secretAnswer && answer.status < 400) return { text: HIDDEN, size: answer.size, cut: false }
  return bodyText(answer.body, answer.size, answer.headers['content-type'] ?? '', operation?.secretFields ?? [], redactor)
}

function bodyText(
  body: string | Uint8Array | undefined,
  size: number,
  type: string,
  names: readonly string[],
  redactor: Redactor,
): BodyText {
  if (body === undefined || size === 0) return { text: '', size, cut: false }
  if (!/json|text|xml|html|urlencoded|javascript|svg/i.test(type))
    return { text: `(${size} bytes of ${type || 'no type'})`, size, cut: true }
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  return { text: redactor.text(pretty(text, names, redactor)), size, cut: typeof body !== 'string' && size > body.length }
}

/** JSON with a field per line and its secrets replaced; other text as it is. */
function pretty(text: string, names: readonly string[], redactor: Redactor): string {
  try {
    return JSON.stringify(withoutSecrets(JSON.parse(text), new Set(names), 0), undefined, 2)
  } catch {
    return redactor.text(text)
  }
}

function withoutSecrets(value: unknown, names: ReadonlySet<string>, depth: number): unknown {
  if (depth > DEPTH) return value
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, names, depth + 1))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const hidden = typeof inner === 'string' && inner !== '' && (names.has(name) || SECRET_NAME.test(name))
      return [name, hidden ? HIDDEN : withoutSecrets(inner, names, depth + 1)]
    }),
  )
}

/** A JSON body as fields of `wamux api`. */
function fieldsOf(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? Object.entries(value).flatMap(([name, inner]) => fieldOf(name, inner, 0)) : []
  } catch {
    return []
  }
}

function fieldOf(path: string, value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [`-f ${quote(`${path}=${value}`)}`]
  if (depth > DEPTH || typeof value !== 'object' || value === null) return [`-F ${quote(`${path}=${JSON.stringify(value)}`)}`]
  const inner = Array.isArray(value)
    ? value.map((item): [string, unknown] => [`${path}[]`, item])
    : Object.entries(value).map(([name, item]): [string, unknown] => [`${path}[${name}]`, item])
  return inner.flatMap(([name, item]) => fieldOf(name, item, depth + 1))
}

function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
