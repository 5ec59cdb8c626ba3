import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import type { RequestContext } from '../request/types.ts'
import type { CallOptions } from '../schema/call-options.ts'
import { paged } from '../verbs/paged.ts'
import { checkSession } from '../vocabulary/check-input.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import { listVerbs } from '../vocabulary/lists.ts'
import type { Page, PageInput } from '../vocabulary/page.ts'
import type { AddressContext } from './address-verb.ts'

type Input = PageInput & { readonly session?: unknown; readonly to?: unknown; readonly chat?: unknown; readonly message?: unknown }
type People = Pick<AddressContext, 'identities' | 'resolveNumbers'>
type AnyVerb = (input?: Input, options?: CallOptions) => Promise<Page<unknown>>

/**
 * Wraps every verb of a plugin, so that all of them
 *
 * - send nothing when the session is missing or malformed;
 * - check the recipient's number first, where the configuration or the call asks for it;
 * - throw `GatewayError` only, even when the answer does not look like the document says;
 * - give no result that the answer does not contain;
 * - show no secret in an error;
 * - return lists that can be iterated over.
 */
export function guardVerbs<C extends Capabilities>(context: RequestContext, capabilities: C, people: People): C {
  const about = { ...people, gateway: context.gateway, contact: capabilities.contact, checked: new Map<string, string>() }
  // kept after the first call: even an import of what is already loaded costs more than all the rest that a verb does
  let addresses: typeof import('./address-verb.ts') | undefined
  let results: typeof import('./check-result.ts') | undefined
  const guarded = Object.entries(capabilities).map(([namespace, verbs]) => {
    const entries = Object.entries(verbs as Record<string, AnyVerb>).map(([name, verb]): [string, AnyVerb] => {
      const operation = `${namespace}.${name}`
      const guard: AnyVerb = async (input = {}, options) => {
        checkInput(operation, input)
        try {
          const resolveNumbers = options?.resolveNumbers ?? about.resolveNumbers
          addresses ??= await import('./address-verb.ts').catch(() => undefined)
          // a number that has to be checked cannot be without this code, so nothing is sent
          if (!addresses && resolveNumbers !== 'never' && input.to !== undefined) throw notLoaded(context, operation)
          const inChat =
            (resolveNumbers === 'never' ? input.message && input.chat : (input.to ?? (input.message && input.chat))) !== undefined
          const sent = addresses && inChat ? await addresses.addressed(input, { ...about, resolveNumbers }, options) : input
          const result = await verb(sent, options ?? undefined)
          results ??= await import('./check-result.ts')
          if (await results.isUntold(operation, result, context)) throw new TypeError('the answer does not say what was asked')
          addresses?.learnResult(input, result, about)
          return result
        } catch (error) {
          throw await verbError(context, operation, error, input)
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
  // `list` is about all sessions, and for `create` the gateway may choose the name
  const optional = operation === 'session.list' || operation === 'session.create'
  if (!optional || input.session !== undefined) checkSession(input.session)
}

function notLoaded({ gateway }: RequestContext, operation: string): GatewayError {
  const text = `${gateway.name}: the code that checks numbers could not be loaded; nothing was sent`
  return new GatewayError(text, { kind: 'network', gateway: gateway.id, operation })
}

async function verbError(context: RequestContext, operation: string, cause: unknown, input: object): Promise<GatewayError> {
  const loaded = await import('./verb-error.ts').catch(() => undefined)
  if (loaded) return loaded.verbError(context, operation, cause, input)
  if (GatewayError.is(cause)) return cause
  return new GatewayError(`${operation} failed`, { kind: 'unknown_outcome', gateway: context.gateway.id, operation })
}
