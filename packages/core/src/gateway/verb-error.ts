import { GatewayError } from '../errors/gateway-error.ts'
import { missingThing } from '../request/missing-thing.ts'
import { hideSecrets, redactorFor } from '../request/redaction.ts'
import type { RequestContext } from '../request/types.ts'
import type { VerbId } from '../vocabulary/index.ts'
import { verbSafety } from '../vocabulary/verb-facts.ts'

/**
 * The error that a verb throws for what went wrong in it.
 *
 * @param context the gateway
 * @param operation the verb: `message.sendText`
 * @param cause what was thrown
 * @param input what the caller gave
 * @returns a GatewayError without secrets: the cause itself if it is one; otherwise the response had an unexpected shape, which is
 *   `unknown_outcome` for verbs that send, make or remove, and `bad_response` for the others
 */
export function verbError(context: RequestContext, operation: string, cause: unknown, input: object = {}): GatewayError {
  if (GatewayError.is(cause)) {
    const named = withOrigin(cause, context.gateway.id, operation)
    return hideSecrets(named.kind === 'not_found' ? whatIsMissing(named, input) : named, redactorFor(context))
  }
  const { id: gateway, name } = context.gateway
  // the gateway reported success, so a message may have been sent, or a thing made or removed
  const safety = Object.hasOwn(verbSafety, operation) ? verbSafety[operation as VerbId] : 'send'
  const kind = safety === 'read' || safety === 'converge' ? 'bad_response' : 'unknown_outcome'
  const told = 'It reported success, but its data does not have the form that its document describes.'
  const hint = kind === 'unknown_outcome' ? `${told} Check whether it was done before you repeat it.` : told
  const message = `${name} ${operation}: the answer is not what was expected`
  // without `cause`: the message of a TypeError may quote data of the response, for example a QR code or a key
  const code = cause instanceof Error ? cause.name : undefined
  return new GatewayError(message, { kind, gateway, operation, hint, code, attempts: 1, reached: 'yes' })
}

/** The inputs that name something that may not exist, the most specific first. */
const NAMED = ['message', 'webhook', 'label', 'group', 'channel', 'contact', 'chat', 'invite', 'to', 'phone'] as const
const WORDS: ReadonlyMap<string, string> = new Map([
  ['invite', 'group'],
  ['to', 'chat or number'],
  ['phone', 'number'],
])
/** Inputs that may contain a token, so that no error shows them. */
const NOT_SHOWN: readonly string[] = ['webhook', 'invite']

type Names = Readonly<Partial<Record<(typeof NAMED)[number] | 'session', unknown>>>

/** Replaces `no such message` in the error by the input that was not found: `no message 3EB0AA in the chat with …`. */
function whatIsMissing(error: GatewayError, input: object): GatewayError {
  const { message, vendorMessage } = error
  const named = / no such (\w+)$/.exec(message)
  // any other message is complete already: the plugin wrote it, or it is about the base URL
  if (!named) return error
  const names = input as Names
  const session = typeof names.session === 'string' ? `session "${names.session}"` : undefined
  const field = missingThing('', vendorMessage) === 'session' ? undefined : NAMED.find((name) => names[name] !== undefined)
  if (field === undefined) return session === undefined ? error : renamed(error, named.index, ` no ${session}`)
  const chat = field === 'message' && typeof names.chat === 'string' ? ` in the chat with ${names.chat}` : ''
  const shown = !NOT_SHOWN.includes(field) && typeof names[field] === 'string' ? ` ${names[field]}` : ''
  const where = session === undefined ? '' : ` in ${session}`
  return renamed(error, named.index, ` no ${WORDS.get(field) ?? field}${shown}${chat}${where}`)
}

// code that several verbs share throws errors without the names of the gateway and the verb
function withOrigin(error: GatewayError, gateway: string, operation: string): GatewayError {
  if (error.gateway !== undefined && error.operation !== undefined) return error
  return new GatewayError(error.message, {
    ...error,
    gateway: error.gateway ?? gateway,
    operation: error.operation ?? operation,
    cause: error.cause,
  })
}

function renamed(error: GatewayError, end: number, words: string): GatewayError {
  return new GatewayError(error.message.slice(0, end) + words, { ...error, cause: error.cause })
}
