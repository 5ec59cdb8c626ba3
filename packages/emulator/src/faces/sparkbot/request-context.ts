import { NetworkError } from '../../errors.ts'
import type { Account } from '../../network/types.ts'
import type { Session, SessionPhase } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'

/** Wassenger's session states. */
const STATUS_WORDS: Readonly<Record<SessionPhase, string>> = {
  stopped: 'offline',
  starting: 'loading',
  pairing: 'authorize',
  connecting: 'authorizing',
  connected: 'online',
  disconnected: 'timeout',
  conflict: 'conflict',
  failed: 'error',
  // it knows no passkeys
  passkey: 'authorize',
  passkey_confirmation: 'authorize',
}

/** Wassenger's word for where the session of a device is. */
export function sessionStatus({ phase, account }: Session): string {
  return phase === 'failed' && account?.restrictions.banned ? 'blocked' : STATUS_WORDS[phase]
}

/** Wassenger's word for the standing of a number: what its contract and WhatsApp say of it. */
export function standingOf({ account, settings }: Session): string {
  if (account?.restrictions.banned) return 'banned'
  return textOf(settings.standing) ?? 'operative'
}

/** Wassenger's word for whether the queue of a device runs: `active`, `pause`, `reject` or `freeze`. */
export function queueStatus({ settings }: Session): string {
  return textOf(settings.queue) ?? 'active'
}

/** An error answer; all have this body. */
export function errorResponse(status: number, message: string, errorCode?: string, meta?: object): Answer {
  return json(status, { status, message, ...(errorCode ? { errorCode } : {}), ...(meta ? { meta } : {}) })
}

/** A field that is wrong or missing. */
export function invalidField(field: string, reason: string): Answer {
  const errors = [{ code: field, reason, message: reason }]
  return json(400, { status: 400, message: `${field} ${reason}`, errorCode: 'error:generic', errors })
}

/** The error answer to a refusal by WhatsApp; `undefined` for any other error. */
export function networkErrorResponse(error: unknown): Answer | undefined {
  if (!(error instanceof NetworkError)) return undefined
  return errorResponse({ invalid: 400, forbidden: 403, not_found: 404, conflict: 409 }[error.code], error.message, 'error:generic')
}

/** A device (number) and the account it is paired with. */
export interface PairedDevice {
  readonly device: Session
  readonly account: Account
}

type Act<About> = (about: About, call: Call) => Answer | Promise<Answer>

/** Makes handlers for the device in the path, by what they need of it. */
export interface DeviceGuards {
  /** The device exists. */
  device(act: Act<Session>): Handler
  /** The device is paired with a phone, online or not. */
  paired(act: Act<PairedDevice>): Handler
  /** The device is online. */
  online(act: Act<PairedDevice>): Handler
}

export function createDeviceGuards(state: State): DeviceGuards {
  const devices = state.sessions('sparkbot')

  const device = (act: Act<Session>): Handler => {
    return async (call) => {
      const found = devices.get(call.params.deviceId ?? '')
      if (!found) return errorResponse(404, `There is no number ${call.params.deviceId}`)
      try {
        return await act(found, call)
      } catch (error) {
        const refused = networkErrorResponse(error)
        if (refused) return refused
        throw error
      }
    }
  }

  const paired = (act: Act<PairedDevice>): Handler =>
    device((found, call) => (found.account ? act({ device: found, account: found.account }, call) : offlineResponse(found)))

  return {
    device,
    paired,
    online: (act) => paired((pair, call) => (pair.device.phase === 'connected' ? act(pair, call) : offlineResponse(pair.device))),
  }
}

export function offlineResponse(device: Session): Answer {
  return errorResponse(503, `The session is ${sessionStatus(device)}`)
}

/** The part of a list that `page` and `size` ask for. */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const size = Math.min(Math.max(Number(query.get('size') ?? 20) || 20, 1), 200)
  const from = Math.max(Number(query.get('page') ?? 0) || 0, 0) * size
  return rows.slice(from, from + size)
}

/** A JSON body that is a list; empty when it is none. */
export function listOf({ bytes }: Call): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

export function toIsoString(ms: number): string {
  return new Date(ms).toISOString()
}

/** Removes the fields that are `undefined`. */
export function omitUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** The value if it is an object, else an empty one. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

/** A device of the account. */
export function serializeDevice(device: Session, user: string, waiting: number): Record<string, unknown> {
  const { account, settings, connectedAt, lastAccount } = device
  const { alias, description, deliverySpeed, rebootPolicy, retentionPolicy } = settings
  const phone = account?.phone ?? settings.phone
  return {
    id: device.id,
    ...(phone === undefined ? {} : { phone: `+${phone}` }),
    ...(account ? { wid: account.jid } : {}),
    alias,
    ...(description === undefined ? {} : { description }),
    connector: 'web',
    version: 2,
    user,
    status: standingOf(device),
    settings: omitUndefined({ deliverySpeed, rebootPolicy, retentionPolicy }),
    queue: { status: queueStatus(device), messages: waiting, scheduled: 0 },
    ...(account ? { profile: { name: account.name } } : {}),
    session: omitUndefined({
      status: sessionStatus(device),
      newNumber: lastAccount === undefined,
      lastSyncAt: connectedAt === undefined ? undefined : toIsoString(connectedAt),
    }),
  }
}

/** A device as webhooks name it. */
export function deviceInEvent({ id, account, settings }: Session): Record<string, unknown> {
  return { id, ...(account ? { phone: `+${account.phone}` } : {}), alias: textOf(settings.alias), plan: 'io-enterprise', version: 2 }
}
