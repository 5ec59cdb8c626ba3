import { GatewayError } from '../errors/gateway-error.ts'
import type { Has, Verb, VerbId } from '../vocabulary/index.ts'
import type { Manifest } from '../vocabulary/manifest.ts'
import type { GatewayBase } from './contract.ts'

/**
 * Tells whether a gateway has a verb, and narrows its type.
 *
 * @param gateway any gateway
 * @param id the verb: `session.stop`
 * @returns true when the manifest names it and the code has it
 */
export function supports<G extends GatewayBase, Id extends VerbId>(gateway: G, id: Id): gateway is G & Has<Id> {
  return findVerb(gateway, id) !== undefined
}

/**
 * Gets a verb, or throws before anything is sent.
 *
 * @param gateway any gateway
 * @param id the verb: `session.stop`
 * @returns the verb, ready to be called
 * @throws {GatewayError} `unsupported`: the gateway lacks it; the hint names related verbs, and none is called instead
 */
export function requireVerb<Id extends VerbId>(gateway: GatewayBase, id: Id): Verb<Id> {
  const verb = findVerb(gateway, id)
  if (!verb) throw unsupportedVerb(gateway.manifest, id)
  return verb as Verb<Id>
}

function findVerb(gateway: GatewayBase, id: VerbId): unknown {
  // the manifest decides: a function that it does not name is not a verb
  if (!Object.hasOwn(gateway.manifest.capabilities, id)) return undefined
  const [namespace = '', name = ''] = id.split('.')
  const verbsOf = (gateway as unknown as Record<string, Record<string, unknown> | undefined>)[namespace]
  // own properties only, so that an inherited name such as "constructor" is not taken for a verb
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

/**
 * Makes the error for a verb that a gateway lacks, from its manifest alone.
 *
 * @param manifest of the gateway
 * @param id the verb: `session.stop`
 * @returns an `unsupported` error for the caller to throw; its hint names related verbs and their effects
 */
export function unsupportedVerb(manifest: Manifest, id: VerbId): GatewayError {
  const [namespace = ''] = id.split('.')
  const near = (Object.keys(manifest.capabilities) as VerbId[]).filter((one) => one.startsWith(`${namespace}.`))
  const told = near.filter((one) => EFFECTS[id] === undefined || EFFECTS[one] !== undefined)
  const hint = told.length > 0 ? `It has ${told.map((one) => (EFFECTS[one] ? `${one} (${EFFECTS[one]})` : one)).join(', ')}.` : undefined
  const effect = EFFECTS[id] ? ` (${EFFECTS[id]})` : ''
  return new GatewayError(`${manifest.name} has no ${id}${effect}`, { kind: 'unsupported', gateway: manifest.id, operation: id, hint })
}
