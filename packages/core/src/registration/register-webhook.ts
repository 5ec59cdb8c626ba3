import { GatewayError } from '../errors/gateway-error.ts'
import { requireVerb } from '../gateway/capabilities.ts'
import type { GatewayBase } from '../gateway/contract.ts'
import type { CallOptions } from '../schema/call-options.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'
import { httpUrlInput } from '../verbs/validate.ts'
import type { EventType } from '../vocabulary/event.ts'
import type { Webhook } from '../vocabulary/webhook.ts'

/** The webhook to set up. */
export interface WantedWebhook {
  /** Session id. */
  readonly session: string
  /** Where the gateway posts, http(s). A webhook with this address is taken for the caller's own and is changed; no second one is made. */
  readonly url: string
  /** Events to post. Default: all that the gateway has; left out for gateways that cannot be told. */
  readonly events?: readonly EventType[]
  /** Key that the gateway signs with. Default: none; left out for gateways that do not sign. */
  readonly secret?: string
}

/** How a webhook is registered. */
export interface RegistrationOptions {
  /** Deadline and attempts of each call; its signal ends the registration. */
  readonly call?: CallOptions
  /** Source of time. Default: the system's. */
  readonly clock?: Clock
  /**
   * How long after a change the list is read a second time, ms, because another program may have written an older list meanwhile. With 0
   * there is no second time; that suits gateways that change one webhook at a time. Default 1 500.
   */
  readonly confirmAfterMs?: number
  /**
   * Recognises other addresses of this caller. A webhook with one of them gets the new address, where a session has room for one only.
   *
   * @param url address of an existing webhook
   */
  readonly isOwn?: (url: string) => boolean
}

const ATTEMPTS = 8
const PAUSE_MS = 500
const CONFIRM_AFTER_MS = 1_500

/**
 * Sets up a webhook and makes sure that it stays: creates it, or changes the one with the same address, then reads the list and tries
 * again when the webhook is missing. Webhooks of others stay as they are. It may be called any number of times, also at the same time,
 * and after a program was killed in the middle.
 *
 * @param gateway a gateway with `webhook.list`, `webhook.create` and `webhook.update`
 * @param wanted session, address, events and key
 * @param options how it is done; everything has a default
 * @returns the webhook as the gateway lists it
 * @throws {GatewayError} `unsupported`: the gateway has no such verbs, or cannot post these events, or cannot sign
 * @throws {GatewayError} `invalid_request`: the address is none, or an input is malformed
 * @throws {GatewayError} `conflict`: somebody else's webhook has the only place, or other programs take it away again and again
 * @throws {GatewayError} `not_found`: there is no such session
 * @throws {GatewayError} of any kind: a call failed
 */
export async function registerWebhook(gateway: GatewayBase, wanted: WantedWebhook, options: RegistrationOptions = {}): Promise<Webhook> {
  httpUrlInput(wanted.url, 'url')
  let problem: unknown
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (attempt > 1) await pause(PAUSE_MS * attempt * (0.5 + spreadOf(wanted.url, attempt)), options)
    const tried = await tryOnce(gateway, wanted, options)
    problem = tried.problem
    if (tried.found && (await stays(gateway, wanted, options))) return tried.found
    if (problem !== undefined && !tried.again) throw problem
  }
  throw problem ?? lost(gateway)
}

/**
 * Removes webhooks with these addresses from a session, and checks that they are gone. A webhook or session that no longer exists is no
 * error.
 *
 * @param gateway a gateway with `webhook.list` and `webhook.delete`
 * @param wanted session, and addresses of this caller's own
 * @param options how it is done; everything has a default
 * @returns how many there were
 * @throws {GatewayError} `unsupported`: the gateway has no such verbs
 * @throws {GatewayError} `conflict`: other programs put it back again and again
 * @throws {GatewayError} of any kind: a call failed
 */
export async function unregisterWebhook(
  gateway: GatewayBase,
  wanted: { readonly session: string; readonly urls: readonly string[] },
  options: RegistrationOptions = {},
): Promise<number> {
  const { session, urls } = wanted
  const remaining = async () => {
    const all = await listed(gateway, session, options).catch((error) => (isGone(error) ? [] : Promise.reject(error)))
    return all.filter(({ url }) => urls.includes(url))
  }
  let removed = 0
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (attempt > 1) await pause(PAUSE_MS * attempt * (0.5 + spreadOf(urls.join(), attempt)), options)
    for (const { id } of await remaining()) removed += (await remove(gateway, session, id, options)) ? 1 : 0
    if ((await remaining()).length > 0) continue
    // another program may write an older list back
    const { confirmAfterMs = CONFIRM_AFTER_MS } = options
    if (removed === 0 || confirmAfterMs === 0) return removed
    await pause(confirmAfterMs, options)
    if ((await remaining()).length === 0) return removed
  }
  throw lost(gateway)
}

