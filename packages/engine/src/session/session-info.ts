import type { AccountLimits, Manifest, SessionInfo } from '@wamux/core'
import { accountOf, meaningOf, sessionInfo } from '@wamux/core/plugin'
import { omitUndefined, recordOf, textOf, timeOf } from '../fields/fields.ts'
import { engineStates } from './session-states.ts'

/** The part of an engine's session that its state is read from. */
interface EngineSession {
  readonly status?: unknown
  readonly me?: {
    readonly id?: unknown
    readonly pushName?: unknown
    readonly reachoutTimelock?: unknown
    readonly messageCapping?: unknown
  } | null
}

/**
 * Reads a session of a gateway with a WhatsApp engine. For an empty response its state is `unknown`.
 *
 * @param manifest of the gateway
 * @param session session id
 * @param raw what the gateway gave
 * @param reason why it is in this state, as a sentence, if the gateway tells
 */
export function engineSessionInfo<Raw extends EngineSession | undefined>(
  manifest: Manifest,
  session: string,
  raw: Raw,
  reason?: string,
): SessionInfo<Raw> {
  const meaning = meaningOf(engineStates, raw?.status)
  // engines show no account standing; a connected account is in order
  const account = meaning.state === 'connected' ? 'ok' : 'unknown'
  const limits = engineLimits(raw?.me)
  return sessionInfo(manifest, { session, ...meaning, account, me: accountOf(raw?.me?.id, raw?.me?.pushName), reason, limits, raw })
}

/**
 * Limits of an account, which WAHA reports since 2026.7.2 (`reachoutTimelock`) and 2026.8.1 (`messageCapping`).
 *
 * @returns `undefined` when it reports neither
 *
 * @see https://waha.devlike.pro/docs/how-to/sessions/
 */
export function engineLimits(me: unknown): AccountLimits | undefined {
  const timelock = recordOf(recordOf(me)?.reachoutTimelock)
  const capping = recordOf(recordOf(me)?.messageCapping)
  if (!timelock && !capping) return undefined
  if (timelock?.isActive === true) return { newChats: 'refused', ...omitUndefined({ until: timeOf(timelock.timeEnforcementEnds) }) }
  const word = textOf(capping?.cappingStatus)
  const newChats = word === 'CAPPED' ? 'refused' : word?.endsWith('_WARNING') ? 'warned' : 'allowed'
  return { newChats, ...omitUndefined({ until: newChats === 'allowed' ? undefined : timeOf(capping?.cycleEnd) }) }
}
