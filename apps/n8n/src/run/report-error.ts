import { GatewayError } from '@wamux/core'
import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'

type Titles = (field: string) => string | undefined

/** What happened as n8n shows it: the gateway's own words, the next step, and which item it was. It never holds a secret. */
export function reportError(
  node: INode,
  error: unknown,
  itemIndex: number,
  titleOf: Titles = () => undefined,
): NodeApiError | NodeOperationError {
  if (error instanceof InvalidParameter) return localError(node, error.message, error.field, itemIndex, titleOf)
  if (!GatewayError.is(error)) {
    const message = error instanceof Error ? error.message : String(error)
    return new NodeOperationError(node, message, { itemIndex })
  }
  if (error.reached === 'no' && error.field) return localError(node, error.message, error.field, itemIndex, titleOf)
  const message = headline(error)
  const description = [error.vendorMessage, error.hint]
    .filter((part) => part !== undefined && part !== '')
    .join('. ')
    .replace(/\.\. /g, '. ')
  const httpCode = error.status === undefined ? undefined : String(error.status)
  // the gateway's error itself would put its whole body there
  const response = { message, ...(error.code === undefined ? {} : { code: error.code }) }
  return new NodeApiError(node, response, {
    message,
    description: description === '' ? message : description,
    ...(httpCode === undefined ? {} : { httpCode }),
    itemIndex,
  })
}

function localError(node: INode, message: string, field: string, itemIndex: number, titleOf: Titles): NodeOperationError {
  const title = titleOf(field)
  const [, what = message] = /^[^:]+: (.*)$/s.exec(message) ?? []
  const text = title ? `"${title}" does not fit: ${what} [item ${itemIndex}]` : `${message} [item ${itemIndex}]`
  return new NodeOperationError(node, text, { itemIndex, description: `Nothing was sent to the gateway. Input: ${field}` })
}

function headline(error: GatewayError): string {
  if (error.operation === 'preflight' && error.kind === 'auth') return 'Invalid subscription or API key'
  if (error.kind === 'unknown_outcome') return 'It may have been done: the answer of the gateway was lost'
  if (error.kind === 'auth') return 'The gateway refuses the credentials'
  return error.message
}

/** What an item says when the workflow goes on after a failure. */
export function errorJson(error: NodeApiError | NodeOperationError, cause: unknown): { error: string; [name: string]: string | boolean } {
  const { description } = error
  const kind = GatewayError.is(cause) ? cause.kind : cause instanceof InvalidParameter ? 'invalid_request' : undefined
  const httpCode = 'httpCode' in error ? error.httpCode : undefined
  return {
    error: error.message,
    ...(description ? { description } : {}),
    ...(kind ? { kind } : {}),
    ...(httpCode ? { httpCode } : {}),
  }
}
