import { GatewayError } from '../errors/gateway-error.ts'
import type { Has, Verb, VerbId } from '../vocabulary/index.ts'
import type { Manifest } from '../vocabulary/manifest.ts'
import type { GatewayBase } from './contract.ts'

/** True when the gateway has the verb; narrows its type. */
export function supports<G extends GatewayBase, Id extends VerbId>(gateway: G, id: Id): gateway is G & Has<Id> {
  return findVerb(gateway, id) !== undefined
}

/**
 * The verb, or an error before anything is sent.
 *
 * @throws GatewayError `unsupported`, which names the nearest verbs and puts none in its place
 */
export function requireVerb<Id extends VerbId>(gateway: GatewayBase, id: Id): Verb<Id> {
  const verb = findVerb(gateway, id)
  if (!verb) throw unsupportedVerb(gateway.manifest, id)
  return verb as Verb<Id>
}

function findVerb(gateway: GatewayBase, id: VerbId): unknown {
  // what the manifest does not name is no verb, whatever it looks like
  if (!Object.hasOwn(gateway.manifest.capabilities, id)) return undefined
  const [namespace = '', name = ''] = id.split('.')
  const verbsOf = (gateway as unknown as Record<string, Record<string, unknown> | undefined>)[namespace]
  // own properties only: "constructor" is no verb
  const verb = verbsOf && Object.hasOwn(verbsOf, name) ? verbsOf[name] : undefined
  return typeof verb === 'function' ? verb : undefined
}

const EFFECTS: Partial<Record<VerbId, string>> = {
  'session.stop': 'engine down, phone stays paired',
  'session.logout': 'unpairs the phone',
  'session.reset': 'wipes the session state',
  'session.restart': 'stops and starts the engine',
  'session.delete': 'removes the session',
}

/** The error for a verb that a gateway lacks; also for apps that know only its manifest. */
export function unsupportedVerb(manifest: Manifest, id: VerbId): GatewayError {
  const [namespace = ''] = id.split('.')
  const near = (Object.keys(manifest.capabilities) as VerbId[]).filter((one) => one.startsWith(`${namespace}.`))
  const told = near.filter((one) => EFFECTS[id] === undefined || EFFECTS[one] !== undefined)
  const hint = told.length > 0 ? `It has ${told.map((one) => (EFFECTS[one] ? `${one} (${EFFECTS[one]})` : one)).join(', ')}.` : undefined
  const effect = EFFECTS[id] ? ` (${EFFECTS[id]})` : ''
  return new GatewayError(`${manifest.name} has no ${id}${effect}`, { kind: 'unsupported', gateway: manifest.id, operation: id, hint })
}
