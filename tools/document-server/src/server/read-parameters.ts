import type { ApiDocument, DocumentOperation, DocumentParameter } from '../document/document.ts'
import { takesArray } from '../document/merge-schema.ts'
import type { SchemaCheck } from '../document/schema-check.ts'

/** Parameters as they arrived, by place, their text read by their schemas. */
export type ReadParameters = Readonly<Record<'path' | 'query' | 'header', Readonly<Record<string, unknown>>>>

/** Records what does not fit. */
export type Refuse = (problem: string) => void

/** Where the parameters of a request stand. */
export interface ParameterPlaces {
  readonly path: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Headers
  /** Query names that are not the operation's: the credentials'. */
  readonly ignored: readonly string[]
}

/** What parameters are checked with. */
export interface ParameterReading {
  readonly document: ApiDocument
  readonly check: SchemaCheck
  readonly refuse: Refuse
}

/** Reads and checks all parameters of an operation. */
export function readParameters(reading: ParameterReading, operation: DocumentOperation, places: ParameterPlaces): ReadParameters {
  const { refuse } = reading
  const read = { path: {}, query: {}, header: {} } as Record<'path' | 'query' | 'header', Record<string, unknown>>
  for (const parameter of operation.parameters) {
    const texts = textsOf(parameter, places)
    if (texts.length > 0) read[parameter.in][parameter.name] = readParameter(reading, parameter, texts)
    else if (parameter.required) refuse(`${parameter.in} parameter ${parameter.name} is missing`)
  }
  const known = operation.parameters.filter((one) => one.in === 'query').map((one) => one.name)
  for (const name of new Set(places.query.keys())) {
    if (!known.includes(name) && !places.ignored.includes(name)) refuse(`query parameter ${name} is unknown to ${operation.id}`)
  }
  return read
}

function textsOf({ in: place, name }: DocumentParameter, places: ParameterPlaces): string[] {
  if (place === 'query') return places.query.getAll(name)
  const text = place === 'path' ? places.path[name] : places.headers.get(name)
  return text === undefined || text === null ? [] : [text]
}

function readParameter({ document, check, refuse }: ParameterReading, parameter: DocumentParameter, texts: readonly string[]): unknown {
  const { name, schema, comma } = parameter
  const where = `${parameter.in} parameter ${name}`
  const single = texts.length === 1 && texts[0] !== undefined ? readText(texts[0], (value) => check(schema, value, where)) : undefined
  if (single?.problems.length === 0) return single.value
  if (!takesArray(document, schema)) {
    if (texts.length > 1) refuse(`${where} stands there ${texts.length} times`)
    for (const problem of single?.problems ?? []) refuse(problem)
    return single?.value
  }
  if (comma && texts.length > 1) refuse(`${where} is repeated, it has to be comma separated`)
  const items = (comma ? texts.flatMap((text) => text.split(',')) : texts).map(
    (text) => readText(text, (value) => check(schema, [value], where)).value,
  )
  for (const problem of check(schema, items, where)) refuse(problem)
  return items
}

/** Reads a text as what a schema takes: text, number, true or false, or JSON; the first that fits. */
export function readText(text: string, check: (value: unknown) => string[]): { value: unknown; problems: string[] } {
  const readings: unknown[] = [text]
  if (/^-?\d+(\.\d+)?$/.test(text)) readings.push(Number(text))
  if (text === 'true' || text === 'false') readings.push(text === 'true')
  if (/^[[{]/.test(text)) readings.push(parsed(text))
  let last: { value: unknown; problems: string[] } = { value: text, problems: [] }
  for (const value of readings) {
    last = { value, problems: check(value) }
    if (last.problems.length === 0) break
  }
  return last
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
