import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import ts from 'typescript'
import { actionsOf, bodiesOf, follow, isMethodKey } from './document.ts'
import { isRecord, type Json, list, record } from './json.ts'
import { resolvePointer, type Source } from './source.ts'

// carried on a private copy of the document, as openapi-typescript does not say by whom a component is used
const USE = 'x-codegen-use'
type Use = 'request' | 'response' | 'both'

/** Source of `schema.ts`: what openapi-typescript makes of the document, and `calls` with one entry per action. */
export async function printSchema(source: Source, marker: string): Promise<string> {
  const data = structuredClone(source.data)
  markBinary(data)
  const nodes = await openapiTS(data as unknown as OpenAPI3, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => binaryType(schema as unknown),
  })
  return `${marker}\n${astToString(nodes)}${printCalls(source)}`
}

function printCalls(source: Source): string {
  const entries = actionsOf(source).map((action) => {
    const id = JSON.stringify(action.id)
    if (action.variant === undefined) return `    ${id}: operations[${id}];`
    const carrier = `operations[${JSON.stringify(action.operation.data.operationId)}]`
    const optional = follow(source, action.operation.data.requestBody).required === true ? '' : '?'
    const content = bodiesOf(source, action).map((body) => `                ${JSON.stringify(body.content)}: ${refType(body.schema)};\n`)
    const body = `{\n            content: {\n${content.join('')}            };\n        }`
    return `    ${id}: Omit<${carrier}, "requestBody"> & {\n        requestBody${optional}: ${body};\n    };`
  })
  return `export interface calls {\n${entries.join('\n')}\n}\n`
}

// validated before: the schema of a variant is a reference into the components
function refType(schema: unknown): string {
  const name = String(record(schema).$ref).replace('#/components/schemas/', '')
  return `components["schemas"][${JSON.stringify(name)}]`
}

function binaryType(schema: unknown): ts.TypeNode | undefined {
  if (!isBinary(schema)) return undefined
  const named = (name: string): ts.TypeNode => ts.factory.createTypeReferenceNode(name)
  const use = schema[USE] as Use | undefined
  const types = use === 'request' ? [named('Blob')] : use === 'response' ? [named('Uint8Array')] : [named('Blob'), named('Uint8Array')]
  if (list(schema.type).includes('null')) types.push(ts.factory.createLiteralTypeNode(ts.factory.createNull()))
  return types.length === 1 ? types[0] : ts.factory.createUnionTypeNode(types)
}

function isBinary(schema: unknown): schema is Record<string, unknown> {
  return isRecord(schema) && schema.format === 'binary' && (schema.type === 'string' || list(schema.type).includes('string'))
}

function markBinary(data: Json): void {
  const sent = marker(data, 'request')
  const received = marker(data, 'response')
  for (const operation of operationsUnder(data.paths)) {
    const { responses, ...request } = operation
    sent(request)
    received(responses)
  }
  // what a webhook sends is received here
  for (const operation of operationsUnder(data.webhooks)) received(operation)
}

function operationsUnder(paths: unknown): Json[] {
  const entries = Object.values(record(paths)).flatMap((item) => Object.entries(record(item)))
  return entries.filter(([key]) => isMethodKey(key)).map(([, operation]) => record(operation))
}

// follows references, so that components are marked by those who use them
function marker(data: Json, use: Use): (node: unknown) => void {
  const seen = new Set<unknown>()
  const mark = (node: unknown): void => {
    if (seen.has(node) || typeof node !== 'object' || node === null) return
    seen.add(node)
    if (isBinary(node)) node[USE] = node[USE] === undefined || node[USE] === use ? use : 'both'
    if (isRecord(node) && typeof node.$ref === 'string') mark(resolvePointer(data, node.$ref))
    for (const inner of Object.values(node)) mark(inner)
  }
  return mark
}
