import { accountOf, meaningOf, sessionInfo } from '../verbs/session-info.ts'
import type { Manifest } from '../vocabulary/manifest.ts'
import type { SessionInfo } from '../vocabulary/session.ts'
import { engineStates } from './session-states.ts'

/** The part of an engine's session that tells how it is. */
interface EngineSession {
  readonly status?: unknown
  readonly me?: { readonly id?: unknown; readonly pushName?: unknown } | null
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
  return sessionInfo(manifest, { session, ...meaning, account, me: accountOf(raw?.me?.id, raw?.me?.pushName), reason, raw })
}
