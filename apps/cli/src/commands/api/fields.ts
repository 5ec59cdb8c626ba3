import type { Sources } from '../../command/read-sources.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { setPath } from '../../operation/values.ts'

/**
 * Fields as gh writes them, into nested objects and lists: `key=value`, `key[sub]=value`, `key[]=value`.
 *
 * @param typed whether values are numbers, true, false, null, JSON, `@file` or `-`; else they are text
 * @throws UsageError
 */
export async function addFields(
  target: Record<string, unknown>,
  texts: readonly string[],
  typed: boolean,
  sources: Sources,
): Promise<void> {
  for (const text of texts) {
    const cut = text.indexOf('=')
    if (cut <= 0) throw new UsageError(`"${text}" is no field: key=value.`)
    const value = text.slice(cut + 1)
    setPath(target, pathOf(text.slice(0, cut), target), typed ? await typedValue(value, sources) : value)
  }
}

function pathOf(key: string, target: Record<string, unknown>): (string | number)[] {
  const [, name, brackets = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key) ?? []
  if (name === undefined) throw new UsageError(`"${key}" is no name of a field: key, key[sub] or key[].`)
  const path: (string | number)[] = [name]
  for (const [, part = ''] of brackets.matchAll(/\[([^[\]]*)\]/g)) {
    if (part !== '') path.push(part)
    else {
      const list = at(target, path)
      path.push(Array.isArray(list) ? list.length : 0)
    }
  }
  return path
}

function at(target: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    target,
  )
}

async function typedValue(text: string, sources: Sources): Promise<unknown> {
  if (text === '-') return sources.stdin()
  if (text.startsWith('@')) return sources.text(text.slice(1))
  if (!/^(true|false|null|-?\d+(\.\d+)?|[[{"].*)$/s.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
