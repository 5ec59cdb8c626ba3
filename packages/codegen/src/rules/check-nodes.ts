import { isRecord, type Json, strings } from '../document/json.ts'
import { EVIDENCES, isMethodKey } from '../document/operations.ts'
import type { Place, Report, Source } from '../document/source.ts'

const ON_TAG: ReadonlySet<string> = new Set(['label'].map(wamux))
const ON_OPERATION: ReadonlySet<string> = new Set(
  [
    'safety',
    'audience',
    'evidence',
    'capability',
    'engines',
    'since',
    'note',
    'alternate-methods',
    'shared',
    'variants',
    'empty-answer',
  ].map(wamux),
)
const ON_VARIANT: ReadonlySet<string> = new Set(['safety', 'audience', 'evidence', 'capability', 'engines'].map(wamux))
const ON_SCHEMA: ReadonlySet<string> = new Set(['secret', 'danger', 'evidence'].map(wamux))
const KNOWN: ReadonlySet<string> = new Set([...ON_TAG, ...ON_OPERATION, ...ON_VARIANT, ...ON_SCHEMA])

/** Keywords whose mappings have free names as keys. */
const NAMES: ReadonlySet<string> = new Set(
  ['paths', 'webhooks', 'responses', 'content', 'headers', 'callbacks', 'encoding', 'links', 'variables', 'mapping'].concat([
    'schemas',
    'parameters',
    'requestBodies',
    'securitySchemes',
    'pathItems',
    'properties',
    'patternProperties',
    '$defs',
  ]),
)
/** Keywords that hold example data, which is not checked. */
const DATA: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'enum', 'const'])

function wamux(name: string): string {
  return `x-wamux-${name}`
}

/** Rules that hold wherever they apply: extension keys, references, enums. */
export function checkNodes(source: Source, report: Report): void {
  const walk = (node: unknown, place: Place, names: boolean): void => {
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) walk(item, [...place, index], false)
    } else if (isRecord(node)) {
      if (!names) checkNode(source, node, place, report)
      for (const [key, value] of Object.entries(node)) {
        if (names || !DATA.has(key)) walk(value, [...place, key], !names && NAMES.has(key))
      }
    }
  }
  walk(source.data, [], false)
}

function checkNode(source: Source, node: Json, place: Place, report: Report): void {
  for (const key of Object.keys(node).filter((name) => name.toLowerCase().startsWith('x-wamux'))) {
    if (!KNOWN.has(key)) report([...place, key], `unknown key ${key}`)
    else if (!allowedAt(place).has(key)) report([...place, key], `${key} has no meaning here`)
  }
  const evidence = node['x-wamux-evidence']
  if (evidence !== undefined && !EVIDENCES.some((known) => known === evidence)) {
    report([...place, 'x-wamux-evidence'], `x-wamux-evidence is ${EVIDENCES.join(', ')}, not ${String(evidence)}`)
  }
  if ((node['x-wamux-secret'] ?? true) !== true) report([...place, 'x-wamux-secret'], 'x-wamux-secret is true or absent')
  if ((node['x-wamux-danger'] ?? true) !== true) report([...place, 'x-wamux-danger'], 'x-wamux-danger is true or absent')
  const ref = node.$ref
  if (ref !== undefined && (typeof ref !== 'string' || !ref.startsWith('#/components/') || source.resolve(ref) === undefined)) {
    report([...place, '$ref'], `$ref ${String(ref)} does not lead into the components of this document`)
  }
  if ([node.type].flat().includes('object') && strings(node.enum).length > 0) {
    report([...place, 'type'], 'type: object with an enum of strings: the type is string')
  }
  if (typeof node.pattern === 'string' && !isPattern(node.pattern))
    report([...place, 'pattern'], `pattern ${node.pattern} is no regular expression`)
  if (typeof node.nullable === 'boolean') report([...place, 'nullable'], `nullable is of OpenAPI 3.0: write type: [..., 'null']`)
}

// compiled with the flag `u`, as core compiles it when it checks input
function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

function allowedAt(place: Place): ReadonlySet<string> {
  if (place[0] === 'tags' && place.length === 2) return ON_TAG
  if (place[0] !== 'paths') return ON_SCHEMA
  if (place.length === 3 && isMethodKey(String(place[2]))) return ON_OPERATION
  if (place.length === 5 && place[3] === 'x-wamux-variants') return ON_VARIANT
  return ON_SCHEMA
}
