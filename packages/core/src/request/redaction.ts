import { createRedactor, type Redactor } from '../errors/redactor.ts'
import { isWireBody } from './body.ts'
import { type ParsedResponse, parseResponse } from './response.ts'
import type { RequestContext } from './types.ts'

// before anything is read or cut out of it: half a secret would not be recognised any more
export function withoutSecrets(response: ParsedResponse, redactor: Redactor): ParsedResponse {
  const clean = redactor.text(response.text ?? '')
  return clean === (response.text ?? '') ? response : parseResponse({ status: response.status, headers: response.headers, body: clean })
}

const redactors = new WeakMap<RequestContext, Redactor>()

/** The redactor of a gateway, with the secrets of one call's body. */
export function redactorFor(context: RequestContext, body?: unknown, secretNames?: readonly string[]): Redactor {
  const { secrets: credentials, queryNames } = context.authorization
  const redactor = redactors.get(context) ?? createRedactor([...credentials, ...secretHeaders(context.headers)], queryNames)
  redactors.set(context, redactor)
  const secrets = secretValues(body, secretNames)
  return secrets.length > 0 ? redactor.with(secrets) : redactor
}

// headers that the user adds for a proxy on the way
function secretHeaders(headers: Readonly<Record<string, string>>): string[] {
  const secret = /auth|token|key|secret|cookie|password/i
  return Object.entries(headers).flatMap(([name, value]) => (secret.test(name) ? [value, value.replace(/^\S+\s+/, '')] : []))
}

function secretValues(body: unknown, names: readonly string[] = [], depth = 0): string[] {
  if (names.length === 0 || depth > 6 || typeof body !== 'object' || body === null || isWireBody(body)) return []
  return Object.entries(body).flatMap(([name, value]) => {
    if (typeof value === 'string') return names.includes(name) ? [value] : []
    return secretValues(value, names, depth + 1)
  })
}
