/**
 * Registers webhooks so that they stay registered: one change per session at a time, read back, repaired. Nothing here knows n8n; it is
 * written to become a part of core's webhook verbs.
 */
import { type CallOptions, type EventType, type GatewayBase, GatewayError, requireVerb, type Webhook } from '@wamux/core'
import { inTurn } from './in-turn.ts'

/** The webhook that is to be there. */
export interface WantedWebhook {
  readonly session: string
  /** Where the gateway posts, http(s). It is this caller's own: a webhook with this address is changed, never left beside a second one. */
  readonly url: string
  /** Left out for gateways that cannot be told which events to send. */
  readonly events?: readonly EventType[]
  /** Key that the gateway signs with; left out for gateways that do not sign. */
  readonly secret?: string
}

/** How a registration is done. */
export interface RegistrationOptions {
  /** Names the account, so that changes to one session of it wait for each other: the gateway's base URL for example. */
  readonly account: string
  readonly call?: CallOptions
  /** Waits. @param ms milliseconds */
  readonly wait: (ms: number) => Promise<void>
  /** A number from 0 to 1, to spread repairs of several programs. */
  readonly random?: () => number
  /**
   * How long after a change the list is read once more, ms. For gateways that keep the webhooks of a session in one list which every change
   * writes as a whole: another program may have written an older list meanwhile. 0 or nothing: no second look.
   */
  readonly confirmAfterMs?: number
  /** Tells further addresses of this caller's own. A webhook with one of them gets the new address, where a session can have one only. */
  readonly isOwn?: (url: string) => boolean
}

const ATTEMPTS = 5
const PAUSE_MS = 500

/**
 * Brings a webhook about: makes it, or changes the one with its address; reads the list back, and does it again when it is not there.
 * Webhooks of others stay.
 *
 * @returns the webhook as the gateway lists it
 * @throws GatewayError `conflict` when somebody else's webhook has the only place, or keeps taking it; what the verbs throw
 */
export async function registerWebhook(gateway: GatewayBase, wanted: WantedWebhook, options: RegistrationOptions): Promise<Webhook> {
  let problem: unknown
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (attempt > 1) await options.wait(PAUSE_MS * attempt * (0.5 + (options.random?.() ?? 0.5)))
    const tried = await inTurn(turnOf(wanted.session, options), () => tryOnce(gateway, wanted, options))
    problem = tried.problem
    if (tried.found && (await stays(gateway, wanted, options))) return tried.found
    if (problem !== undefined && !mayHelpToRepeat(problem)) throw problem
  }
  throw problem ?? lost(gateway)
}

/**
 * Takes webhooks off a session, and looks whether they are gone. Only those with these addresses; one that is gone already is no problem, a
 * session that is gone neither.
 *
 * @returns how many there were
 * @throws GatewayError what the verbs throw
 */
export function unregisterWebhook(
  gateway: GatewayBase,
  { session, urls }: { readonly session: string; readonly urls: readonly string[] },
  options: RegistrationOptions,
): Promise<number> {
  return inTurn(turnOf(session, options), async () => {
    let removed = 0
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const all = await listed(gateway, session, options).catch((error) => (isGone(error) ? [] : Promise.reject(error)))
      const present = all.filter(({ url }) => urls.includes(url))
      if (present.length === 0) return removed
      if (attempt > 1) await options.wait(PAUSE_MS * attempt)
      for (const { id } of present) {
        const done = await requireVerb(gateway, 'webhook.delete')({ session, webhook: id }, options.call).then(
          () => true,
          (error) => isGone(error) || refuse(error),
        )
        if (done) removed += 1
      }
    }
    throw lost(gateway)
  })
}

/** The webhook of a session with this address. @throws GatewayError what the verb throws */
export async function findWebhook(
  gateway: GatewayBase,
  { session, url }: Pick<WantedWebhook, 'session' | 'url'>,
  options: Pick<RegistrationOptions, 'call'>,
): Promise<Webhook | undefined> {
  return (await listed(gateway, session, options)).find((one) => one.url === url)
}

interface Tried {
  /** The webhook as it was read back. */
  readonly found?: Webhook | undefined
  /** What went wrong with the change. */
  readonly problem?: unknown
}

// that the list cannot be read is no matter of repeating, and is thrown
async function tryOnce(gateway: GatewayBase, wanted: WantedWebhook, options: RegistrationOptions): Promise<Tried> {
  const { session, url, events, secret } = wanted
  const input = { session, url, ...(events ? { events } : {}), ...(secret === undefined ? {} : { secret }) }
  const present = await listed(gateway, session, options)
  const own = present.find((one) => one.url === url) ?? present.find((one) => options.isOwn?.(one.url))
  try {
    if (own) await requireVerb(gateway, 'webhook.update')({ ...input, webhook: own.id }, options.call)
    else await requireVerb(gateway, 'webhook.create')(input, options.call)
  } catch (problem) {
    return { problem }
  }
  return { found: await findWebhook(gateway, wanted, options) }
}

// others of this program may change the session meanwhile: they keep what is there
async function stays(gateway: GatewayBase, wanted: WantedWebhook, options: RegistrationOptions): Promise<boolean> {
  if (!options.confirmAfterMs) return true
  await options.wait(options.confirmAfterMs)
  return (await findWebhook(gateway, wanted, options)) !== undefined
}

async function listed(gateway: GatewayBase, session: string, { call }: Pick<RegistrationOptions, 'call'>): Promise<Webhook[]> {
  const all: Webhook[] = []
  for await (const webhook of requireVerb(gateway, 'webhook.list')({ session }, call)) all.push(webhook)
  return all
}

// the answer was lost, or somebody else changed the list between the reading and the change; to bring a webhook about twice does no harm
function mayHelpToRepeat(error: unknown): boolean {
  if (!GatewayError.is(error)) return false
  if (error.kind === 'timeout') return error.reached !== 'no'
  return error.kind === 'unknown_outcome' || error.kind === 'not_found'
}

function isGone(error: unknown): boolean {
  return GatewayError.is(error) && error.kind === 'not_found'
}

function refuse(error: unknown): false {
  if (mayHelpToRepeat(error)) return false
  throw error
}

function turnOf(session: string, { account }: RegistrationOptions): string {
  return JSON.stringify([account, session])
}

function lost({ manifest }: GatewayBase): GatewayError {
  return new GatewayError(`${manifest.name}: the webhook does not stay as it was set`, {
    kind: 'conflict',
    gateway: manifest.id,
    operation: 'webhook.create',
    hint: 'Another program changes the webhooks of this session at the same time. Activate the workflow again when it is done.',
    reached: 'yes',
  })
}
