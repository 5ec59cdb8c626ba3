import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import { nearestWord } from '../errors/nearest-word.ts'
import { formOf, isBinary } from '../request/form-data.ts'
import type { GatewayResponse } from '../request/response.ts'
import type { Send, SendOptions } from '../request/types.ts'
import type { BodyKind, Operation, OperationTable } from '../schema/operations.ts'
import { routeOf } from '../schema/route.ts'
import { checkFields, checkValue } from './validate-input.ts'

type Input = Readonly<Record<string, unknown>>

/** Options of {@link callOperation}. */
export interface OperationOptions extends SendOptions {
  /** Body fields that the document does not know yet. They are added to the body unchecked. Default: none. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/**
 * Runs an operation of the table: checks the input, puts every value into path, query, headers or body, and sends it.
 *
 * @param table operations of the gateway
 * @param send sends the request
 * @param gateway plugin id and display name, for errors
 * @param id operation id: `sessions.stop`
 * @param input all inputs side by side, by the names of the document
 * @param options options of this call
 * @returns the response of a success
 * @throws {GatewayError} `unsupported`: the gateway has no such operation; the message names the nearest id
 * @throws {GatewayError} `invalid_request`: the input does not fit, and nothing was sent
 * @throws {GatewayError} of any kind: what {@link Send} says
 */
export async function callOperation(
  table: OperationTable,
  send: Send,
  gateway: { readonly id: string; readonly name: string },
  id: string,
  input: Input,
  given?: OperationOptions,
): Promise<GatewayResponse> {
  const { extra, ...options } = given ?? {}
  const operation = Object.hasOwn(table.operations, id) ? table.operations[id] : undefined
  if (!operation) throw unknownOperation(table, gateway, id)
  const parts = partsOf(operation, input)
  const body = extra ? { ...(parts.body as object | undefined), ...extra } : parts.body
  return send(routeOf(operation), { ...parts, body }, { accept: acceptOf(operation), ...options })
}

/**
 * Splits flat input into path, query, headers and body.
 *
 * @param operation the operation
 * @param input all inputs side by side
 * @throws {GatewayError} `invalid_request`: an input is unknown, missing or does not fit
 */
export function partsOf(operation: Operation, input: Input): { path: Input; query: Input; headers: Input; body?: unknown } {
  const parameters = operation.parameters ?? []
  const kind = chooseKind(operation, input)
  const bodyNames = kind?.fields?.map((field) => field.name) ?? (kind ? ['body'] : [])
  rejectUnknown(operation, input, [...parameters.map((one) => one.name), ...bodyNames])
  checkFields('', input, parameters)
  const place = (where: 'path' | 'query' | 'header') =>
    pick(
      input,
      parameters.filter((one) => one.in === where).map((one) => one.name),
    )
  const parts = { path: place('path'), query: place('query'), headers: place('header') }
  return kind ? { ...parts, body: bodyOf(operation, kind, input) } : parts
}

function chooseKind(operation: Operation, input: Input): BodyKind | undefined {
  const kinds = operation.body?.kinds ?? []
  const multipart = kinds.find((kind) => kind.content === 'multipart/form-data')
  if (multipart && (kinds.length === 1 || Object.values(input).some(hasBinary))) return multipart
  return kinds.find((kind) => kind.content === 'application/json') ?? kinds[0]
}

function hasBinary(value: unknown): boolean {
  return isBinary(value) || (Array.isArray(value) && value.some(isBinary))
}

function bodyOf(operation: Operation, kind: BodyKind, input: Input): unknown {
  if (!kind.fields) {
    const { body } = input
    if (body === undefined && operation.body?.required) throw invalidInput('body', 'required')
    if (body !== undefined && kind.shape) checkValue('body', body, kind.shape)
    return body
  }
  checkFields('', input, kind.fields)
  const given = pick(
    input,
    kind.fields.map((field) => field.name),
  )
  if (kind.content === 'multipart/form-data') return formOf(given)
  // an operation that needs a body gets one even when all its fields were left out
  return Object.keys(given).length > 0 || operation.body?.required ? given : undefined
}

function pick(input: Input, names: readonly string[]): Input {
  return Object.fromEntries(names.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]))
}

// without this check a misspelt name would be ignored silently
function rejectUnknown(operation: Operation, input: Input, known: readonly string[]): void {
  const unknown = Object.keys(input).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const hint = known.length > 0 ? `expected one of ${known.join(', ')}` : 'it takes none'
  throw invalidInput(unknown, `not an input of ${operation.id}; ${hint}`, { operation: operation.id })
}

// gateways that can respond with a file or with JSON decide by this header
function acceptOf(operation: Operation): string {
  return operation.produces[0] ?? 'application/json'
}

function unknownOperation(table: OperationTable, gateway: { id: string; name: string }, id: string): GatewayError {
  const ids = Object.keys(table.operations)
  const nearest = nearestWord(id, ids)
  const [family = ''] = id.split('.')
  const same = ids.filter((one) => one.startsWith(`${family}.`))
  const hint = same.length > 0 ? `${family} has ${same.map((one) => one.slice(family.length + 1)).join(', ')}` : undefined
  const message = `${gateway.name} has no operation "${id}"${nearest === undefined ? '' : `; did you mean ${nearest}?`}`
  return new GatewayError(message, { kind: 'unsupported', gateway: gateway.id, operation: id, hint })
}
