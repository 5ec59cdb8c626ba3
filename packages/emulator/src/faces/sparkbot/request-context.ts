import { NetworkError } from '../../errors.ts'
import type { Account } from '../../network/types.ts'
import type { Session, SessionPhase } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, json, textOf } from '../http.ts'

/** Session states in Wassenger's words. */
export const SESSION_STATUS: Readonly<Record<SessionPhase, string>> = {
  stopped: 'offline',
  starting: 'loading',
  pairing: 'authorize',
  connecting: 'authorizing',
  connected: 'online',
  failed: 'error',
}

/** The one error body. */
export function errorResponse(status: number, message: string, errorCode?: string, meta?: object): Response {
  return json(status, { status, message, ...(errorCode ? { errorCode } : {}), ...(meta ? { meta } : {}) })
}

/** A field that is wrong or missing. */
export function invalidField(field: string, reason: string): Response {
  const errors = [{ code: field, reason, message: reason }]
  return json(400, { status: 400, message: `${field} ${reason}`, errorCode: 'error:generic', errors })
}

/** What WhatsApp refuses, in Wassenger's words; `undefined` for what is no refusal. */
export function networkErrorResponse(error: unknown): Response | undefined {
  if (!(error instanceof NetworkError)) return undefined
  return errorResponse({ invalid: 400, forbidden: 403, not_found: 404, conflict: 409 }[error.code], error.message, 'error:generic')
}

/** A number that is paired with a phone. */
export interface PairedDevice {
  readonly device: Session
  readonly account: Account
}

type Act<About> = (about: About, call: Call) => Response | Promise<Response>

/** Handlers for the number in the path, by what they need of it. */
export interface DeviceGuards {
  /** That it exists. */
  device(act: Act<Session>): Handler
  /** That a phone was paired with it: what is known of the phone can be read then. */
  paired(act: Act<PairedDevice>): Handler
  /** That it is online. */
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

export function offlineResponse({ phase }: Session): Response {
  return errorResponse(503, `The session is ${SESSION_STATUS[phase]}`)
}

/** The part of a list that is asked for. */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const size = Math.min(Math.max(Number(query.get('size') ?? 20) || 20, 1), 200)
  const from = Math.max(Number(query.get('page') ?? 0) || 0, 0) * size
  return rows.slice(from, from + size)
}

/** The JSON body where it is a list. */
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

/** Leaves out what is not there. */
export function omitUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** The fields of a value that may be none. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

/** A number of the account. What its contract goes through is not known, so it is always in order. */
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
    status: 'operative',
    settings: omitUndefined({ deliverySpeed, rebootPolicy, retentionPolicy }),
    queue: { status: 'active', messages: waiting, scheduled: 0 },
    ...(account ? { profile: { name: account.name } } : {}),
    session: omitUndefined({
      status: SESSION_STATUS[device.phase],
      newNumber: lastAccount === undefined,
      lastSyncAt: connectedAt === undefined ? undefined : toIsoString(connectedAt),
    }),
  }
}

/** A number as webhooks name it. */
export function deviceInEvent({ id, account, settings }: Session): Record<string, unknown> {
  return { id, ...(account ? { phone: `+${account.phone}` } : {}), alias: textOf(settings.alias), plan: 'io-enterprise', version: 2 }
}
