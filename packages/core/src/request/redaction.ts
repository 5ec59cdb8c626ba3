import { createRedactor, type Redactor } from '../errors/redactor.ts'
import { isWireBody } from './body.ts'
import { type ReadAnswer, readAnswer } from './response.ts'
import type { ExchangeContext } from './types.ts'

// before anything is read or cut out of it: half a secret would not be recognised any more
export function withoutSecrets(answer: ReadAnswer, redactor: Redactor): ReadAnswer {
  const clean = redactor.text(answer.text ?? '')
  return clean === (answer.text ?? '') ? answer : readAnswer({ status: answer.status, headers: answer.headers, body: clean })
}

const redactors = new WeakMap<ExchangeContext, Redactor>()

/** The redactor of a gateway, with the secrets of one call's body. */
export function redactorFor(context: ExchangeContext, body?: unknown, secretNames?: readonly string[]): Redactor {
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
