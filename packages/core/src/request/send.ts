import { GatewayError } from '../errors/gateway-error.ts'
import { toWire } from './body.ts'
import { isSuccess, readAnswer } from './response.ts'
import type { Draft, ExchangeContext, ExchangeOptions, Meaning, Outcome } from './types.ts'

/**
 * Sends a draft until it succeeded or must not be tried again. The way of success is short; all that a failure, a hook or a limit needs
 * is code of its own, so that bundles stay small.
 */
export async function perform(context: ExchangeContext, draft: Draft, meaning: Meaning, call: ExchangeOptions): Promise<Outcome> {
  const { transport } = context
  context.authorization.apply(draft)
  const request = toWire(context.baseUrl, draft, call.bytes)
  const deadline = transport.begin(call)
  try {
    const first = context.watch || deadline.signal.aborted ? undefined : await transport.attempt(request, deadline)
    const answer = first?.answer && readAnswer(first.answer, request.bytes)
    if (answer && isSuccess(context, answer)) return { answer, raw: first?.answer }
    const { persist } = await loadPersist()
    return await persist({ context, draft, request, meaning, deadline, call }, first)
  } finally {
    deadline.close()
  }
}

// a browser that is offline cannot load the chunk either; then the little that is certain has to do
function loadPersist(): Promise<typeof import('./retry-loop.ts')> {
  return import('./retry-loop.ts').catch((cause) => {
    throw new GatewayError('The request failed', { kind: 'unknown_outcome', cause })
  })
}
