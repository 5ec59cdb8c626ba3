import { invalidInput } from '../errors/gateway-error.ts'
import type { WireRequest } from './transport.ts'
import type { RequestDraft } from './types.ts'
import { isBelow, queryString, UNFIT } from './url.ts'

/**
 * Turns a draft into the request that goes over the network.
 *
 * @param baseUrl without a trailing slash
 * @param draft the request as verbs and credentials left it
 * @param bytes true when a success is a file
 * @throws {GatewayError} `invalid_request`: the path leaves the base URL, or the body is not JSON
 */
export function toWireRequest(
  baseUrl: string,
  { method, path, query, headers, body }: RequestDraft,
  bytes: boolean | undefined,
): WireRequest {
  if (!isBelow(baseUrl, path)) throw invalidInput('path', UNFIT)
  const asItIs = isWireBody(body ?? '')
  return {
    method,
    url: baseUrl + path + queryString(query),
    headers: asItIs ? headers : { 'content-type': 'application/json', ...headers },
    body: asItIs ? ((body ?? undefined) as WireRequest['body']) : jsonText(body),
    bytes,
  }
}

/** True for a body that goes out as it is: text, bytes, a form, a stream. Such classes have a `Symbol.toStringTag`; plain data has none. */
export function isWireBody(body: unknown): body is NonNullable<WireRequest['body']> {
  return typeof body === 'string' || Symbol.toStringTag in Object(body)
}

function jsonText(body: unknown): string {
  try {
    return JSON.stringify(body)
  } catch {
    throw invalidInput('body', 'expected JSON')
  }
}
