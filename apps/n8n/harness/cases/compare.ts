import type { Operation } from '@wamux/core'
import type { Input, ServedRequest } from '@wamux/document-server'
import { LocatorValue } from './fill.ts'
import { ExpectedFile } from './sent-file.ts'

/** Inputs by which lists come in pages: the node fills them in by itself. */
const PAGING = ['limit', 'offset', 'page', 'size']

/** What is different between a request and what had to arrive: nothing more and nothing less than the user gave. */
export function requestProblems(
  operation: Operation,
  request: ServedRequest,
  sent: Input,
  values: Readonly<Record<string, string>>,
  paged: boolean,
): string[] {
  const expected = put(operation, Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, withLocators(value, values)])))
  const { path, query, header } = request.parameters
  const own = <Value>(all: Readonly<Record<string, Value>>) =>
    paged ? Object.fromEntries(Object.entries(all).filter(([name]) => !PAGING.includes(name))) : all
  return [
    ...request.problems,
    ...differences('path', texts(path), texts(expected.path)),
    ...differences('query', texts(own(query)), texts(own(expected.query))),
    ...differences('header', texts(header), texts(expected.header)),
    ...differences('body', request.body, expected.body),
  ]
}

function withLocators(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (value instanceof LocatorValue) return values[value.name]
  if (value instanceof ExpectedFile) return value
  if (Array.isArray(value)) return value.map((one) => withLocators(one, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withLocators(inner, values)]))
}

interface Put {
  readonly path: Input
  readonly query: Input
  readonly header: Input
  readonly body: unknown
}

// each value where HTTP has it
function put({ parameters = [], body }: Operation, input: Input): Put {
  const pick = (names: readonly string[]) => Object.fromEntries(names.flatMap((name) => (name in input ? [[name, input[name]]] : [])))
  const place = (where: string) => pick(parameters.filter((one) => one.in === where).map((one) => one.name))
  const fields = pick([...new Set((body?.kinds ?? []).flatMap((kind) => (kind.fields ?? []).map((one) => one.name)))])
  const isEmpty = Object.keys(fields).length === 0
  const whole = body?.kinds.some((kind) => kind.fields) ? (isEmpty && !body.required ? undefined : fields) : input.body
  return { path: place('path'), query: place('query'), header: place('header'), body: whole }
}

/** Where two values differ, file for file and field for field. */
export function differences(place: string, actual: unknown, expected: unknown): string[] {
  if (expected instanceof ExpectedFile)
    return expected.isIn(actual) ? [] : [`${place}: ${show(actual)} is not the file from ${expected.source}`]
  if (isPlain(actual) && isPlain(expected)) {
    const names = [...new Set([...Object.keys(actual), ...Object.keys(expected)])]
    return names.flatMap((name) => {
      if (!(name in expected)) return [`${place}.${name} was sent, and nobody had added it: ${show(actual[name])}`]
      if (!(name in actual)) return [`${place}.${name} was not sent`]
      return differences(`${place}.${name}`, actual[name], expected[name])
    })
  }
  if (Array.isArray(actual) && Array.isArray(expected) && actual.length === expected.length) {
    return expected.flatMap((one, index) => differences(`${place}[${index}]`, actual[index], one))
  }
  return Object.is(actual, expected) ? [] : [`${place} is ${show(actual)}, expected ${show(expected)}`]
}

// a path or query has text only
function texts(value: unknown): unknown {
  if (value instanceof ExpectedFile) return value
  if (Array.isArray(value)) return value.map(texts)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, texts(inner)]))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
