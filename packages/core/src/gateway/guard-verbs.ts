import { GatewayError } from '../errors/gateway-error.ts'
import type { CallOptions } from '../schema/call-options.ts'
import { paged } from '../verbs/paged.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import type { Manifest } from '../vocabulary/manifest.ts'
import type { Page, PageInput } from '../vocabulary/page.ts'

type AnyVerb = (input?: PageInput, options?: CallOptions) => Promise<Page<unknown>>

/** Lists, to be iterated over; complete by type in `vocabulary/`. */
const LISTS = /^(?!session\.).*\.(list|chats)$/
/** The gateway said yes: whatever was to be sent, made or removed may have been. */
const WITH_EFFECT = /\.(send|forward|react|edit|revoke|create|delete|reset|clear|leave|add|remove)/

/**
 * Sees to it that a verb throws nothing but GatewayError, also for an answer that is nothing like its document, and that lists can be
 * iterated over.
 */
export function guardVerbs<C extends Capabilities>(manifest: Manifest, capabilities: C): C {
  const guarded = Object.entries(capabilities).map(([namespace, verbs]) => {
    const entries = Object.entries(verbs as Record<string, AnyVerb>).map(([name, verb]): [string, AnyVerb] => {
      const operation = `${namespace}.${name}`
      const guard: AnyVerb = async (input = {}, options) => {
        try {
          return await verb(input, options)
        } catch (error) {
          throw asGatewayError(manifest, operation, error)
        }
      }
      return [name, LISTS.test(operation) ? (input = {}, options) => paged(guard, input, options) : guard]
    })
    return [namespace, Object.fromEntries(entries)]
  })
  return Object.fromEntries(guarded) as C
}

function asGatewayError(manifest: Manifest, operation: string, cause: unknown): GatewayError {
  if (GatewayError.is(cause)) return cause
  const kind = WITH_EFFECT.test(operation) ? 'unknown_outcome' : 'bad_response'
  const hint = 'It answered well, but with data of another shape than its document says.'
  const message = `${manifest.name} ${operation}: the answer is not what was expected`
  // the cause stays out: an engine's TypeError quotes the data, and that may be a QR code or an echoed key
  const code = cause instanceof Error ? cause.name : undefined
  return new GatewayError(message, { kind, gateway: manifest.id, operation, hint, code, reached: 'yes' })
}
