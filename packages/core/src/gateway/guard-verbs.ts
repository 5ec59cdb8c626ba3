import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import type { RequestContext } from '../request/types.ts'
import type { CallOptions } from '../schema/call-options.ts'
import { paged } from '../verbs/paged.ts'
import { checkSession } from '../vocabulary/check-input.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import { listVerbs } from '../vocabulary/lists.ts'
import type { Page, PageInput } from '../vocabulary/page.ts'

type Input = PageInput & { readonly session?: unknown }
type AnyVerb = (input?: Input, options?: CallOptions) => Promise<Page<unknown>>

/**
 * Sees to it that a verb sends nothing without a session that can be one, throws nothing but GatewayError, also for an answer that is
 * nothing like its document, shows no secret, and that lists can be iterated over.
 */
export function guardVerbs<C extends Capabilities>(context: RequestContext, capabilities: C): C {
  const guarded = Object.entries(capabilities).map(([namespace, verbs]) => {
    const entries = Object.entries(verbs as Record<string, AnyVerb>).map(([name, verb]): [string, AnyVerb] => {
      const operation = `${namespace}.${name}`
      const guard: AnyVerb = async (input = {}, options) => {
        checkInput(operation, input)
        try {
          return await verb(input, options ?? undefined)
        } catch (error) {
          throw await verbError(context, operation, error)
        }
      }
      return [name, Object.hasOwn(listVerbs, operation) ? (input = {}, options) => paged(guard, input, options) : guard]
    })
    return [namespace, Object.fromEntries(entries)]
  })
  return Object.fromEntries(guarded) as C
}

function checkInput(operation: string, input: Input): void {
  if (typeof input !== 'object' || input === null) throw invalidInput('input', 'expected an object', { operation })
  // there is none yet, or the gateway names it
  const optional = operation === 'session.list' || operation === 'session.create'
  if (!optional || input.session !== undefined) checkSession(input.session)
}

async function verbError(context: RequestContext, operation: string, cause: unknown): Promise<GatewayError> {
  const loaded = await import('./verb-error.ts').catch(() => undefined)
  if (loaded) return loaded.verbError(context, operation, cause)
  if (GatewayError.is(cause)) return cause
  return new GatewayError(`${operation} failed`, { kind: 'unknown_outcome', gateway: context.gateway.id, operation })
}
