import type { HttpMethod, Operation, OperationTable } from '@wamux/core'
import { decodedOnce, type PlainPath } from './plain-path.ts'

/** An operation that a path belongs to, and the values of its placeholders. */
export interface Match {
  readonly operation: Operation
  readonly values: Readonly<Record<string, string>>
}

/** What is known about a request. */
export interface KnownRequest {
  /** The operation that is called; undefined when the path belongs to none. */
  readonly match: Match | undefined
  /** The path to send, with `{placeholders}` where it belongs to an operation. */
  readonly path: string
  /** An operation that cannot be undone and that the gateway may take the path for, however it is spelled. */
  readonly danger: Operation | undefined
}

/**
 * Finds the operation of a method and a path, filled in or with `{placeholders}`. A path that belongs to none as it stands is compared
 * as a lenient server would read it: in any case, with needless escapes.
 */
export function findRequest(table: OperationTable, method: HttpMethod, plain: PlainPath): KnownRequest {
  const exact = matchesOf(table, method, plain.segments.map(decodedOnce), (one) => one)
  const lenient = matchesOf(table, method, plain.lenient, folded)
  const [match] = exact.length > 0 ? exact.filter(isMain(table)) : lenient.filter(isMain(table))
  return {
    match,
    path: match?.operation.path ?? `/${plain.segments.join('/')}`,
    danger: [...exact, ...lenient].find(({ operation }) => operation.safety === 'danger')?.operation,
  }
}

// an action that is one kind of another operation has the same path
function isMain({ operations }: OperationTable): (match: Match) => boolean {
  return ({ operation: { variantOf } }) => variantOf === undefined || !Object.hasOwn(operations, variantOf)
}

function matchesOf(
  { operations }: OperationTable,
  method: HttpMethod,
  segments: readonly string[],
  comparable: (text: string) => string,
): Match[] {
  const matches = Object.values(operations).flatMap((operation): Match[] => {
    if (operation.method !== method && !operation.alternateMethods?.includes(method)) return []
    const values = valuesIn(operation.path, segments, comparable)
    return values ? [{ operation, values }] : []
  })
  // fewest placeholders first: `/chats/overview` before `/chats/{id}`
  return matches.sort((a, b) => placeholdersIn(a) - placeholdersIn(b))
}

function placeholdersIn({ operation }: Match): number {
  return operation.path.split('{').length
}

function valuesIn(template: string, given: readonly string[], comparable: (text: string) => string): Record<string, string> | undefined {
  const wanted = template.split('/').filter((part) => part !== '')
  if (wanted.length !== given.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const one = given[index] ?? ''
    const name = /^\{([^{}]+)\}$/.exec(part)?.[1]
    if (name === undefined && comparable(part) !== comparable(one)) return undefined
    if (name !== undefined && one !== part) values[name] = one
  }
  return values
}

// letters that look different and are the same to a server that ignores case: S, s, ſ, ｓ
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
