import { invalidInput } from '../errors/gateway-error.ts'
import type { WireRequest } from './transport.ts'
import type { RequestDraft } from './types.ts'
import { isBelow, queryString, UNFIT } from './url.ts'

export function toWireRequest(
  baseUrl: string,
  { method, path, query, headers, body }: RequestDraft,
  bytes: boolean | undefined,
): WireRequest {
  if (!isBelow(baseUrl, path)) throw invalidInput('path', UNFIT)
  const request = { method, url: baseUrl + path + queryString(query), headers, bytes }
  if (body === undefined || body === null) return request
  if (isWireBody(body)) return { ...request, body }
  return { ...request, headers: { 'content-type': 'application/json', ...headers }, body: jsonText(body) }
}

/** True for a body that goes out as it is: text, bytes, a form, a stream. The platform's own classes name themselves, data does not. */
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
