/** Fields of an answer that only reports a failure. */
const WORDS_OF_FAILURE =
  /^(error|errors|message|msg|code|errorCode|status|statusCode|success|ok|timestamp|path|details|reason|session|requestId)$/

/**
 * True for a success by HTTP whose JSON says that the call failed: `{ "error": "…" }`, `{ "status": false }`, `{ "success": false }`.
 *
 * A field `error` beside real data (`{ "id": …, "error": … }`) is a fact about that data and no failure of the call.
 *
 * @param data the parsed body
 */
export function saysNo(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false
  const { success, status, error } = data as Record<string, unknown>
  if (success === false || status === false) return true
  if (!error || success === true || status === true) return false
  return Object.keys(data).every((name) => WORDS_OF_FAILURE.test(name))
}
