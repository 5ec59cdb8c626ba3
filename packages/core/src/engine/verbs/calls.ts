import type { EventBus } from '../../events/event-bus.ts'
import type { CallOptions } from '../../schema/call-options.ts'
import type { Parts } from '../../schema/operation-types.ts'
import type { Route } from '../../schema/operations.ts'
import type { Clock } from '../../time/clock.ts'
import type { Fields } from '../fields.ts'

/** A route of a gateway that runs a WhatsApp engine. */
export interface EngineRoute<Types = unknown> extends Route<Types> {
  /** Set where fields that the path does not name go into the query although the method would take a body. */
  readonly fieldsIn?: 'query'
}

/** Marks a route that takes its fields in the query although its method would take a body. */
export function inQuery<Types>(route: Route<Types>): EngineRoute<Types> {
  return { ...route, fieldsIn: 'query' }
}

/**
 * Performs one operation for one session.
 *
 * @param fields all inputs of the operation but the session, side by side
 * @returns the body of the gateway's answer
 */
export type EngineCall = (route: EngineRoute, session: string, fields: Fields, options?: CallOptions) => Promise<unknown>

/** What verbs of an engine need from the gateway that runs it. */
export interface EngineGateway {
  /** To name in errors: the plugin's manifest. */
  readonly gateway: { readonly id: string; readonly name: string }
  readonly call: EngineCall
  readonly clock: Clock
  readonly eventBus: EventBus
}

/** Puts each field where its route has it: into the path that names it, else into the query of a GET, else into the body. */
export function partsOf({ method, path, fieldsIn }: EngineRoute, fields: Fields): Parts<unknown> {
  const inPath: Record<string, unknown> = {}
  const others: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) (path.includes(`{${name}}`) ? inPath : others)[name] = value
  if (Object.keys(others).length === 0) return { path: inPath }
  return { path: inPath, [method === 'GET' ? 'query' : (fieldsIn ?? 'body')]: others }
}
