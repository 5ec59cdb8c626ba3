import { isObject, type JsonObject, listOf, objectOf, own, textOf } from './json.ts'
import { normalName, shapeKey } from './path-key.ts'
import { follow } from './reference.ts'
import { bothOf, emptyNode, oneOf, type SchemaNode, type SchemaReader, schemaReader } from './schema-node.ts'
import { usesSwagger2 } from './spec-version.ts'

/** Where a value is in a request, or that it is part of an answer. */
export type Place = 'path' | 'query' | 'header' | 'cookie' | 'body' | 'answer'

/** One parameter or one field of a body. */
export interface FieldModel {
  readonly place: Place
  /** As its document writes it: `limit`, `config.webhooks[].url` */
  readonly name: string
  readonly required: boolean
  readonly types: ReadonlySet<string>
  readonly values: ReadonlySet<string>
  /** What is below it is not known. */
  readonly cut: boolean
}

/** One operation, as far as two documents can be compared. */
export interface OperationModel {
  readonly method: string
  /** As its document writes it. */
  readonly path: string
  /** Same for the same operation in another document. */
  readonly key: string
  readonly deprecated: boolean
  /** By a key that is the same for the same field in another document. */
  readonly fields: ReadonlyMap<string, FieldModel>
  /** `200`, `2XX` */
  readonly statuses: readonly string[]
  /** Another method of an operation: the fields of its body may also be in the query. */
  readonly alternate: boolean
}

/** A parameter that carries credentials. */
export interface Credential {
  readonly in: string
  readonly name: string
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace', 'query'] as const
// OpenAPI: these three headers are not described as parameters
const RESERVED_HEADERS = new Set(['accept', 'content-type', 'authorization'])

/** All operations of a document, with those under `x-wamux-alternate-methods`. */
export function readModel(document: JsonObject): OperationModel[] {
  const reader = schemaReader(document)
  return Object.entries(objectOf(document.paths)).flatMap(([path, given]) => {
    const item = follow(document, given)
    if (!item || !path.startsWith('/')) return []
    return METHODS.flatMap((method) => {
      const operation = own(item, method)
      if (!isObject(operation)) return []
      const main = readOperation(document, reader, method.toUpperCase(), path, item, operation)
      const others = listOf(operation['x-wamux-alternate-methods']).map((other) => String(other).toUpperCase())
      return [main, ...others.map((other) => ({ ...main, method: other, key: shapeKey(other, path), alternate: true }))]
    })
  })
}

/** Parameters that the document's security schemes place. */
export function credentialsOf(document: JsonObject): Credential[] {
  const schemes = { ...objectOf(document.securityDefinitions), ...objectOf(objectOf(document.components).securitySchemes) }
  const inUse = new Set(listOf(document.security).flatMap((one) => Object.keys(objectOf(one))))
  return Object.entries(schemes).flatMap(([id, given]) => {
    const { type, in: place, name } = follow(document, given) ?? {}
    if (type !== 'apiKey' || typeof place !== 'string' || typeof name !== 'string') return []
    // servers that take the key in the query take it in the body, too
    const twin = place === 'query' && inUse.has(id) ? [{ in: 'body', name }] : []
    return [{ in: place, name }, ...twin]
  })
}

function readOperation(
  document: JsonObject,
  reader: SchemaReader,
  method: string,
  path: string,
  item: JsonObject,
  operation: JsonObject,
): OperationModel {
  const fields = new Map<string, FieldModel>()
  const parameters = parametersOf(document, item, operation)
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '')
  names.forEach((name, index) => {
    const declared = parameters.find((one) => one.in === 'path' && one.name === name)
    const node = declared ? parameterNode(reader, declared) : emptyNode()
    // path parameters are paired by position, because documents name them differently
    fields.set(`path:${index}`, fieldOf('path', name, true, node))
  })
  for (const parameter of parameters) addParameter(fields, reader, parameter)
  const body = bodyOf(document, reader, operation, parameters)
  if (body) addBody(fields, body)
  const responses = Object.entries(objectOf(operation.responses)).filter(([status]) => /^2/.test(status))
  for (const [, response] of responses) addAnswer(fields, document, reader, response)
  return {
    method,
    path,
    key: shapeKey(method, path),
    deprecated: operation.deprecated === true,
    fields,
    statuses: responses.map(([status]) => status.toUpperCase()),
    alternate: false,
  }
}

