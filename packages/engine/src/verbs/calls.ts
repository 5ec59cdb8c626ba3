import type { CallOptions, Clock, EventBus, Parts, Route } from '@wamux/core'
import type { Fields } from '../fields/fields.ts'

/** A route of a gateway that runs a WhatsApp engine. */
export interface EngineRoute<Types = unknown> extends Route<Types> {
  /** `query`: fields that are not part of the path go into the query, although the method has a body. */
  readonly fieldsIn?: 'query'
}

/**
 * Marks a route whose fields go into the query, although its method has a body.
 *
 * @param route the route
 */
export function inQuery<Types>(route: Route<Types>): EngineRoute<Types> {
  return { ...route, fieldsIn: 'query' }
}

/**
 * Sends one operation for one session.
 *
 * @param route what to call
 * @param session session id
 * @param fields all inputs but the session, side by side
 * @param options options of this call
 * @returns the body of the response
 * @throws {GatewayError} of any kind: everything but a success
 */
export type EngineCall = (route: EngineRoute, session: string, fields: Fields, options?: CallOptions) => Promise<unknown>

/** What the verbs of an engine need from the gateway that runs it. */
export interface EngineGateway {
  /** To name in errors: the plugin's manifest. */
  readonly gateway: { readonly id: string; readonly name: string }
  /** Sends an operation. */
  readonly call: EngineCall
  /** The clock to wait by. */
  readonly clock: Clock
  /** Events of the gateway, for verbs that wait. */
  readonly eventBus: EventBus
}

/**
 * Puts each field where its route has it: into the path if it names the field, otherwise into the query of a GET, otherwise into the
 * body.
 *
 * @param route what to call
 * @param fields inputs side by side
 */
export function partsOf({ method, path, fieldsIn }: EngineRoute, fields: Fields): Parts<unknown> {
  const where = method === 'GET' ? 'query' : (fieldsIn ?? 'body')
  const names = Object.keys(fields)
  if (names.length > 0 && !path.includes('{')) return { path: {}, [where]: fields }
  const inPath: Record<string, unknown> = {}
  const others: Record<string, unknown> = {}
  for (const name of names) (path.includes(`{${name}}`) ? inPath : others)[name] = fields[name]
  return Object.keys(others).length === 0 ? { path: inPath } : { path: inPath, [where]: others }
}
