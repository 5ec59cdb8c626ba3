import type { VendorFailure } from '@wamux/core'
import { findVendorTexts } from '@wamux/core/inspect'
import { type Fields, idOf, recordOf, timeOf } from '../fields/fields.ts'

/** Texts of a refusal, and what they mean. */
export type RefusalTexts = readonly (readonly [words: RegExp, failure: VendorFailure])[]

const LIMITED_HINT =
  'WhatsApp, not the gateway, limits this account: existing chats still work. Do not log out, restart or pair again, which makes it worse. Do not write to new people until the limit ends.'
const SLOW_DOWN = 'WhatsApp itself, not the gateway, refuses so many requests. Wait some minutes, then send fewer at a time.'
const NO_ADMIN = 'Usually this account is not an admin of the group, or is not a member of it.'
const NOT_ACCEPTED = 'WhatsApp does not accept this. When the request names people, usually one of them cannot be added.'
const NOBODY = 'WhatsApp has no account with this number.'

/**
 * Texts by which WhatsApp or an engine says that it did not carry out a request. A pattern that also matched another text could lead to a
 * second send, so each pattern matches a whole sentence or a word of the protocol. After any other text the outcome is unknown.
 *
 * @see https://waha.devlike.pro/docs/how-to/sessions/ for 463 (Reachout Timelock) and 475 (Message Capping)
 * @see https://github.com/devlikeapro/waha/issues/2094 for `no LID found`, as GOWS says it before it sends
 * @see https://github.com/devlikeapro/waha/issues/1881 for `No LID for user`, as WEBJS says it before it sends
 * @see https://github.com/tulir/whatsmeow/blob/main/errors.go for the words of the protocol
 */
const REFUSALS: RefusalTexts = [
  [/\bserver returned error 463\b/i, { kind: 'permission', code: 'account_limited', hint: LIMITED_HINT }],
  [/\bserver returned error 475\b/i, { kind: 'permission', code: 'account_limited', hint: LIMITED_HINT }],
  [/\bno LID found for \S/i, { kind: 'not_found', hint: NOBODY }],
  [/^No LID for user$/i, { kind: 'not_found', hint: NOBODY }],
  [/^Group with id '[^']*' not found$/i, { kind: 'not_found' }],
  [/^rate-overlimit$/i, { kind: 'rate_limited', code: 'rate-overlimit', hint: SLOW_DOWN }],
  [/^(item-not-found|gone)$/i, { kind: 'not_found' }],
  [/^(not-authorized|forbidden|not-allowed)$/i, { kind: 'permission', hint: NO_ADMIN }],
  [/^not-acceptable$/i, { kind: 'invalid_request', hint: NOT_ACCEPTED }],
  [/^bad-request$/i, { kind: 'invalid_request' }],
  [
    /^resource-limit$/i,
    { kind: 'permission', hint: 'WhatsApp has a limit here, and it is reached. For a group this usually means that it is full.' },
  ],
  [/^feature-not-implemented$/i, { kind: 'unsupported' }],
  // WAHA's words of its engines, which gateways that run it pass on
  [/^The method is not implemented by '\w+' engine/i, { kind: 'unsupported' }],
  [/\bnon[- ]chrome[- ]based engine\b/i, { kind: 'unsupported' }],
]

/**
 * Codes of the protocol, for errors with an unknown text. Refusals with 404 and 406 were recorded. What the other codes mean is inferred,
 * so a send that fails with one of them ends as `unknown_outcome`.
 */
const OF_CODE: Readonly<Record<string, VendorFailure>> = {
  401: { kind: 'permission', hint: NO_ADMIN },
  403: { kind: 'permission', hint: NO_ADMIN },
  404: { kind: 'not_found', refused: true },
  406: { kind: 'invalid_request', hint: NOT_ACCEPTED, refused: true },
  409: { kind: 'conflict' },
  410: { kind: 'not_found' },
}

/**
 * Finds a refusal by its text, whatever it is wrapped in.
 *
 * @param texts what the gateway said
 * @param table texts of refusals
 */
export function refusalByText(texts: readonly string[], table: RefusalTexts): VendorFailure | undefined {
  // engines and gateways put a name in front: "Error: …", "2 UNKNOWN: …", "info query returned status 403: …"
  const wordings = texts.flatMap((text) => [text, text.slice(text.lastIndexOf(': ') + 1).trim()])
  return table.find(([words]) => wordings.some((one) => words.test(one)))?.[1]
}

/**
 * What an error of a WhatsApp engine means: a refusal of WhatsApp, or a limit of the account.
 *
 * @param data the parsed body
 * @param text the body as text
 * @param now ms since the epoch, for limits that name their end
 * @param more refusals of this gateway
 * @returns `undefined` for an error that leaves open what was done
 */
export function engineRefusal(data: unknown, text: string | undefined, now: number, more: RefusalTexts = []): VendorFailure | undefined {
  const texts = findVendorTexts(data, text)
  const known = refusalByText(texts, [...REFUSALS, ...more])
  const code = idOf(recordOf(recordOf(data)?.exception)?.data)
  const told = known ? { ...known, refused: true } : code !== undefined && Object.hasOwn(OF_CODE, code) ? OF_CODE[code] : undefined
  if (!told) return undefined
  const retryAfterMs = told.code === 'account_limited' ? untilLimitEnds(data, now) : undefined
  return { code, message: texts[0], ...told, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

const DEEPEST = 4

/** ms until WhatsApp takes new chats again, when the answer says when the limit ends. */
function untilLimitEnds(data: unknown, now: number): number | undefined {
  const ends = limitsIn(data, 0)
    .flatMap((limit) => timeOf(limitEnd(limit)) ?? [])
    .filter((end) => end > now)
  return ends.length === 0 ? undefined : ends.reduce((last, end) => Math.max(last, end)) - now
}

// parts of the request that the answer repeats are skipped
function limitsIn(value: unknown, depth: number): readonly Fields[] {
  const fields = recordOf(value)
  if (!fields || depth > DEEPEST) return []
  const inside = Object.entries(fields).flatMap(([name, one]) => (name === 'request' ? [] : limitsIn(one, depth + 1)))
  return [fields, ...inside].slice(0, 100)
}

function limitEnd(limit: Fields): unknown {
  if (limit.isActive === true) return limit.timeEnforcementEnds
  return limit.cappingStatus === 'CAPPED' ? limit.cycleEnd : undefined
}
