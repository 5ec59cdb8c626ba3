import type { ApiDocument, DocumentOperation } from '../document/document.ts'
import { isBinarySchema } from '../document/merge-schema.ts'
import type { SchemaCheck } from '../document/schema-check.ts'
import { exampleOf } from '../examples/example-answer.ts'

/** An answer as it is served. */
export interface ServedAnswer {
  readonly status: number
  /** Empty when there is no body. */
  readonly contentType: string
  /** What a client should make of the body: parsed JSON, text, bytes, or undefined for none. */
  readonly data: unknown
}

/** What a request wants to get as its answer. */
export interface Wanted {
  readonly accept: string
  /** `202`, `202 application/json`: this answer of the document and no other. */
  readonly forced: string | undefined
}

/** One successful answer that an operation may give. */
export interface SuccessAnswer {
  /** As the document has it: `200`, `2XX`. */
  readonly status: string
  /** Undefined when there is no body. */
  readonly contentType: string | undefined
}

/** The first bytes of a binary file. */
export const BYTES: Uint8Array<ArrayBuffer> = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff])

/** All successful answers of an operation, the usual one first. */
export function successesOf(operation: DocumentOperation): SuccessAnswer[] {
  return Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, content]): SuccessAnswer[] => {
      const types = Object.keys(content)
      return types.length > 0 ? types.map((contentType) => ({ status, contentType })) : [{ status, contentType: undefined }]
    })
}

/** Makes the answers of a document; each is made once. */
export function createAnswers(
  document: ApiDocument,
  check: SchemaCheck,
): (operation: DocumentOperation, wanted: Wanted) => { answer: ServedAnswer; problems: readonly string[] } {
  const made = new Map<string, { data: unknown; problems: readonly string[] }>()
  return (operation, wanted) => {
    const chosen = choose(successesOf(operation), wanted)
    if (!chosen) return { answer: { status: 599, contentType: '', data: undefined }, problems: [`${operation.id} has no such answer`] }
    const { status: word, contentType: declared } = chosen
    const status = Number(word.replaceAll('X', '0'))
    if (declared === undefined) return { answer: { status, contentType: '', data: undefined }, problems: [] }
    const key = `${operation.method} ${operation.path} ${word} ${declared}`
    const data = made.get(key) ?? makeData(document, check, declared, operation.responses[word]?.[declared])
    made.set(key, data)
    return { answer: { status, contentType: concrete(declared, wanted.accept), data: data.data }, problems: data.problems }
  }
}

function choose(successes: readonly SuccessAnswer[], { accept, forced }: Wanted): SuccessAnswer | undefined {
  if (forced) {
    const [status, type] = forced.split(' ')
    return successes.find((one) => one.status === status && (type === undefined || one.contentType === type))
  }
  const [first] = successes
  const usual = successes.filter((one) => one.status === first?.status)
  const asked = accept.split(',').map((one) => one.split(';', 1)[0]?.trim() ?? '')
  // a gateway without the wanted type sends what it has
  return asked.map((type) => usual.find((one) => one.contentType !== undefined && overlaps(one.contentType, type))).find(Boolean) ?? first
}

function overlaps(one: string, other: string): boolean {
  if (one === other || other === '*/*') return true
  const [family, kind] = one.split('/')
  const [otherFamily, otherKind] = other.split('/')
  return family === otherFamily && (kind === '*' || otherKind === '*')
}

function concrete(declared: string, accept: string): string {
  if (!declared.endsWith('/*')) return declared
  return overlaps(declared, accept) && !accept.endsWith('*') ? accept : declared.replace('*', 'png')
}

function makeData(document: ApiDocument, check: SchemaCheck, contentType: string, schema: unknown) {
  if (isBinarySchema(document, schema)) return { data: BYTES, problems: [] }
  const { value, problems } = exampleOf(document, check, schema)
  if (problems.length > 0 || contentType === 'application/json' || typeof value === 'string') return { data: value, problems }
  return { data: 'text', problems: [] }
}

/** The answer on the wire. */
export function toResponse({ status, contentType, data }: ServedAnswer): Response {
  if (contentType === '') return new Response(null, { status })
  const body = contentType === 'application/json' ? JSON.stringify(data) : (data as string | Uint8Array<ArrayBuffer>)
  return new Response(body, { status, headers: { 'content-type': contentType } })
}
