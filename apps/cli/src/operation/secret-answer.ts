import type { Operation } from '@wamux/core'

/** The text shown in place of a secret. */
export const HIDDEN = '[redacted]'

/** The facts about secrets in the answers of an operation. */
export type SecretFacts = Pick<Operation, 'secretAnswer' | 'secretFields'>

/** The answer of an operation without what its document marks as secret. */
export function withoutSecretAnswer(data: unknown, { secretAnswer, secretFields = [] }: SecretFacts): unknown {
  if (data === undefined || data === null || data === '') return data
  if (secretAnswer) return HIDDEN
  return secretFields.length > 0 ? hideFields(data, new Set(secretFields)) : data
}

/** A copy of data in which the values of these fields are hidden, at any depth; nothing, true and false stay. */
export function hideFields(data: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(data)) return data.map((one) => hideFields(one, names))
  if (typeof data === 'string') return hideInText(data, names)
  if (!isObject(data)) return data
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, names.has(name) && isValue(value) ? HIDDEN : hideFields(value, names)]),
  )
}

/**
 * A copy of a verb's result in which these fields are hidden wherever the gateway's own answer (`raw`) stands.
 *
 * @param names `undefined` where it is not known which fields are secret: all of the answer is hidden
 */
export function hideInRaw(result: unknown, names: ReadonlySet<string> | undefined): unknown {
  if (Array.isArray(result)) return result.map((one) => hideInRaw(one, names))
  if (!isObject(result)) return result
  return Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, name === 'raw' ? hideAnswer(value, names) : hideInRaw(value, names)]),
  )
}

function hideAnswer(raw: unknown, names: ReadonlySet<string> | undefined): unknown {
  if (names) return hideFields(raw, names)
  return isValue(raw) ? HIDDEN : raw
}

// an answer can be JSON and not say so, and a field can hold JSON as text
function hideInText(text: string, names: ReadonlySet<string>): string {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.stringify(hideFields(JSON.parse(text), names))
  } catch {
    return text
  }
}

function isValue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'boolean'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
