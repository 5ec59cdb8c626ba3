import type { Audience, Evidence, HttpMethod, Safety } from '@wamux/core'
import { isRecord, type Json, list, record, text } from './json.ts'
import type { Place, Source } from './source.ts'

export const METHODS: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
export const SAFETIES: readonly Safety[] = ['read', 'converge', 'create', 'send', 'danger']
export const AUDIENCES: readonly Audience[] = ['nobody', 'others', 'access']
/** Strongest first. */
export const EVIDENCES: readonly Evidence[] = ['verified', 'node-label', 'inferred']

/** One parameter of an operation, with its reference followed. */
export interface DeclaredParameter {
  readonly data: Json
  readonly place: Place
}

/** One HTTP operation as the document has it. */
export interface DeclaredOperation {
  readonly path: string
  /** As written: `post`. */
  readonly method: string
  readonly data: Json
  readonly place: Place
  readonly parameters: readonly DeclaredParameter[]
  readonly variants: readonly DeclaredVariant[]
}

/** One entry of `x-wamux-variants`. */
interface DeclaredVariant {
  readonly data: Json
  readonly place: Place
}

/** One entry of the operation table: an operation without variants, or one variant. */
export interface Action {
  readonly id: string
  readonly operation: DeclaredOperation
  readonly variant?: DeclaredVariant
}

const METHOD_KEYS: ReadonlySet<string> = new Set(METHODS.map((method) => method.toLowerCase()))

/** True for a key of a path item that is an operation. */
export function isMethodKey(key: string): boolean {
  return METHOD_KEYS.has(key)
}

/** Follows `$ref` until there is none; keys beside a `$ref` win over what it points at. */
export function follow(source: Source, value: unknown): Json {
  let node = record(value)
  const seen = new Set<string>()
  while (typeof node.$ref === 'string' && !seen.has(node.$ref)) {
    const { $ref, ...beside } = node
    seen.add($ref as string)
    node = { ...record(source.resolve($ref as string)), ...beside }
  }
  return node
}

/** All operations under `paths`, in the document's order. */
export function operationsOf(source: Source): DeclaredOperation[] {
  return Object.entries(record(source.data.paths)).flatMap(([path, item]) =>
    Object.entries(record(item))
      .filter(([key, data]) => isMethodKey(key) && isRecord(data))
      .map(([method, data]) => {
        const place = ['paths', path, method]
        const operation = record(data)
        return {
          path,
          method,
          data: operation,
          place,
          parameters: parametersOf(source, path, record(item), place, operation),
          variants: list(operation['x-wamux-variants']).map((variant, index) => ({
            data: record(variant),
            place: [...place, 'x-wamux-variants', index],
          })),
        }
      }),
  )
}

function parametersOf(source: Source, path: string, item: Json, place: Place, operation: Json): DeclaredParameter[] {
  const declared = (value: unknown, at: Place): DeclaredParameter[] =>
    list(value).map((parameter, index) => ({ data: follow(source, parameter), place: [...at, 'parameters', index] }))
  const own = declared(operation.parameters, place)
  // a parameter of the operation replaces the one of the path that has its name and position
  const inherited = declared(item.parameters, ['paths', path]).filter(
    ({ data }) => !own.some((other) => other.data.name === data.name && other.data.in === data.in),
  )
  return [...inherited, ...own]
}

/** All actions: by the order of the tags, then in the document's order. */
export function actionsOf(source: Source): Action[] {
  const tags = list(source.data.tags).map((tag) => record(tag).name)
  const rank = (operation: DeclaredOperation): number => tags.indexOf(list(operation.data.tags)[0])
  return operationsOf(source)
    .toSorted((one, other) => rank(one) - rank(other))
    .flatMap((operation) =>
      operation.variants.length === 0
        ? [{ id: String(operation.data.operationId), operation }]
        : operation.variants.map((variant) => ({ id: String(variant.data.operationId), operation, variant })),
    )
}

/** The value that an action has for a keyword: the variant's own, otherwise that of its operation. */
export function keywordOf(action: Action, key: string): unknown {
  return action.variant?.data[key] ?? action.operation.data[key]
}

/** The media types of an action's body with their schemas; a variant's schema stands in for each. */
export function bodiesOf(source: Source, action: Action): { content: string; schema: unknown }[] {
  const content = record(follow(source, action.operation.data.requestBody).content)
  return Object.entries(content).map(([type, media]) => ({
    content: type,
    schema: action.variant === undefined ? record(media).schema : action.variant.data.schema,
  }))
}

/** First line of a description, and the rest of it as one line. */
export function splitDescription(description: unknown): { readonly about?: string; readonly note?: string } {
  const [about, ...rest] = (text(description) ?? '').split('\n').map((line) => line.trim())
  const note = rest.filter((line) => line !== '').join(' ')
  return { ...(about ? { about } : {}), ...(note ? { note } : {}) }
}

/** Name of the constant of an operation: `sessions.stop` is `sessionsStop`. */
export function constantName(id: string): string {
  return id.replace(/\.(.)/g, (_dot, letter: string) => letter.toUpperCase())
}
