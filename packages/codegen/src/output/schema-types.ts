import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import ts from 'typescript'
import { isRecord, type Json, list, record } from '../document/json.ts'
import { actionsOf, bodiesOf, follow, isMethodKey } from '../document/operations.ts'
import { resolvePointer, type Source } from '../document/source.ts'

// a mark on a private copy of the document: openapi-typescript does not tell whether a component is sent or received
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
  const named = nameSchemas(nodes)
  return `${marker}\n${astToString(named)}${printCalls(source)}`
}

/**
 * Gives the schema of each component a name of its own: `Message` becomes `SchemaMessage`, and `components` refers to that. An editor then
 * shows the name where it would otherwise show all fields.
 */
function nameSchemas(nodes: readonly ts.Node[]): ts.Node[] {
  return nodes.flatMap((node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'components') return [node]
    const aliases: ts.Node[] = []
    for (const schema of schemasOf(node)) {
      const { type, name } = schema
      // only these keep the name of an alias: a primitive or a list is shown as what it is
      if (!type || !ts.isIdentifier(name) || !(ts.isTypeLiteralNode(type) || ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)))
        continue
      const alias = `Schema${name.text}`
      aliases.push(ts.factory.createTypeAliasDeclaration([ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)], alias, undefined, type))
      Object.assign(schema, { type: ts.factory.createTypeReferenceNode(alias) })
    }
    return [node, ...aliases]
  })
}

function schemasOf(components: ts.InterfaceDeclaration): ts.PropertySignature[] {
  const schemas = components.members.filter(ts.isPropertySignature).find(({ name }) => ts.isIdentifier(name) && name.text === 'schemas')
  return schemas?.type && ts.isTypeLiteralNode(schemas.type) ? schemas.type.members.filter(ts.isPropertySignature) : []
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

// the rules have checked that the schema of a variant is a reference into the components
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
  // the bodies of webhooks are received, not sent
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
