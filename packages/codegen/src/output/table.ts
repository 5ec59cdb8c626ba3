import type { Audience, BodyKind, Evidence, Operation, OperationTable, Parameter, Resource, Safety } from '@wamux/core'
import { type Json, list, record, strings, text } from '../document/json.ts'
import {
  type Action,
  actionsOf,
  bodiesOf,
  type DeclaredParameter,
  follow,
  keywordOf,
  METHODS,
  splitDescription,
} from '../document/operations.ts'
import type { Source } from '../document/source.ts'
import { secretAnswerOf } from '../shapes/secrets.ts'
import { bodyKind, remarks, type Scope, shapeOf } from '../shapes/shapes.ts'
import { sharedNames } from '../shapes/shared-names.ts'
import { printLiteral } from './literal.ts'

/** The operation table of a valid document. */
export function buildTable(source: Source): OperationTable {
  const operations = actionsOf(source).map((action) => buildOperation(source, action))
  const used = new Set(operations.map((operation) => operation.resource))
  return {
    resources: list(source.data.tags)
      .map((tag) => buildResource(record(tag)))
      .filter((resource) => used.has(resource.name)),
    operations: Object.fromEntries(operations.map((operation) => [operation.id, operation])),
  }
}

/** Source of `operations.ts`. */
export function printTable(table: OperationTable, marker: string): string {
  const type = `import type { OperationTable } from '@wamux/core'`
  return `${marker}\n${type}\n\nexport const operations: OperationTable = ${printLiteral(table)}\n`
}

function buildResource(tag: Json): Resource {
  const name = String(tag.name)
  const { about } = splitDescription(tag.description)
  return { name, label: text(tag['x-wamux-label']) ?? titleOf(name), ...(about === undefined ? {} : { about }) }
}

// `apiKeys` is read as `Api Keys` where the document has no label
function titleOf(name: string): string {
  return name
    .replace(/(^|[a-z\d])([A-Z])/g, '$1 $2')
    .replace(/(^|[-_ ])(.)/g, (_all, gap: string, letter: string) => (gap && ' ') + letter.toUpperCase())
}

function buildOperation(source: Source, action: Action): Operation {
  const { operation, variant } = action
  const evidence = keywordOf(action, 'x-wamux-evidence') as Evidence
  const scope: Scope = { source, evidence }
  const { about, note } = splitDescription(keywordOf(action, 'description'))
  const parameters = operation.parameters.map((parameter) => buildParameter(scope, parameter))
  const body = buildBody(scope, action)
  const capability = text((variant ?? operation).data['x-wamux-capability'])
  const since = text(operation.data['x-wamux-since'])
  const engines = strings(keywordOf(action, 'x-wamux-engines'))
  const others = METHODS.filter((method) => list(operation.data['x-wamux-alternate-methods']).includes(method))
  const shared = sharedNames(source, action)
  return {
    id: action.id,
    resource: String(list(operation.data.tags)[0]),
    label: text(keywordOf(action, 'summary')) ?? action.id,
    about: about ?? '',
    ...(note === undefined ? {} : { note }),
    method: METHODS.find((method) => method.toLowerCase() === operation.method) ?? 'GET',
    path: operation.path,
    safety: keywordOf(action, 'x-wamux-safety') as Safety,
    audience: keywordOf(action, 'x-wamux-audience') as Audience,
    evidence,
    ...(capability === undefined ? {} : { capability }),
    ...(keywordOf(action, 'deprecated') === true ? { deprecated: true } : {}),
    ...(engines.length > 0 ? { engines } : {}),
    ...(since === undefined ? {} : { since }),
    ...(others.length > 0 ? { alternateMethods: others } : {}),
    ...(variant === undefined ? {} : { variantOf: String(operation.data.operationId) }),
    ...(shared.length > 0 ? { shared } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined ? {} : { body }),
    produces: producesOf(source, action),
    ...secretAnswerOf(source, operation),
  }
}

function buildParameter(scope: Scope, parameter: DeclaredParameter): Parameter {
  const { data } = parameter
  return {
    name: String(data.name),
    in: data.in as Parameter['in'],
    ...(data.required === true ? { required: true } : {}),
    ...shapeOf(scope, data.schema),
    ...(isComma(scope.source, parameter) ? { comma: true } : {}),
    ...remarks(scope, [data, data.schema]),
  }
}

function isComma(source: Source, { data }: DeclaredParameter): boolean {
  const array = shapeOf({ source, evidence: 'inferred' }, data.schema).type === 'array'
  return array && data.in === 'query' && (data.style ?? 'form') === 'form' && data.explode === false
}

function buildBody(scope: Scope, action: Action): Operation['body'] {
  const kinds: BodyKind[] = bodiesOf(scope.source, action).map(({ content, schema }) => bodyKind(scope, content, schema))
  if (kinds.length === 0) return undefined
  return { required: follow(scope.source, action.operation.data.requestBody).required === true, kinds }
}

function producesOf(source: Source, { operation }: Action): string[] {
  const good = Object.entries(record(operation.data.responses)).filter(([status]) => status.startsWith('2'))
  return [...new Set(good.flatMap(([, response]) => Object.keys(record(follow(source, response).content))))]
}
