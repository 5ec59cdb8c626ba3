import { isObject, type JsonObject, objectOf } from './json.ts'
import { follow } from './reference.ts'

const MERGE = '<<'

/**
 * Applies YAML merge keys that are still there as keys named `<<`, as in documents that were turned into JSON without resolving them.
 * Its value may be an object, a list of them, a `$ref`, or the bare name of an anchor.
 */
export function applyMergeKeys(document: JsonObject): JsonObject {
  // one result for each object, so that shared parts stay shared and cycles end
  const done = new Map<object, unknown>()
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const known = done.get(value)
    if (known !== undefined) return known
    if (Array.isArray(value)) {
      const list: unknown[] = []
      done.set(value, list)
      for (const one of value) list.push(walk(one))
      return list
    }
    const result: Record<string, unknown> = {}
    done.set(value, result)
    for (const [name, one] of Object.entries(value)) {
      if (name !== MERGE) define(result, name, walk(one))
    }
    // own keys win over merged ones, earlier sources over later ones
    for (const source of sourcesOf(document, value as JsonObject)) {
      for (const [name, one] of Object.entries(objectOf(walk(source)))) {
        if (!Object.hasOwn(result, name)) define(result, name, one)
      }
    }
    return result
  }
  return objectOf(walk(document))
}

function sourcesOf(document: JsonObject, value: JsonObject): JsonObject[] {
  const given = value[MERGE]
  // a list may stand in a list, where an anchor names one
  return [given].flat(3).flatMap((one: unknown) => {
    const source = typeof one === 'string' ? named(document, one) : follow(document, one)
    return source ? [source] : []
  })
}

// JSON has no anchors: `*commonResponses` can only be found where the anchor's place has the same name
function named(document: JsonObject, text: string): JsonObject | undefined {
  const wanted = bare(text)
  const found = Object.entries(document).find(([name, value]) => bare(name) === wanted && isObject(value))
  return found && follow(document, found[1])
}

function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/^x-/, '')
    .replace(/[^a-z0-9]/g, '')
}

function define(target: Record<string, unknown>, name: string, value: unknown): void {
  // a plain assignment to __proto__ would change the object instead of adding to it
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
}
