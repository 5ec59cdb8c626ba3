import { GatewayError } from '../errors/gateway-error.ts'
import { requireVerb, supports } from '../gateway/capabilities.ts'
import type { GatewayBase } from '../gateway/contract.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'
import type { AccountState, SessionInfo, SessionState } from '../vocabulary/session.ts'

/** What supervision does on its own. It never logs a session out, resets or deletes it. */
export interface SupervisionPolicy {
  /** Ids of the sessions to supervise. Default: all that the gateway lists. Required for a gateway that cannot list its sessions. */
  readonly sessions?: readonly string[]
  /** Pause between two checks, ms. Default 30 000. */
  readonly intervalMs?: number
  /** Stops a connected session in which nothing has happened for this long, ms. Default: sessions are not stopped. */
  readonly stopIdleMs?: number
  /** Restarts a session that has been starting or connecting for this long, ms; one that has failed is restarted at once. Default 120 000. */
  readonly stuckMs?: number
  /** Restarts in a row before supervision gives up on a session. Default 5. With 0 nothing is restarted, only reported. */
  readonly maxRestarts?: number
  /** Pause after the first restart, ms; doubles with each further one, up to 30 minutes. Default 60 000. */
  readonly restartPauseMs?: number
  /** Ends the supervision. */
  readonly signal?: AbortSignal
  /** Source of time. Default: the system's. */
  readonly clock?: Clock
}

/** What supervision did or noticed. */
export interface SupervisionReport {
  /** Session id; empty when the list of sessions could not be fetched. */
  readonly session: string
  /**
   * What happened. `stopped`, `restarted`: supervision did so. `noticed`: a person has to act. `gave_up`: restarting did not help.
   * `failed`: the check or the action failed.
   */
  readonly action: 'stopped' | 'restarted' | 'gave_up' | 'noticed' | 'failed'
  /** State of the session when it was checked. */
  readonly state?: SessionState
  /** State of the account when it was checked. */
  readonly account?: AccountState
  /** One sentence for people. */
  readonly reason: string
  /** When it was checked, ms since the epoch. */
  readonly at: number
  /** The error of a `failed` report. */
  readonly error?: GatewayError
}

/** What is remembered of a session between two checks. */
interface Watched {
  state: SessionState
  since: number
  restarts: number
  restartAfter: number
  noticed: string
}

const INTERVAL_MS = 30_000
const STUCK_MS = 120_000
const MAX_RESTARTS = 5
const RESTART_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 30 * 60_000
/** A session that was connected for this long has recovered: its restarts are counted from 0 again. */
const WELL_MS = 10 * 60_000

const NOTICED: Partial<Record<SessionState, string>> = {
  logged_out: 'the phone was unpaired: it needs a new QR code or pairing code',
  conflict: 'WhatsApp is in use under this session elsewhere',
}
const NOTICED_ACCOUNT: Partial<Record<AccountState, string>> = {
  banned: 'WhatsApp has banned the account',
  disabled: 'the gateway has disabled the account',
  removed: 'the account was removed',
  unpaid: 'the account is not paid for',
}

/**
 * Checks sessions at intervals: stops idle ones if asked to, restarts those that are stuck or failed with growing pauses, and reports what
 * needs a person. It runs until the signal fires or the loop is left.
 *
 * @param gateway any gateway
 * @param policy what to do; everything has a default
 * @returns reports as they come
 * @throws {GatewayError} `unsupported`: `stopIdleMs` is set, and the gateway has no `session.stop`
 * @throws {GatewayError} `config`: a number is malformed, or `sessions` is missing and the gateway cannot list its sessions
 * @example
 * for await (const { session, action, reason } of superviseSessions(waha, { stopIdleMs: 24 * 3_600_000 })) console.log(session, action, reason)
 */
export async function* superviseSessions(gateway: GatewayBase, policy: SupervisionPolicy = {}): AsyncGenerator<SupervisionReport> {
  const { signal, clock = systemClock, intervalMs = INTERVAL_MS } = policy
  checkNumbers(gateway, policy)
  if (policy.stopIdleMs !== undefined) requireVerb(gateway, 'session.stop')
  if (!policy.sessions && !supports(gateway, 'session.list')) throw listMissing(gateway)
  const watched = new Map<string, Watched>()
  while (!signal?.aborted) {
    const sessions = await sessionsOf(gateway, policy, clock)
    forgetOthers(watched, sessions)
    for (const session of sessions) {
      if (typeof session !== 'string') yield session
      else yield* checkOne(gateway, session, watched, policy, clock)
    }
    await sleep(clock, intervalMs, signal).catch(() => undefined)
  }
}

// forgets sessions that no longer exist; when the list could not be fetched, none is forgotten
function forgetOthers(watched: Map<string, Watched>, sessions: readonly (string | SupervisionReport)[]): void {
  if (sessions.some((one) => typeof one !== 'string')) return
  const present = new Set(sessions)
  for (const session of watched.keys()) if (!present.has(session)) watched.delete(session)
}

function checkNumbers({ manifest: { id, name } }: GatewayBase, policy: SupervisionPolicy): void {
  for (const field of ['intervalMs', 'stopIdleMs', 'stuckMs', 'maxRestarts', 'restartPauseMs'] as const) {
    const value: unknown = policy[field]
    const fits = value === undefined || (typeof value === 'number' && value >= 0 && (value > 0 || field !== 'intervalMs'))
    if (!fits) throw new GatewayError(`${name}: ${field}: expected a positive number`, { kind: 'config', gateway: id, field })
  }
}

