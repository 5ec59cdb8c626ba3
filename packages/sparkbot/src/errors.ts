import type { ErrorKind, GatewayResponse, VendorFailure, VerbId } from '@wamux/core'
import { answeringVerbs as native } from './generated/answering-verbs.ts'

// loaded together: after a failure, for limits per session, and for a response without data
export { sessionOf } from './session-of.ts'

/** Verbs whose response has fields by the document; the last ones are further uses of an operation that has a verb. */
export const answeringVerbs: readonly VerbId[] = [
  ...native,
  'group.demote',
  'group.setDescription',
  'group.setAnnouncement',
  'group.setLocked',
]

const KIND_OF_STATUS: Readonly<Record<number, ErrorKind>> = { 402: 'permission', 451: 'permission' }
const HINT_OF_STATUS: Readonly<Record<number, string>> = { 402: 'The plan or number is unpaid, or does not include this.' }

interface SparkbotErrorBody {
  readonly errorCode?: unknown
  readonly errors?: unknown
}

/** Reads what a SparkBot response says beyond its HTTP status: `{ status, message, errorCode?, errors? }`. */
export function readFailure(answer: GatewayResponse): VendorFailure | undefined {
  const { status, data } = answer
  if (status >= 200 && status < 300) return undefined
  const { errorCode, errors } = (typeof data === 'object' && data !== null ? data : {}) as SparkbotErrorBody
  const [first] = Array.isArray(errors) ? (errors as unknown[]) : []
  const detail = (typeof first === 'object' && first !== null ? first : {}) as { code?: unknown; errorCode?: unknown }
  const code = [errorCode, detail.code, detail.errorCode].find((one) => typeof one === 'string')
  return { kind: KIND_OF_STATUS[status], hint: HINT_OF_STATUS[status], code }
}
