import { isScalar, isSeq, type Pair, parseDocument, visit, YAMLSeq } from 'yaml'
import { UsageError } from '../../../errors/usage-error.ts'
import { isObject, type JsonObject, objectOf, textOf } from './json.ts'
import { applyMergeKeys } from './merge-keys.ts'

/**
 * Reads an OpenAPI 3 or Swagger 2 document, JSON or YAML, and applies merge keys.
 *
 * @param name what it is called in messages
 * @throws UsageError when it is not such a document
 */
export function parseSpec(text: string, name: string): JsonObject {
  const value = parseAny(text, name)
  const { openapi, swagger, paths } = isObject(value) ? value : {}
  const version = String(openapi ?? swagger ?? '')
  if (!isObject(value) || !/^(2\.0|2$|3\.)/.test(version)) {
    throw new UsageError(`${name} is not an OpenAPI 3 or Swagger 2 document.`, version ? `It says it is version ${version}.` : undefined)
  }
  if (!isObject(paths)) throw new UsageError(`${name} has no paths.`)
  return applyMergeKeys(value)
}

/** Reads JSON or YAML. @throws UsageError with the place of the first fault */
export function parseAny(text: string, name: string): unknown {
  const plain = text.replace(/^\ufeff/, '')
  if (/^\s*[{[]/.test(plain)) {
    try {
      return JSON.parse(plain)
    } catch {
      // YAML can start with a brace, too
    }
  }
  // the library rejects some merge keys that vendors use, so merge-keys.ts resolves them
  const document = parseDocument(plain, { merge: false, uniqueKeys: false, logLevel: 'silent' })
  const [fault] = document.errors
  if (fault) throw new UsageError(`${name} is neither JSON nor YAML: ${fault.message.split('\n')[0]}`)
  visit(document, { Map: (_key, map) => joinMerges(map.items) })
  // no limit on aliases: they share their value, and the code that walks the document has its own limits
  return document.toJS({ maxAliasCount: -1 })
}

/** Several merge keys in one map become one with a list, as the last would win otherwise. */
function joinMerges(items: Pair[]): void {
  const merges = items.filter(({ key }) => isScalar(key) && key.value === '<<')
  const [first, ...more] = merges
  if (!first || more.length === 0) return
  const list = new YAMLSeq()
  list.items = merges.flatMap(({ value }) => (isSeq(value) ? value.items : [value]))
  first.value = list
  for (const pair of more) items.splice(items.indexOf(pair), 1)
}

/** The title and version that a document gives itself. */
export function titleOf(document: JsonObject): string {
  const { title, version } = objectOf(document.info)
  const text = [textOf(title), textOf(version)].filter(Boolean).join(' ')
  return text || 'a document without title'
}