/** The sessions to check, or the report that they could not be listed. */
async function sessionsOf(gateway: GatewayBase, policy: SupervisionPolicy, clock: Clock): Promise<readonly (string | SupervisionReport)[]> {
  if (policy.sessions) return policy.sessions
  try {
    const { sessions } = await requireVerb(gateway, 'session.list')({}, { signal: policy.signal })
    return sessions.map(({ session }) => session)
  } catch (error) {
    return policy.signal?.aborted ? [] : [failure('', 'the sessions could not be listed', error, clock)]
  }
}

async function* checkOne(
  gateway: GatewayBase,
  session: string,
  watched: Map<string, Watched>,
  policy: SupervisionPolicy,
  clock: Clock,
): AsyncGenerator<SupervisionReport> {
  try {
    const info = await requireVerb(gateway, 'session.get')({ session }, { signal: policy.signal })
    const now = clock.now()
    const watch = remember(watched, info, now)
    const { state, account } = info
    const report = (action: SupervisionReport['action'], reason: string) => ({ session, action, state, account, reason, at: now })

    // a limit of WhatsApp ends by itself: nothing is restarted for it
    const notice = NOTICED_ACCOUNT[account] ?? NOTICED[state] ?? limitText(info) ?? ''
    if (notice !== watch.noticed) {
      watch.noticed = notice
      if (notice) yield report('noticed', notice)
    }
    if (NOTICED_ACCOUNT[account]) return
    if (isStuck(watch, policy, now)) yield* restart(gateway, watch, policy, now, report, session)
    else if (state === 'connected' && (await isIdle(gateway, session, watch, policy, now))) {
      await requireVerb(gateway, 'session.stop')({ session }, { signal: policy.signal })
      yield report('stopped', `nothing has happened for ${minutes(policy.stopIdleMs ?? 0)}; its phone stays paired`)
    }
  } catch (error) {
    if (!policy.signal?.aborted) yield failure(session, 'it could not be checked', error, clock)
  }
}

function limitText({ limits }: SessionInfo): string | undefined {
  if (limits === undefined || limits.newChats === 'allowed') return undefined
  const end = limits.until === undefined ? '' : ` until ${new Date(limits.until).toISOString()}`
  if (limits.newChats === 'warned') return `the quota of new chats is nearly used up${end}: write to fewer new people`
  return `WhatsApp refuses chats with new people${end}; chats that exist work, and neither a restart nor a logout helps`
}

function remember(watched: Map<string, Watched>, { session, state }: SessionInfo, now: number): Watched {
  const known = watched.get(session)
  if (!known) {
    const made: Watched = { state, since: now, restarts: 0, restartAfter: 0, noticed: '' }
    watched.set(session, made)
    return made
  }
  if (known.state !== state) Object.assign(known, { state, since: now })
  if (state === 'connected' && now - known.since >= WELL_MS) known.restarts = 0
  return known
}

function isStuck({ state, since }: Watched, { stuckMs = STUCK_MS }: SupervisionPolicy, now: number): boolean {
  return state === 'failed' || ((state === 'starting' || state === 'connecting') && now - since >= stuckMs)
}

async function* restart(
  gateway: GatewayBase,
  watch: Watched,
  { maxRestarts = MAX_RESTARTS, restartPauseMs = RESTART_PAUSE_MS, signal }: SupervisionPolicy,
  now: number,
  report: (action: SupervisionReport['action'], reason: string) => SupervisionReport,
  session: string,
): AsyncGenerator<SupervisionReport> {
  if (now < watch.restartAfter || watch.restarts > maxRestarts) return
  const what = `it is ${watch.state}`
  if (watch.restarts === maxRestarts || !supports(gateway, 'session.restart')) {
    watch.restarts = maxRestarts + 1
    yield report('gave_up', maxRestarts > 0 ? `${what}, and ${maxRestarts} restarts have not helped` : what)
    return
  }
  watch.restarts += 1
  watch.restartAfter = now + Math.min(restartPauseMs * 2 ** (watch.restarts - 1), LONGEST_PAUSE_MS)
  watch.since = now
  await gateway.session.restart({ session }, { signal })
  yield report('restarted', `${what}; restart ${watch.restarts} of ${maxRestarts}`)
}

/** True when the session was connected and without new messages for `stopIdleMs`. False for a gateway that cannot list chats. */
async function isIdle(
  gateway: GatewayBase,
  session: string,
  watch: Watched,
  { stopIdleMs, signal }: SupervisionPolicy,
  now: number,
): Promise<boolean> {
  if (stopIdleMs === undefined || now - watch.since < stopIdleMs || !supports(gateway, 'chat.list')) return false
  const { items } = await gateway.chat.list({ session, limit: 20 }, { signal })
  return items.every(({ at }) => at !== undefined && now - at >= stopIdleMs)
}

function failure(session: string, reason: string, cause: unknown, clock: Clock): SupervisionReport {
  if (!GatewayError.is(cause)) throw cause
  return { session, action: 'failed', reason: `${reason}: ${cause.message}`, at: clock.now(), error: cause }
}

function listMissing({ manifest }: GatewayBase): GatewayError {
  const hint = 'Name them: sessions: ["…"].'
  return new GatewayError(`${manifest.name} cannot list its sessions`, { kind: 'config', gateway: manifest.id, field: 'sessions', hint })
}

function minutes(ms: number): string {
  return ms >= 3_600_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 60_000)} min`
}