function parametersOf(document: JsonObject, item: JsonObject, operation: JsonObject): JsonObject[] {
  const found = new Map<string, JsonObject>()
  for (const given of [...listOf(item.parameters), ...listOf(operation.parameters)]) {
    const parameter = follow(document, given)
    // a parameter of the operation replaces the one of its path
    if (parameter) found.set(`${String(parameter.in)}:${String(parameter.name)}`, parameter)
  }
  return [...found.values()]
}

function parameterNode(reader: SchemaReader, parameter: JsonObject): SchemaNode {
  const [content] = Object.values(objectOf(parameter.content))
  // Swagger 2 writes the schema into the parameter itself
  const { name: _, in: __, required: ___, description: ____, ...own } = parameter
  return reader.read(parameter.schema ?? objectOf(content).schema ?? own, true)
}

function addParameter(fields: Map<string, FieldModel>, reader: SchemaReader, parameter: JsonObject): void {
  const { in: place, name } = parameter
  if (typeof name !== 'string' || (place !== 'query' && place !== 'header' && place !== 'cookie')) return
  if (place === 'header' && RESERVED_HEADERS.has(name.toLowerCase())) return
  addFields(fields, place, name, parameter.required === true, parameterNode(reader, parameter))
}

function bodyOf(
  document: JsonObject,
  reader: SchemaReader,
  operation: JsonObject,
  parameters: readonly JsonObject[],
): SchemaNode | undefined {
  const content = objectOf(follow(document, operation.requestBody)?.content)
  const nodes = Object.values(content).map((media) => reader.read(objectOf(media).schema, true))
  const variants = listOf(operation['x-wamux-variants']).flatMap((one) => (isObject(one) && isObject(one.schema) ? [one.schema] : []))
  if (variants.length > 0) nodes.push(oneOf(variants.map((schema) => reader.read(schema, true))))
  if (usesSwagger2(document)) {
    const whole = parameters.find((one) => one.in === 'body')
    if (whole) nodes.push(reader.read(whole.schema, true))
    const form = parameters.filter((one) => one.in === 'formData' && textOf(one.name) !== undefined)
    if (form.length > 0) nodes.push(formNode(reader, form))
  }
  return nodes.length > 1 ? oneOf(nodes) : nodes[0]
}

function formNode(reader: SchemaReader, parameters: readonly JsonObject[]): SchemaNode {
  const node = bothOf([])
  node.types.add('object')
  for (const parameter of parameters) {
    const name = String(parameter.name)
    node.children.set(name, parameterNode(reader, parameter))
    if (parameter.required === true) node.required.add(name)
  }
  return node
}

function addBody(fields: Map<string, FieldModel>, body: SchemaNode): void {
  const whole = fieldOf('body', '(body)', false, body)
  // a body that may be something else than an object is compared as a whole
  if (body.children.size === 0 || body.cut) fields.set('body:', whole)
  addChildren(fields, 'body', body.list ? '[]' : '', body)
}

// of responses only enum values are compared: further fields are always allowed there
function addAnswer(fields: Map<string, FieldModel>, document: JsonObject, reader: SchemaReader, given: unknown): void {
  const response = follow(document, given) ?? {}
  const schemas = [response.schema, ...Object.values(objectOf(response.content)).map((media) => objectOf(media).schema)]
  for (const schema of schemas) {
    if (schema === undefined) continue
    const node = reader.read(schema, false)
    addChildren(fields, 'answer', node.list ? '[]' : '', node)
  }
}

function addFields(fields: Map<string, FieldModel>, place: Place, name: string, required: boolean, node: SchemaNode): void {
  const key = `${place}:${normalName(place === 'header' ? name.toLowerCase() : name)}`
  const before = fields.get(key)
  const field = fieldOf(place, name, required, node)
  fields.set(key, before ? joined(before, field) : field)
  addChildren(fields, place, node.list ? `${name}[]` : name, node)
}

function addChildren(fields: Map<string, FieldModel>, place: Place, prefix: string, node: SchemaNode): void {
  for (const [name, child] of node.children) {
    const path = prefix === '' ? name : `${prefix}.${name}`
    addFields(fields, place, path, node.required.has(name), child)
  }
}

function fieldOf(place: Place, name: string, required: boolean, { types, values, cut }: SchemaNode): FieldModel {
  return { place, name, required, types, values, cut }
}

function joined(a: FieldModel, b: FieldModel): FieldModel {
  return {
    ...a,
    required: a.required && b.required,
    types: new Set([...a.types, ...b.types]),
    values: new Set([...a.values, ...b.values]),
    cut: a.cut || b.cut,
  }
}
