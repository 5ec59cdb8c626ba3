import type { Account } from '../../network/types.ts'
import type { Session, SessionPhase } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import { limitsOf } from './server/account-limits.ts'

/** Session states of WAHA, which Wawp passes on. */
export const ENGINE_STATUS: Readonly<Record<SessionPhase, string>> = {
  stopped: 'STOPPED',
  starting: 'STARTING',
  pairing: 'SCAN_QR_CODE',
  connecting: 'STARTING',
  connected: 'WORKING',
  // WAHA has no status of its own for these two
  disconnected: 'STARTING',
  conflict: 'FAILED',
  failed: 'FAILED',
  passkey: 'PASSKEY_REQUIRED',
  passkey_confirmation: 'PASSKEY_CONFIRMATION_REQUIRED',
}

export const ENGINE = 'NOWEB'

/** What the server says of itself. */
export function versionOf({ settings }: State): Readonly<Record<string, unknown>> {
  const version = settings.waha.edition === 'core' ? '2026.2.1' : '2026.9.2'
  return { version, engine: ENGINE, tier: 'CORE', browser: null, platform: 'linux/x64', worker: { id: null } }
}

/** The account as the engine shows it: while connected, and also after the session failed. */
export function serializeMe(session: Session): { id: string; lid: string; pushName?: string } | null {
  const { account, phase } = session
  if (!account || (phase !== 'connected' && phase !== 'failed')) return null
  return serializeMeOf(account)
}

/** The same with the limits of the account, which only WAHA shows. */
export function serializeAccount(session: Session): Record<string, unknown> | null {
  const me = serializeMe(session)
  return me && session.account ? { ...me, ...limitsOf(session.account, session.now) } : me
}

export function serializeMeOf({ phone, lid, name }: Account): { id: string; lid: string; pushName?: string } {
  return { id: `${phone}@c.us`, lid: `${lid}@lid`, ...(name === '' ? {} : { pushName: name }) }
}

/** A session in a list. */
export function serializeSessionListed(session: Session): Record<string, unknown> {
  return {
    name: session.id,
    status: ENGINE_STATUS[session.phase],
    config: session.settings.config ?? null,
    me: serializeAccount(session),
    presence: null,
    timestamps: session.running ? {} : { activity: null },
  }
}

/** A session by itself. */
export function serializeSession(session: Session): Record<string, unknown> {
  return { ...serializeSessionListed(session), engine: session.running ? { engine: ENGINE } : {} }
}

/** An error in the form of WAHA's web framework (NestJS). */
export function nestError(statusCode: number, error: string, message: string | readonly string[]): Answer {
  return json(statusCode, { message, error, statusCode })
}

export function notFound(message: string): Answer {
  return nestError(404, 'Not Found', message)
}

/** The answer of calls that need a session in a certain status. */
export function wrongStatus(session: Session, expected: string): Answer {
  return json(422, {
    error: 'Session status is not as expected. Try again later or restart the session',
    session: session.id,
    status: ENGINE_STATUS[session.phase],
    expected: [expected],
  })
}

/** The same for a session that does not exist. */
export function noSession(id: string): Answer {
  return json(422, { error: `Session "${id}" does not exist`, session: id })
}

/** The answer of Core 2026.2.1 to what it sells in the Plus edition. */
export function plusOnly(): Answer {
  const text = "The feature is available only in Plus version for 'NOWEB' engine. Check this out: https://waha.devlike.pro/"
  return nestError(422, 'Unprocessable Entity', text)
}

/** The answer of all operations of apps, which are off by default. */
export function appsDisabled(): Answer {
  const message = "Apps are disabled. Enable it by setting 'WAHA_APPS_ENABLED=True' environment variable."
  return nestError(422, 'Unprocessable Entity', message)
}
