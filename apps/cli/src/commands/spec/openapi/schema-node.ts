import { isObject, type JsonObject, listOf, objectOf, textOf } from './json.ts'
import { follow } from './reference.ts'

/** What a schema says, with references, `allOf` and alternatives merged into one. */
export interface SchemaNode {
  /** `string`, `integer[]`, `binary`, …; empty where nothing is said. */
  readonly types: Set<string>
  /** All values of all alternatives. */
  readonly values: Set<string>
  /** Of an object, or of the objects in a list. */
  readonly children: Map<string, SchemaNode>
  readonly required: Set<string>
  /** It is, or can be, a list: for display. */
  list: boolean
  /** What is below was not followed: a cycle, a limit, another file. */
  cut: boolean
}

const MAX_DEPTH = 12
const MAX_NODES = 20_000

/** Reads schemas of one document. */
export interface SchemaReader {
  /** @param forRequest leaves out what only answers have */
  read(schema: unknown, forRequest: boolean): SchemaNode
}

export function schemaReader(document: JsonObject): SchemaReader {
  return {
    read(schema, forRequest) {
      let left = MAX_NODES
      const open = new Set<object>()
      const walk = (value: unknown, depth: number): SchemaNode => {
        const node = emptyNode()
        if (!isObject(value)) return node
        if (textOf(value.$ref) !== undefined) {
          const { $ref: _, ...beside } = value
          const target = follow(document, value)
          if (!target) return { ...node, cut: true }
          const followed = enter(target, depth)
          return Object.keys(beside).length > 0 ? bothOf([followed, enter(beside, depth)]) : followed
        }
        return enter(value, depth)
      }
      const enter = (value: JsonObject, depth: number): SchemaNode => {
        left -= 1
        if (open.has(value) || depth > MAX_DEPTH || left < 0) return { ...emptyNode(), cut: true }
        open.add(value)
        const node = readOne(value, (inner, deeper) => walk(inner, depth + (deeper ? 1 : 0)), forRequest)
        open.delete(value)
        return node
      }
      return walk(schema, 0)
    },
  }
}

type Walk = (schema: unknown, deeper: boolean) => SchemaNode

function readOne(schema: JsonObject, walk: Walk, forRequest: boolean): SchemaNode {
  const node = emptyNode()
  for (const value of schema.const === undefined ? listOf(schema.enum) : [schema.const]) {
    if (value !== null) node.values.add(String(value))
  }
  for (const [name, property] of Object.entries(objectOf(schema.properties))) {
    if (forRequest && objectOf(property).readOnly === true) continue
    node.children.set(name, walk(property, true))
  }
  for (const name of listOf(schema.required)) if (typeof name === 'string') node.required.add(name)
  if (isObject(schema.additionalProperties)) node.children.set('*', walk(schema.additionalProperties, true))
  for (const type of typesOf(schema)) if (type !== 'array') node.types.add(type)
  if (typesOf(schema).includes('array')) mixItems(node, isObject(schema.items) ? walk(schema.items, true) : emptyNode())
  const parts = [node, ...listOf(schema.allOf).map((part) => walk(part, false))]
  for (const alternatives of [schema.oneOf, schema.anyOf]) {
    const read = listOf(alternatives).map((one) => walk(one, false))
    if (read.length > 0) parts.push(oneOf(read))
  }
  return parts.length > 1 ? bothOf(parts) : node
}

function mixItems(node: SchemaNode, items: SchemaNode): void {
  node.list = true
  const inner = items.types.size > 0 ? items.types : ['any']
  for (const type of inner) node.types.add(`${type}[]`)
  for (const value of items.values) node.values.add(value)
  for (const [name, child] of items.children) node.children.set(name, child)
  for (const name of items.required) node.required.add(name)
  if (items.cut) node.cut = true
}

function typesOf(schema: JsonObject): string[] {
  const given = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((one): one is string => typeof one === 'string')
  const types = given.filter((one) => one !== 'null')
  if (schema.format === 'binary' || types.includes('file')) return ['binary']
  const values = listOf(schema.enum)
  // a common mistake in vendors' documents: an enum of texts declared as an object
  if (values.length > 0 && (types.length === 0 || types.includes('object'))) return ['string']
  if (types.length > 0) return types
  if (isObject(schema.properties) || isObject(schema.additionalProperties)) return ['object']
  if (isObject(schema.items)) return ['array']
  return schema.const === undefined || schema.const === null ? [] : [typeof schema.const]
}

/** A schema that says nothing. */
export function emptyNode(): SchemaNode {
  return { types: new Set(), values: new Set(), children: new Map(), required: new Set(), list: false, cut: false }
}

/** What holds when all of them hold. */
export function bothOf(nodes: readonly SchemaNode[]): SchemaNode {
  const merged = merge(nodes, bothOf)
  for (const node of nodes) for (const name of node.required) merged.required.add(name)
  return merged
}

/** What can hold when one of them holds: required is only what every object among them requires. */
export function oneOf(nodes: readonly SchemaNode[]): SchemaNode {
  const merged = merge(nodes, oneOf)
  const objects = nodes.filter(({ types, children, required }) => types.has('object') || children.size > 0 || required.size > 0)
  for (const name of objects[0]?.required ?? []) {
    if (objects.every(({ required }) => required.has(name))) merged.required.add(name)
  }
  return merged
}

function merge(nodes: readonly SchemaNode[], join: (nodes: readonly SchemaNode[]) => SchemaNode): SchemaNode {
  const merged = emptyNode()
  const children = new Map<string, SchemaNode[]>()
  for (const node of nodes) {
    for (const type of node.types) merged.types.add(type)
    for (const value of node.values) merged.values.add(value)
    for (const [name, child] of node.children) children.set(name, [...(children.get(name) ?? []), child])
    if (node.list) merged.list = true
    if (node.cut) merged.cut = true
  }
  for (const [name, same] of children) merged.children.set(name, same.length > 1 ? join(same) : (same[0] ?? emptyNode()))
  return merged
}
