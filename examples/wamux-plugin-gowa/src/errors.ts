import type { GatewayResponse, SessionOf, VendorFailure, VerbId } from '@wamux/core'
import { answeringVerbs as native } from './generated/answering-verbs.ts'

/** Verbs whose answer has fields. */
export const answeringVerbs: readonly VerbId[] = [...native, 'webhook.create']

/**
 * What an answer of GOWA says beyond its HTTP status. Errors without a code of their own all come as 500, with words that tell them apart.
 */
export function readFailure({ status, data }: GatewayResponse): VendorFailure | undefined {
  const { code, message } = (typeof data === 'object' && data !== null ? data : {}) as { code?: unknown; message?: unknown }
  if (code === 'ALREADY_LOGGED_IN') return { kind: 'conflict', hint: 'A phone is paired with the device already. Log it out first.' }
  if (status !== 500 || typeof message !== 'string') return undefined
  // said before anything was done, so that a call which may not be repeated has a definite end
  if (/^device .+ not found$/.test(message)) return { kind: 'not_found', refused: true }
  if (/^device .+ already exists$/.test(message)) return { kind: 'conflict', refused: true }
  if (/^you are not (logged in|connect)/i.test(message)) {
    return { kind: 'conflict', hint: 'No phone is paired with the device, or it is not connected.', refused: true }
  }
  return undefined
}

/** The session of a request: in its path, or in the header of everything that is about messages. */
export const sessionOf: SessionOf = ({ path, headers }) => {
  const inPath = /^\/devices\/([^/]+)/.exec(path)?.[1]
  return inPath === undefined ? (headers['x-device-id'] ?? headers['X-Device-Id']) : decodeURIComponent(inPath)
}