/**
 * Finds the webhook of a session with an address.
 *
 * @param gateway a gateway with `webhook.list`
 * @param wanted session and address
 * @param options deadline and attempts of the call
 * @returns the webhook with this address; `undefined` when there is none
 * @throws {GatewayError} `unsupported`: the gateway has no such verb
 * @throws {GatewayError} of any kind: the call failed
 */
export async function findWebhook(
  gateway: GatewayBase,
  wanted: Pick<WantedWebhook, 'session' | 'url'>,
  options: Pick<RegistrationOptions, 'call'> = {},
): Promise<Webhook | undefined> {
  return (await listed(gateway, wanted.session, options)).find(({ url }) => url === wanted.url)
}

interface Tried {
  /** The webhook as it was read back. */
  readonly found?: Webhook | undefined
  /** What went wrong with the change. */
  readonly problem?: unknown
  /** True when another attempt may succeed. */
  readonly again?: boolean
}

// when the list cannot be read, another attempt would not help: that error is thrown
async function tryOnce(gateway: GatewayBase, wanted: WantedWebhook, options: RegistrationOptions): Promise<Tried> {
  const { session, url, events, secret } = wanted
  const input = { session, url, ...(events ? { events } : {}), ...(secret === undefined ? {} : { secret }) }
  const present = await listed(gateway, session, options)
  const own = present.filter((one) => one.url === url)
  const first = own[0] ?? present.find((one) => options.isOwn?.(one.url))
  try {
    if (first) await requireVerb(gateway, 'webhook.update')({ ...input, webhook: first.id }, options.call)
    else await requireVerb(gateway, 'webhook.create')(input, options.call)
    // a second webhook with the same address would post every event twice
    for (const { id } of own.slice(1)) await remove(gateway, session, id, options)
  } catch (problem) {
    const taken = GatewayError.is(problem) && problem.kind === 'conflict' && !first
    // another program made the same webhook after the list was read
    return { problem, again: mayHelpToRepeat(problem) || (taken && (await findWebhook(gateway, wanted, options)) !== undefined) }
  }
  return { found: await findWebhook(gateway, wanted, options) }
}

async function stays(gateway: GatewayBase, wanted: WantedWebhook, options: RegistrationOptions): Promise<boolean> {
  const { confirmAfterMs = CONFIRM_AFTER_MS } = options
  if (confirmAfterMs === 0) return true
  await pause(confirmAfterMs, options)
  return (await findWebhook(gateway, wanted, options)) !== undefined
}

/** Deletes a webhook. False when it is not known whether that worked. */
async function remove(gateway: GatewayBase, session: string, webhook: string, { call }: RegistrationOptions): Promise<boolean> {
  try {
    await requireVerb(gateway, 'webhook.delete')({ session, webhook }, call)
    return true
  } catch (error) {
    if (isGone(error)) return true
    // the answer was lost, so the list has to be read again
    if (mayHelpToRepeat(error)) return false
    throw error
  }
}

async function listed(gateway: GatewayBase, session: string, { call }: Pick<RegistrationOptions, 'call'>): Promise<Webhook[]> {
  const all: Webhook[] = []
  for await (const webhook of requireVerb(gateway, 'webhook.list')({ session }, call)) all.push(webhook)
  return all
}

// the answer was lost, or another program changed the list after it was read; setting up the same webhook twice does no harm
function mayHelpToRepeat(error: unknown): boolean {
  if (!GatewayError.is(error)) return false
  if (error.kind === 'timeout' || error.kind === 'network') return error.reached !== 'no'
  return error.kind === 'unknown_outcome' || error.kind === 'not_found'
}

function isGone(error: unknown): boolean {
  return GatewayError.is(error) && error.kind === 'not_found'
}

async function pause(ms: number, { clock = systemClock, call }: RegistrationOptions): Promise<void> {
  const ended = () => new GatewayError('The registration of the webhook was aborted', { kind: 'aborted', operation: 'webhook.create' })
  await sleep(clock, ms, call?.signal).catch(() => Promise.reject(ended()))
}

/** A number from 0 to 1 that differs for each caller and attempt, so that programs that tried at the same time wait for different times. */
function spreadOf(text: string, attempt: number): number {
  let sum = attempt * 7_919
  for (let at = 0; at < text.length; at++) sum = (sum * 31 + text.charCodeAt(at)) % 1_000_003
  return (sum % 1_000) / 1_000
}

function lost({ manifest }: GatewayBase): GatewayError {
  return new GatewayError(`${manifest.name}: the webhook does not stay as it was set`, {
    kind: 'conflict',
    gateway: manifest.id,
    operation: 'webhook.create',
    hint: 'Another program changes the webhooks of this session at the same time. Do it again when that one is done.',
    reached: 'yes',
  })
}
