import type { HttpMethod, Operation, OperationTable } from '@wamux/core'

/** An operation that a path belongs to, and the values of its placeholders. */
export interface Match {
  readonly operation: Operation
  readonly values: Readonly<Record<string, string>>
}

/** Finds the operation of a method and a path. The path is filled in or has `{placeholders}`. */
export function matchOperation({ operations }: OperationTable, method: HttpMethod, path: string): Match | undefined {
  const matches = Object.values(operations).flatMap((operation): Match[] => {
    if (operation.variantOf !== undefined && Object.hasOwn(operations, operation.variantOf)) return []
    if (operation.method !== method && !operation.alternateMethods?.includes(method)) return []
    const values = valuesIn(operation.path, path)
    return values ? [{ operation, values }] : []
  })
  // fewest placeholders first: `/chats/overview` before `/chats/{id}`
  return matches.sort((a, b) => Object.keys(a.values).length - Object.keys(b.values).length)[0]
}

function valuesIn(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')]
  if (wanted.length !== given.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const one = given[index] ?? ''
    const name = /^\{([^{}]+)\}$/.exec(part)?.[1]
    if (name === undefined ? part !== one : one === '') return undefined
    if (name !== undefined && one !== part) values[name] = decoded(one)
  }
  return values
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
