import { isRecord, isWords, type Json, list, record, text } from '../document/json.ts'
import { constantName, type DeclaredOperation, follow, isMethodKey, METHODS, operationsOf, SAFETIES } from '../document/operations.ts'
import type { Place, Report, Source } from '../document/source.ts'

const DOTTED = /^[a-z][A-Za-z\d]*\.[a-z][A-Za-z\d]*$/
const BESIDE_METHODS: ReadonlySet<string> = new Set(['parameters', 'summary', 'description', 'servers'])

/** Rules of operations, variants and their responses. */
export function checkOperations(source: Source, report: Report): void {
  const tags = checkTags(source, report)
  const operations = operationsOf(source)
  for (const [path, item] of Object.entries(record(source.data.paths))) {
    for (const key of Object.keys(record(item)).filter(
      (name) => !isMethodKey(name) && !BESIDE_METHODS.has(name) && !name.startsWith('x-'),
    )) {
      report(['paths', path, key], `${key} is not one of ${METHODS.join(', ').toLowerCase()}`)
    }
  }
  const claims: Claims = { ids: new Map(), constants: new Map(), capabilities: new Map(), routes: new Map() }
  for (const operation of operations) {
    checkTag(operation, tags, report)
    checkWords(operation.data, operation.place, report)
    checkClaims(operation, claims, report)
    checkVariants(source, operation, claims, report)
    checkParameters(operation, report)
    if (operation.data['x-wamux-evidence'] === undefined) report(operation.place, 'x-wamux-evidence is missing')
    checkSafety(operation.data, operation.place, true, report)
    if (operation.data['x-wamux-engines'] !== undefined && !isWords(operation.data['x-wamux-engines'])) {
      report([...operation.place, 'x-wamux-engines'], 'x-wamux-engines is a list of names')
    }
    if ((operation.data['x-wamux-empty-answer'] ?? true) !== true) {
      report([...operation.place, 'x-wamux-empty-answer'], 'x-wamux-empty-answer is true or absent')
    }
    for (const status of Object.keys(record(operation.data.responses))) {
      checkResponse(record(operation.data.responses)[status], [...operation.place, 'responses', status], report)
    }
  }
  for (const [name, response] of Object.entries(record(record(source.data.components).responses))) {
    checkResponse(response, ['components', 'responses', name], report)
  }
}

/** What must be unique in a document, with the place that used it first. */
interface Claims {
  readonly ids: Map<string, Place>
  readonly constants: Map<string, Place>
  readonly capabilities: Map<string, Place>
  readonly routes: Map<string, Place>
}

function checkTags(source: Source, report: Report): ReadonlySet<string> {
  const names = new Set<string>()
  list(source.data.tags).forEach((tag, index) => {
    const name = text(record(tag).name)
    if (name === undefined) report(['tags', index], 'a tag has a name')
    else if (names.has(name)) report(['tags', index], `tag ${name} is declared twice`)
    else names.add(name)
  })
  return names
}

function checkTag({ data, place }: DeclaredOperation, tags: ReadonlySet<string>, report: Report): void {
  const own = list(data.tags)
  if (own.length !== 1) report(own.length > 0 ? [...place, 'tags'] : place, `an operation has exactly one tag, not ${own.length}`)
  for (const tag of own) {
    if (!tags.has(String(tag))) report([...place, 'tags'], `tag ${String(tag)} is not declared`)
  }
}

function checkWords(data: Json, place: Place, report: Report): void {
  for (const key of ['summary', 'description']) {
    if (text(data[key]) === undefined) report(data[key] === undefined ? place : [...place, key], `${key} is missing`)
  }
}

function checkSafety(data: Json, place: Place, needed: boolean, report: Report): void {
  const safety = data['x-wamux-safety']
  if (safety === undefined) {
    if (needed) report(place, 'x-wamux-safety is missing')
  } else if (!SAFETIES.some((known) => known === safety)) {
    report([...place, 'x-wamux-safety'], `x-wamux-safety is ${SAFETIES.join(', ')}, not ${String(safety)}`)
  }
}

