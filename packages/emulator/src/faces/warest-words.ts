import type { SessionPhase } from '../session.ts'
import { json } from './face.ts'

/** WARest has no word for waiting for a scan, and none for failed: an unlinked session pairs again by itself. */
export const WORDS: Readonly<Record<SessionPhase, string>> = {
  stopped: 'stopped',
  starting: 'starting',
  pairing: 'connecting',
  connecting: 'connecting',
  connected: 'open',
  failed: 'logged_out',
}

export function done(status: number, code: number, message: string, results: readonly unknown[]): Response {
  return json(status, { status: true, code, message, results })
}

/** A failure; messages have `null` where the others have an empty list. */
export function refused(status: number, code: number, message: string, results: readonly [] | null = []): Response {
  return json(status, { status: false, code, message, results })
}
