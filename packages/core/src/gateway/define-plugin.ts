import { createEventBus } from '../events/event-bus.ts'
import type { OperationOptions } from '../operations/call.ts'
import { createTypedClient } from '../operations/typed-client.ts'
import { createSend } from '../request/send.ts'
import { createIdentities } from '../verbs/identities.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import { checkOptions } from './check-options.ts'
import { contextOf } from './context.ts'
import type { GatewayBase, GatewayConfig, Plugin, PluginDefinition } from './contract.ts'
import { guardVerbs } from './guard-verbs.ts'

/**
 * Makes a plugin. It keeps the types of the plugin's own verbs: `raw` has the vendor's type, and a verb that the gateway lacks does not
 * compile.
 *
 * The type parameters `Paths` and `Calls` are generated from the OpenAPI document. They are given in a call of their own, because
 * TypeScript infers either all type parameters of a call or none: `definePlugin<paths, calls>()({ … })`.
 *
 * @returns a function that takes the definition and returns the plugin
 */
export function definePlugin<Paths extends object, Calls>(): <Config extends GatewayConfig, const C extends Capabilities>(
  definition: PluginDefinition<Config, C>,
) => Plugin<Config, C, Paths, Calls> {
  return (definition) => {
    const { manifest, contract } = definition
    const create = (config: Parameters<typeof definition.auth>[0]) => {
      const context = contextOf(definition, config)
      checkOptions(manifest, context.baseUrl, config)
      const send = createSend(context)
      const operations = once(() => definition.operations().then((module) => module.operations))
      const call = async (id: string, input: object, options?: OperationOptions) => {
        const [{ callOperation }, table] = await Promise.all([import('../operations/call.ts'), operations()])
        return callOperation(table, send, manifest, id, input as Record<string, unknown>, options)
      }
      const eventBus = createEventBus()
      const { clock, random } = context.transport
      const identities = createIdentities()
      eventBus.listen(identities.learnFrom)
      const people = { identities, resolveNumbers: config.resolveNumbers ?? 'never' }
      const capabilities = guardVerbs(context, definition.create({ config, send, clock, eventBus }), people)
      const client = createTypedClient<Paths>(context, operations)
      const events: GatewayBase['events'] = {
        identities,
        publish: eventBus.publish,
        async *subscribe(input) {
          const [{ subscribe }, loaded] = await Promise.all([import('../events/subscribe.ts'), definition.socket?.()])
          const { baseUrl } = context
          const subscription = { manifest, config, baseUrl, capabilities, socket: loaded?.socket, eventBus, identities, clock, random }
          yield* subscribe(subscription, input)
        },
      }
      return { contract, manifest, client, call, operations, events, ...capabilities }
    }
    return Object.assign(create, { contract, manifest }) as never
  }
}

/** Loads something once. After a failure the next call loads it again. */
function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => {
    value ??= load().catch((cause) => {
      value = undefined
      throw cause
    })
    return value
  }
}
