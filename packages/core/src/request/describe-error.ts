import { type ErrorKind, GatewayError } from '../errors/gateway-error.ts'
import type { Redactor } from '../errors/redactor.ts'
import { findVendorMessage, type VendorMessage } from '../errors/vendor-message.ts'
import { missingThing } from './missing-thing.ts'
import { causeCode } from './network-error.ts'
import type { ParsedResponse } from './response.ts'
import { type Failure, mayRepeat, outcomeKind } from './retry-policy.ts'
import { isNoRoute, isWebPage } from './success.ts'
import type { FailedAttempt, RequestContext, VendorFailure } from './types.ts'

const BODY_SHOWN = 2048
// characters; a longer text is cut off
const LONGEST_ID = 200
const LONGEST_MESSAGE = 501
const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id', 'cf-ray', 'x-amzn-requestid']

/**
 * Makes the error that a failed attempt is reported with.
 *
 * @param failed the attempt; its response was parsed after secrets were removed from it
 * @param failure what the attempt means
 * @param vendor what the plugin read from the response
 * @param redactor hides what the response still shows
 */
export function describeError(
  failed: FailedAttempt & { readonly response: ParsedResponse | undefined },
  failure: Failure,
  vendor: VendorFailure,
  redactor: Redactor,
): GatewayError {
  const { context, operation, attempt, response, attempts } = failed
  const kind = outcomeKind(operation.safety, failure)
  const found: VendorMessage = response ? findVendorMessage(response.data, response.text) : {}
  const vendorMessage = redacted(vendor.message ?? found.message, redactor)?.slice(0, LONGEST_MESSAGE)
  const cause = attempt.response ? undefined : attempt.cause
  const what = response ? responseText(response, vendorMessage) : networkText(failure, cause, redactor)
  const mayHaveHappened = kind === 'unknown_outcome'
  const lacking = kind === 'not_found' && response && !isNoRoute(response, vendorMessage)
  const missing = lacking ? `, no such ${missingThing(operation.id, vendorMessage)}` : ''
  return new GatewayError(`${context.gateway.name} ${operation.id}: ${mayHaveHappened ? 'may have been done, ' : ''}${what}${missing}`, {
    kind,
    gateway: context.gateway.id,
    operation: operation.id,
    status: response?.status,
    code: redacted(vendor.code ?? found.code, redactor)?.slice(0, LONGEST_ID) ?? causeCode(cause),
    vendorMessage,
    body: response?.text ? response.text.slice(0, BODY_SHOWN) : undefined,
    hint: mayHaveHappened ? 'Check whether it was done before you repeat it.' : hintOf(failed, kind, vendor.hint, vendorMessage, redactor),
    retryable: mayRepeat(operation.safety, failure) && !mayHaveHappened,
    retryAfterMs: failure.retryAfterMs,
    attempts: attempt.response === undefined && attempt.notSent ? attempts - 1 : attempts,
    requestId: response && redacted(requestIdOf(response), redactor)?.slice(0, LONGEST_ID),
    reached: failure.reached,
    cause: cause === undefined ? undefined : redactor.error(cause),
  })
}

function hintOf(
  { context, draft, response }: FailedAttempt & { readonly response: ParsedResponse | undefined },
  kind: ErrorKind,
  hint: string | undefined,
  vendorMessage: string | undefined,
  redactor: Redactor,
): string | undefined {
  if (isNoRoute(response, vendorMessage)) {
    const better = nearestBase(context.baseUrl, draft.path)
    const nearest = better === undefined ? '' : ` It may be ${redactor.url(better)}.`
    return `${hint ?? hintFor('bad_response', context, redactor)}${nearest}`
  }
  return hint ?? hintFor(kind, context, redactor)
}

/** The base URL without the path that the API's own paths begin with, or without any path. */
function nearestBase(baseUrl: string, path: string): string | undefined {
  if (!URL.canParse(baseUrl)) return undefined
  const { origin, pathname } = new URL(baseUrl)
  const [base, asked] = [pathname, path].map((one) => one.split('/').filter(Boolean)) as [string[], string[]]
  if (base.length === 0) return undefined
  const twice = base.findIndex((_, index) => base.slice(index).every((segment, place) => segment === asked[place]))
  return [origin, ...base.slice(0, Math.max(0, twice))].join('/')
}

function redacted(text: string | undefined, redactor: Redactor): string | undefined {
  return text === undefined ? undefined : redactor.text(text)
}

function requestIdOf({ headers }: ParsedResponse): string | undefined {
  return REQUEST_ID_HEADERS.map((name) => headers.get(name)).find((id) => id !== null) ?? undefined
}

function responseText(response: ParsedResponse, vendorMessage: string | undefined): string {
  const { status, unreadable, text } = response
  if (unreadable) return `the answer (HTTP ${status}) cannot be read: ${unreadable}`
  if (status >= 300 && status < 400) return `HTTP ${status}, a redirect, which is not followed`
  if (status >= 200 && status < 300 && isWebPage(response)) return `HTTP ${status} with a web page instead of data`
  return vendorMessage ? `${vendorMessage} (HTTP ${status})` : `HTTP ${status}${text ? '' : ' with an empty body'}`
}

function networkText(failure: Failure, cause: unknown, redactor: Redactor): string {
  if (failure.kind === 'timeout') return 'no answer in time'
  if (failure.kind === 'aborted') return 'aborted'
  if (failure.kind === 'bad_response' && cause instanceof Error) return redactor.text(cause.message)
  const detail = causeCode(cause) ?? (cause instanceof Error ? redactor.text(cause.message) : undefined)
  const place = failure.reached === 'no' ? 'cannot be reached' : 'the connection broke'
  return detail ? `${place} (${detail})` : place
}

function hintFor(kind: ErrorKind, { gateway, baseUrl }: RequestContext, redactor: Redactor): string | undefined {
  if (kind === 'auth') return `Check the credentials for ${gateway.name}.`
  if (kind === 'network') return `Is the gateway running at ${redactor.url(baseUrl)}?`
  if (kind === 'bad_response') return `Is ${redactor.url(baseUrl)} the base URL of ${gateway.name}?`
  return undefined
}
