import type { ApiDocument, DocumentOperation, DocumentVariant } from '../document/document.ts'
import { isRecord, type Json, list, record, words } from '../document/json.ts'
import { isBinarySchema, knownFields, mergeSchema } from '../document/merge-schema.ts'
import type { SchemaCheck } from '../document/schema-check.ts'
import { type Refuse, readText } from './read-parameters.ts'

/** A body as it arrived: JSON, or the parts of a form by name, files as bytes; without the credentials. */
export interface ReadBody {
  readonly body: unknown
  readonly contentType: string
  /** The kinds of an operation with variants that the body fits. */
  readonly variants: readonly string[]
}

interface Reading {
  readonly document: ApiDocument
  readonly check: SchemaCheck
  readonly refuse: Refuse
  /** Top-level fields that are credentials. */
  readonly credentials: readonly string[]
}

/** Reads and checks the body of a request. */
export async function readBody(reading: Reading, operation: DocumentOperation, request: Request): Promise<ReadBody> {
  const contentType = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (contentType === 'multipart/form-data') return readForm(reading, operation, await request.formData())
  const text = await request.text()
  const sent = text === '' ? undefined : readJson(text, contentType, reading.refuse)
  const credentials = isRecord(sent) ? Object.keys(sent).filter((name) => reading.credentials.includes(name)) : []
  const body = isRecord(sent) ? without(sent, credentials) : sent
  const onlyCredentials = credentials.length > 0 && Object.keys(record(body)).length === 0
  const none: ReadBody = { body: undefined, contentType, variants: [] }
  if (!operation.body) {
    if (sent !== undefined && !onlyCredentials) reading.refuse(`${operation.id} takes no body`)
    return none
  }
  if (sent === undefined || (onlyCredentials && !operation.body.required)) {
    if (operation.body.required) reading.refuse('the body is missing')
    return none
  }
  const schema = operation.body.content[contentType]
  if (schema === undefined) {
    reading.refuse(`the body is ${contentType || 'of no type'}, expected ${Object.keys(operation.body.content).join(' or ')}`)
    return { ...none, body }
  }
  return { body, contentType, variants: checkBody(reading, operation, schema, body) }
}

function readJson(text: string, contentType: string, refuse: Refuse): unknown {
  if (contentType !== 'application/json') return text
  try {
    return JSON.parse(text)
  } catch {
    refuse('the body is not valid JSON')
    return undefined
  }
}

function without(body: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
}

function checkBody(reading: Reading, operation: DocumentOperation, schema: unknown, body: unknown): string[] {
  if (operation.variants.length === 0) {
    for (const problem of problemsOf(reading, schema, body)) reading.refuse(problem)
    return []
  }
  // a body must fit one of the kinds completely, without a field of another kind
  const judged = operation.variants.map((variant: DocumentVariant) => ({
    id: variant.id,
    problems: problemsOf(reading, variant.schema, body),
  }))
  const fitting = judged.filter(({ problems }) => problems.length === 0)
  if (fitting.length === 0) for (const { id, problems } of judged) reading.refuse(`not ${id}: ${problems.join('; ')}`)
  return fitting.map(({ id }) => id)
}

function problemsOf({ document, check }: Reading, schema: unknown, body: unknown): string[] {
  const known = knownFields(document, schema)
  const unknown = isRecord(body) && known ? Object.keys(body).filter((name) => !known.has(name)) : []
  return [...check(schema, body, 'body'), ...unknown.map((name) => `body field ${name} is unknown`)]
}

function readForm(reading: Reading, operation: DocumentOperation, form: FormData): Promise<ReadBody> {
  return readParts(reading, operation.body?.content['multipart/form-data'], form).then(({ body, checked }) => {
    const schema = operation.body?.content['multipart/form-data']
    const contentType = 'multipart/form-data'
    if (schema === undefined) {
      reading.refuse(`${operation.id} takes no multipart/form-data`)
      return { body, contentType, variants: [] }
    }
    return { body, contentType, variants: checkBody(reading, operation, schema, checked) }
  })
}

type Parts = Record<string, unknown>

// ajv is given a text in place of bytes
async function readParts(reading: Reading, schema: unknown, form: FormData): Promise<{ body: Parts; checked: Parts }> {
  const properties = record(mergeSchema(reading.document, schema).schema.properties)
  const body: Parts = {}
  const checked: Parts = {}
  for (const name of new Set(form.keys())) {
    if (reading.credentials.includes(name)) continue
    const merged = mergeSchema(reading.document, properties[name]).schema
    const isArray = words(merged.type).includes('array')
    const item = isArray ? merged.items : merged
    const read = await Promise.all(form.getAll(name).map((part) => readPart(reading, name, item, part)))
    if (!isArray && read.length > 1) reading.refuse(`part ${name} stands there ${read.length} times`)
    body[name] = isArray ? read.map((one) => one.value) : read[0]?.value
    checked[name] = isArray ? read.map((one) => one.checked) : read[0]?.checked
  }
  return { body, checked }
}

async function readPart(
  { document, check, refuse }: Reading,
  name: string,
  schema: unknown,
  part: FormDataEntryValue,
): Promise<{ value: unknown; checked: unknown }> {
  const binary = takesBinary(document, schema)
  if (typeof part !== 'string') {
    if (!binary.some(Boolean)) refuse(`part ${name} is a file, expected text`)
    return { value: new Uint8Array(await part.arrayBuffer()), checked: 'binary' }
  }
  if (binary.every(Boolean)) refuse(`part ${name} is text, expected a file`)
  const { value } = readText(part, (read) => check(schema, read, `part ${name}`))
  return { value, checked: value }
}

// one answer for each way the part may look
function takesBinary(document: ApiDocument, schema: unknown): boolean[] {
  const { oneOf, anyOf } = mergeSchema(document, schema).schema
  const members = [...list(oneOf), ...list(anyOf)]
  return members.length > 0 ? members.flatMap((member) => takesBinary(document, member)) : [isBinarySchema(document, schema)]
}
