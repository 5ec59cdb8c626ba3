/** Fields of an answer that only reports a failure. */
const WORDS_OF_FAILURE =
  /^(error|errors|err|message|msg|code|errorCode|error_code|errorMessage|error_description|status|statusCode|statusText|success|ok|result|type|timestamp|path|detail|details|description|reason|title|session|sessionId|requestId|request|version|exception|hint|field)$/

/** Fields that an error may be wrapped in. */
const WRAPPERS = ['data', 'response', 'result', 'results', 'body', 'payload', 'upstream'] as const

/** Words that a gateway uses where another writes `false`. */
const FAILED = /^(error|err|fail|failed|failure|exception|false)$/i

const DEEPEST = 4

type Fields = Readonly<Record<string, unknown>>

/** How an answer says that the call failed. */
export interface Refusal {
  /** The HTTP status that the answer has in it: `{ "statusCode": 500 }`. */
  readonly status?: number
}

/**
 * Finds out whether the JSON of a success by HTTP says that the call failed: `{ "error": "…" }`, `{ "status": false }`,
 * `{ "success": false }`, `{ "status": "error" }`, `{ "statusCode": 500 }`, or one of these wrapped in another object.
 *
 * A field `error` or a word beside real data (`{ "id": …, "status": "FAILED" }`) is a fact about that data and no failure of the call.
 *
 * @param data the parsed body
 * @returns `undefined` when it does not say so
 */
export function refusalOf(data: unknown, depth = 0): Refusal | undefined {
  if (depth > DEEPEST || typeof data !== 'object' || data === null || data instanceof Uint8Array) return undefined
  if (Array.isArray(data)) return refusalOfAll(data, depth)
  const fields = data as Fields
  const { success, ok, status, error } = fields
  const statusInBody = statusIn(fields)
  const refusal = statusInBody === undefined ? {} : { status: statusInBody }
  if (isNo(success) || isNo(ok) || status === false) return refusal
  if (success === true || ok === true || status === true) return undefined
  const others = Object.keys(fields).filter((name) => !WORDS_OF_FAILURE.test(name))
  const wrapped = WRAPPERS.filter((name) => typeof fields[name] === 'object' && fields[name] !== null)
  if (others.some((name) => !wrapped.includes(name as never))) return undefined
  if (others.length === 0) {
    if (error || hasEntries(fields.errors) || hasEntries(fields.exception) || isNo(fields.result) || statusInBody !== undefined)
      return refusal
    if ([fields.result, fields.type].some(isWordOfFailure)) return refusal
    // `{ "status": "FAILED" }` alone is the state of a session
    if (isWordOfFailure(status) && (status !== 'FAILED' || Object.keys(fields).length > 1)) return refusal
  }
  for (const name of wrapped) {
    const inside = refusalOf(fields[name], depth + 1)
    if (inside) return { ...refusal, ...inside }
  }
  return undefined
}

/**
 * True for a success by HTTP whose JSON says that the call failed.
 *
 * @param data the parsed body
 */
export function isRefusal(data: unknown): boolean {
  return refusalOf(data) !== undefined
}

// true for a list that contains errors only; a row about a person has an id beside its error
function refusalOfAll(rows: readonly unknown[], depth: number): Refusal | undefined {
  const bare = rows.slice(0, 20).every((row) => Object.keys(Object(row)).every((name) => WORDS_OF_FAILURE.test(name)))
  const refusals = bare ? rows.slice(0, 20).map((row) => refusalOf(row, depth + 1)) : [undefined]
  return refusals.every((one) => one !== undefined) ? refusals[0] : undefined
}

function isNo(value: unknown): boolean {
  return value === false || (typeof value === 'string' && /^false$/i.test(value))
}

function isWordOfFailure(value: unknown): boolean {
  return typeof value === 'string' && FAILED.test(value)
}

function hasEntries(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

function statusIn({ statusCode, status, code, upstream_status, message, error }: Fields): number | undefined {
  const statuses = [statusCode, upstream_status, status, ...(message || error ? [code] : [])].map(numberOf)
  return statuses.find((one) => Number.isInteger(one) && one >= 400 && one < 600)
}

// converting a foreign object throws when its `toString` is no function
function numberOf(value: unknown): number {
  return typeof value === 'object' ? Number.NaN : Number(value)
}
