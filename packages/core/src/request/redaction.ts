import { GatewayError } from '../errors/gateway-error.ts'
import { createRedactor, type Redactor } from '../errors/redactor.ts'
import { isWireBody } from './body.ts'
import type { RawResponse, ResponseHeaders } from './response.ts'
import type { RequestContext } from './types.ts'

/**
 * Removes secrets from an error response, because gateways may repeat them in headers or body. It must run before anything is parsed or
 * cut off: the redactor looks for whole secrets, so the first half of one would stay visible.
 *
 * @param response the response as it came
 * @param redactor knows the secrets
 * @returns the same response with secrets replaced
 */
export function withoutSecrets({ status, headers, body }: RawResponse, redactor: Redactor): RawResponse {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const clean = redactor.text(text)
  return { status, headers: cleanHeaders(headers, redactor), body: clean === text ? body : clean }
}

function cleanHeaders(headers: ResponseHeaders, redactor: Redactor): ResponseHeaders {
  if (Symbol.iterator in headers) {
    const entries = [...(headers as Iterable<[string, string]>)].map(([name, value]): [string, string] => [name, redactor.text(value)])
    return new Headers(entries)
  }
  return new CleanHeaders(headers, redactor)
}

/**
 * Headers of a transport that can only be read one field at a time. A class, because `new Response` reads every property of a plain object
 * as a header.
 */
class CleanHeaders implements ResponseHeaders {
  readonly #headers: ResponseHeaders
  readonly #redactor: Redactor

  constructor(headers: ResponseHeaders, redactor: Redactor) {
    this.#headers = headers
    this.#redactor = redactor
  }

  get(name: string): string | null {
    const value = this.#headers.get(name)
    return value === null ? null : this.#redactor.text(value)
  }
}

/**
 * Replaces secrets in everything that an error shows. Every error of core passes through here.
 *
 * @param error is changed
 * @param redactor knows the secrets
 * @returns the same error
 */
export function hideSecrets(error: GatewayError, redactor: Redactor): GatewayError {
  const shown = error as unknown as Record<string, unknown>
  for (const name of new Set(['message', 'stack', ...Object.keys(error)])) {
    const value = shown[name]
    const clean = typeof value === 'string' ? redactor.text(value) : value
    if (clean !== value)
      Object.defineProperty(error, name, {
        value: clean,
        configurable: true,
        writable: true,
        enumerable: name !== 'message' && name !== 'stack',
      })
  }
  if (error.cause instanceof Error && !GatewayError.is(error.cause)) error.cause = redactor.error(error.cause)
  return error
}

const redactors = new WeakMap<RequestContext, Redactor>()

/**
 * The redactor of a gateway: it knows the credentials and secret headers, and the secrets of one call's body.
 *
 * @param context the gateway
 * @param body body of the call
 * @param secretNames names of fields of `body`, at any depth, whose values are secret
 */
export function redactorFor(context: RequestContext, body?: unknown, secretNames?: readonly string[]): Redactor {
  const { secrets: credentials, queryNames } = context.authorization
  const redactor = redactors.get(context) ?? createRedactor([...credentials, ...secretHeaders(context.headers)], queryNames)
  redactors.set(context, redactor)
  const secrets = secretValues(body, secretNames)
  return secrets.length > 0 ? redactor.with(secrets) : redactor
}

// values of secret headers that the user's configuration adds, for example for a proxy
function secretHeaders(headers: Readonly<Record<string, string>>): string[] {
  const secret = /auth|token|key|secret|cookie|password/i
  return Object.entries(headers).flatMap(([name, value]) => {
    if (!secret.test(name)) return []
    const behindScheme = value.replace(/^\S+\s+/, '')
    return [value, behindScheme, ...userAndPassword(behindScheme)]
  })
}

function userAndPassword(base64: string): string[] {
  try {
    const text = atob(base64)
    const at = text.indexOf(':')
    return at < 0 ? [] : [text, text.slice(at + 1)]
  } catch {
    return []
  }
}

function secretValues(body: unknown, names: readonly string[] = [], depth = 0): string[] {
  if (names.length === 0 || depth > 6 || typeof body !== 'object' || body === null || isWireBody(body)) return []
  return Object.entries(body).flatMap(([name, value]) => {
    if (typeof value === 'string') return names.includes(name) ? [value] : []
    return secretValues(value, names, depth + 1)
  })
}
