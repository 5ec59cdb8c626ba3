import { GatewayError } from '@wamux/core'
import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { ownValue } from '../controls/own-value.ts'
import { errorText, isTechnical } from './error-text.ts'

type Titles = (field: string) => string | undefined
type NodeFailure = NodeApiError | NodeOperationError

/** What happened as n8n shows it: the gateway's own words, the next step, and which item it was. It never holds a secret. */
export function reportError(node: INode, error: unknown, itemIndex: number, titleOf: Titles = () => undefined): NodeFailure {
  if (error instanceof InvalidParameter) return localError(node, error.message, error.field, itemIndex, titleOf)
  if (!GatewayError.is(error)) return unexpected(node, error, itemIndex)
  if (error.reached === 'no' && error.field) return localError(node, error.message, error.field, itemIndex, titleOf)
  const { headline, description } = errorText(error)
  const httpCode = error.status === undefined ? {} : { httpCode: String(error.status) }
  // neither the gateway's error, which would put its whole body there, nor its code, for which n8n has words of its own
  const failure = new NodeApiError(node, { message: headline }, { message: headline, description, ...httpCode, itemIndex })
  return worded(failure, headline, description)
}

const CREDENTIAL_FIELDS: Readonly<Record<string, string>> = { baseUrl: 'Base URL', apiKey: 'API Key', accessToken: 'Access Token' }

function localError(node: INode, message: string, field: string, itemIndex: number, titleOf: Titles): NodeOperationError {
  const title = ownValue(CREDENTIAL_FIELDS, field) ?? titleOf(field)
  const [, what = message] = /^[^:]+: (.*)$/s.exec(message) ?? []
  const text = title ? `"${title}" does not fit: ${what} [item ${itemIndex}]` : `${message} [item ${itemIndex}]`
  const description = `Nothing was sent to the gateway. Input: ${field}`
  return worded(new NodeOperationError(node, text, { itemIndex, description }), text, description)
}

function unexpected(node: INode, error: unknown, itemIndex: number): NodeFailure {
  const message = error instanceof Error ? error.message : String(error)
  const headline = isTechnical(message) ? 'The node failed in a way that nobody foresaw' : message
  const description = headline === message ? '' : `Please report it: ${message}`
  return worded(new NodeOperationError(node, headline, { itemIndex, description }), headline, description)
}

// where a message has a word like ECONNRESET or EEXIST in it, n8n puts words of its own in the place of all of it, "You can retry the request
// immediately" among them
function worded<Failure extends NodeFailure>(failure: Failure, message: string, description: string): Failure {
  failure.message = message
  failure.description = description === '' ? undefined : description
  return failure
}

/** What an item says when the workflow goes on after a failure. n8n keeps these three names, and takes all others away. */
export interface ErrorJson {
  [name: string]: string | ErrorDetails
  readonly error: string
  /** What happened and what to do. */
  readonly message: string
  readonly details: ErrorDetails
}

/** For workflows that tell failures apart. */
export interface ErrorDetails {
  [name: string]: string | boolean | undefined
  /** `not_found`, `auth`, `invalid_request`, ... */
  readonly kind?: string
  readonly httpCode?: string
  readonly description?: string
  /** True when it may have been done all the same, so that doing it again could do it twice. */
  readonly mayBeDone?: boolean
}

/** The JSON of a failed item. @param cause what was thrown */
export function errorJson(failure: NodeFailure, cause: unknown): ErrorJson {
  const { message, description } = failure
  const kind = GatewayError.is(cause) ? cause.kind : cause instanceof InvalidParameter ? 'invalid_request' : undefined
  const httpCode = 'httpCode' in failure ? failure.httpCode : undefined
  return {
    error: message,
    message: description ? `${message}. ${description}` : message,
    details: {
      ...(kind ? { kind } : {}),
      ...(httpCode ? { httpCode } : {}),
      ...(description ? { description } : {}),
      mayBeDone: kind === 'unknown_outcome',
    },
  }
}
