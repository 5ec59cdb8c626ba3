import type { Session, SessionPhase } from '../session.ts'
import { json } from './face.ts'

/** Session states in Wassenger's words. */
export const WORDS: Readonly<Record<SessionPhase, string>> = {
  stopped: 'offline',
  starting: 'loading',
  pairing: 'authorize',
  connecting: 'authorizing',
  connected: 'online',
  failed: 'error',
}

/** The one error body. */
export function failed(status: number, message: string, errorCode?: string): Response {
  return json(status, { status, message, ...(errorCode ? { errorCode } : {}) })
}

/** A number of the account. What its contract goes through is not known, so it is always in order. */
export function describeDevice(device: Session, user: string, waiting: number): Record<string, unknown> {
  const { account, settings, connectedAt, lastAccount } = device
  const { alias, description, deliverySpeed, rebootPolicy, retentionPolicy } = settings
  const phone = account?.phone ?? settings.phone
  return {
    id: device.id,
    ...(phone === undefined ? {} : { phone: `+${phone}` }),
    ...(account ? { wid: `${account.phone}@c.us` } : {}),
    alias,
    ...(description === undefined ? {} : { description }),
    connector: 'web',
    version: 2,
    user,
    status: 'operative',
    settings: pruned({ deliverySpeed, rebootPolicy, retentionPolicy }),
    queue: { status: 'active', messages: waiting, scheduled: 0 },
    ...(account ? { profile: { name: account.name } } : {}),
    session: pruned({
      status: WORDS[device.phase],
      newNumber: lastAccount === undefined,
      lastSyncAt: connectedAt === undefined ? undefined : new Date(connectedAt).toISOString(),
    }),
  }
}

function pruned(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