function checkClaims({ data, path, method, place, variants }: DeclaredOperation, claims: Claims, report: Report): void {
  checkId(data, place, claims, variants.length === 0, report)
  checkCapability(data, place, claims, report)
  if (variants.length > 0 && data['x-wamux-capability'] !== undefined) {
    report([...place, 'x-wamux-capability'], 'an operation with variants is no action: its variants have the capabilities')
  }
  const template = path.replace(/\{[^{}]*\}/g, '{}')
  claim(claims.routes, `${method.toUpperCase()} ${template}`, place, `${method.toUpperCase()} ${path}`, report)
  const others = data['x-wamux-alternate-methods']
  if (others === undefined) return
  const at = [...place, 'x-wamux-alternate-methods']
  if (!isWords(others)) report(at, 'x-wamux-alternate-methods is a list of methods')
  for (const other of list(others)) {
    if (METHODS.some((known) => known === other))
      claim(claims.routes, `${String(other)} ${template}`, at, `${String(other)} ${path}`, report)
    else report(at, `unknown method ${String(other)}`)
  }
}

function checkId(data: Json, place: Place, claims: Claims, isAction: boolean, report: Report): void {
  const id = data.operationId
  const at = [...place, 'operationId']
  if (id === undefined) report(place, 'operationId is missing')
  else if (typeof id !== 'string' || !DOTTED.test(id)) report(at, `operationId ${String(id)} is not <family>.<action> in lowerCamelCase`)
  else if (claim(claims.ids, id, at, `operationId ${id}`, report) && isAction) {
    claim(claims.constants, constantName(id), at, `the constant ${constantName(id)}`, report)
  }
}

function checkCapability(data: Json, place: Place, claims: Claims, report: Report): void {
  const capability = data['x-wamux-capability']
  const at = [...place, 'x-wamux-capability']
  if (capability === undefined) return
  if (typeof capability === 'string' && DOTTED.test(capability))
    claim(claims.capabilities, capability, at, `capability ${capability}`, report)
  else report(at, `x-wamux-capability ${String(capability)} is not namespace.verb`)
}

function claim(taken: Map<string, Place>, key: string, place: Place, what: string, report: Report): boolean {
  const first = taken.get(key)
  if (first === undefined) taken.set(key, place)
  else report(place, `${what} is already that of ${first.slice(1, 3).join(' ')}`)
  return first === undefined
}

function checkVariants(source: Source, operation: DeclaredOperation, claims: Claims, report: Report): void {
  const { data, variants } = operation
  const declared = data['x-wamux-variants']
  const at = [...operation.place, 'x-wamux-variants']
  if (declared === undefined) return
  if (variants.length === 0) report(at, 'x-wamux-variants is a list of kinds')
  const named = new Set(variants.map((variant) => record(variant.data.schema).$ref))
  for (const variant of variants) {
    checkWords(variant.data, variant.place, report)
    checkId(variant.data, variant.place, claims, true, report)
    checkCapability(variant.data, variant.place, claims, report)
    checkSafety(variant.data, variant.place, false, report)
    if (typeof record(variant.data.schema).$ref !== 'string') {
      report(variant.place, `the schema of a variant is a $ref into '#/components/schemas'`)
    }
  }
  const content = Object.entries(record(follow(source, data.requestBody).content))
  if (content.length === 0) report(at, 'an operation with x-wamux-variants has a body')
  for (const [type, media] of content) {
    const body = follow(source, record(media).schema)
    const kinds = new Set([...list(body.oneOf), ...list(body.anyOf)].map((member) => record(member).$ref))
    for (const ref of [...named].filter((name) => !kinds.has(name))) report(at, `${String(ref)} is not in the anyOf of the body (${type})`)
    for (const ref of [...kinds].filter((name) => !named.has(name)))
      report(at, `${String(ref)} is in the anyOf of the body (${type}), but no variant`)
  }
}

function checkParameters({ path, place, parameters }: DeclaredOperation, report: Report): void {
  const named = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]))
  const declared = new Set<unknown>()
  for (const { data, place: at } of parameters) {
    const name = String(data.name)
    if (data.in === 'path') {
      declared.add(name)
      if (!named.has(name)) report(at, `path parameter ${name} is not in ${path}`)
      if (data.required !== true) report(at, `path parameter ${name} is not required: true`)
    } else if (data.in !== 'query' && data.in !== 'header') {
      report(at, `parameter ${name} is in path, query or header, not in ${String(data.in)}`)
    }
    if (data.schema === undefined) report(at, `parameter ${name} has no schema`)
    if (data.style !== undefined && data.style !== (data.in === 'query' ? 'form' : 'simple')) {
      report(at, `parameter ${name} has style ${String(data.style)}, which nothing here can write`)
    }
  }
  for (const name of named) {
    if (!declared.has(name)) report(place, `path parameter ${String(name)} is not declared`)
  }
}

function checkResponse(response: unknown, place: Place, report: Report): void {
  if (isRecord(response) && response.$ref === undefined && text(response.description) === undefined) {
    report(place, 'a response has a description')
  }
}
