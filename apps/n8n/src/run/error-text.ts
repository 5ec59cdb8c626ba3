import { type ErrorKind, type GatewayError, verbIds } from '@wamux/core'
import { ownValue } from '../controls/own-value.ts'

/** What n8n shows of a failure. */
export interface ErrorText {
  /** One line: what happened. */
  readonly headline: string
  /** What the gateway said beside it, and what to do next; may be empty. */
  readonly description: string
}

const GATEWAYS: Readonly<Record<string, string>> = { waha: 'WAHA', wawp: 'Wawp', warest: 'WARest', sparkbot: 'SparkBot' }

/** Kinds for which the headline says the same whatever the gateway said. */
const HEADLINES: Readonly<Partial<Record<ErrorKind, (gateway: string) => string>>> = {
  unknown_outcome: (gateway) => `It may have been done: the answer of ${gateway} was lost`,
  auth: (gateway) => `${gateway} refuses the credentials`,
  network: (gateway) => `${gateway} cannot be reached`,
  timeout: (gateway) => `${gateway} did not answer in time`,
  rate_limited: (gateway) => `${gateway} gets too many requests`,
  bad_response: (gateway) => `What answers is not ${gateway}, or not as expected`,
  aborted: () => 'The execution was stopped',
}

/** Headlines for when the gateway said nothing that a person can use. */
const FALLBACKS: Readonly<Partial<Record<ErrorKind, (gateway: string) => string>>> = {
  not_found: (gateway) => `${gateway} does not find it`,
  permission: (gateway) => `${gateway} does not allow it`,
  conflict: (gateway) => `${gateway} cannot do it as things are`,
  invalid_request: (gateway) => `${gateway} does not accept the input`,
  unsupported: (gateway) => `${gateway} has no such thing`,
  server: (gateway) => `${gateway} failed`,
}

/** Kinds whose own message says no more than the headline. */
const SAID_ALREADY: readonly ErrorKind[] = ['unknown_outcome', 'network', 'timeout', 'aborted']

const NEXT_STEPS: Readonly<Partial<Record<ErrorKind, string>>> = {
  unknown_outcome: 'Look whether it arrived before you do it again. Leave Retry On Fail off for nodes that send.',
  not_found: 'Check the session and the IDs, or choose them From List.',
  permission: 'Ask for a key that may do this.',
  conflict: 'See whether the session is started and paired with a phone.',
  rate_limited: 'Send more slowly: the options of the node have a pause between items.',
  timeout: 'Try it again, or raise the timeout in the options of the node.',
  server: "Look into the gateway's own log.",
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/

/** What a program says of itself when it breaks; no headline for a person. */
const TECHNICAL =
  /cannot read propert|is not a function|is not defined|undefined|typeerror|referenceerror|exception|\bat \S+:\d+|^[[{<]|\n/i

/** Says in words for the users of n8n what went wrong. It names no operation by its id, and says nothing twice. */
export function errorText(error: GatewayError): ErrorText {
  const gateway = ownValue(GATEWAYS, error.gateway ?? '') ?? 'The gateway'
  if (error.operation === 'preflight' && error.kind === 'auth') {
    return { headline: 'Invalid subscription or API key', description: error.hint ?? '' }
  }
  if (CERTIFICATE.test(error.code ?? '')) {
    return {
      headline: `The certificate of ${gateway} is not trusted`,
      description: `If it is self-signed on purpose, turn on Ignore SSL Issues in the credential. (${error.code})`,
    }
  }
  const said = error.vendorMessage ?? ''
  const own = inWords(withoutPrefix(error.message), error)
  const always = HEADLINES[error.kind]?.(gateway)
  const told = said === '' ? own : said
  const leads = always === undefined && told !== '' && told.length <= 200 && !TECHNICAL.test(told) && !isStatus(told)
  const headline = always ?? (leads ? startingWith(gateway, told) : (FALLBACKS[error.kind]?.(gateway) ?? `${gateway} reports a failure`))
  const parts = [
    leads || isStatus(told) || told === ''
      ? ''
      : said !== ''
        ? `It says: ${sentence(said)}`
        : SAID_ALREADY.includes(error.kind)
          ? ''
          : sentence(own),
    error.status === undefined ? '' : `HTTP ${error.status}.`,
    sentence(inWords(error.hint ?? '', error)) || NEXT_STEPS[error.kind] || '',
    localhostHint(error),
  ]
  const description = parts.filter((part, index) => part !== '' && parts.indexOf(part) === index && part !== sentence(headline))
  return { headline, description: description.join(' ') }
}

/** True for words in which a program says that it is broken: they may be told, but never first. */
export function isTechnical(text: string): boolean {
  return TECHNICAL.test(text)
}

// "WAHA sessions.stop: Session not found (HTTP 404)"
function withoutPrefix(message: string): string {
  return message
    .replace(/^(?:WAHA|Wawp|WARest|SparkBot)(?: [A-Za-z0-9]+\.[A-Za-z0-9.]+)?: /, '')
    .replace(/ \(HTTP \d+\)$/, '')
    .replace(/^may have been done, /, '')
}

function startingWith(gateway: string, text: string): string {
  return text.startsWith(gateway) ? text : `${gateway}: ${text}`
}

function isStatus(text: string): boolean {
  return /^HTTP \d+/.test(text)
}

const IDS: readonly string[] = verbIds().toSorted((one, other) => other.length - one.length)

// as the form of a node has it: "session.stop" is Session: Stop
function inWords(text: string, { operation }: GatewayError): string {
  const all = operation?.includes('.') ? [operation, ...IDS] : IDS
  return all.reduce((changed, id) => (changed.includes(id) ? changed.replaceAll(id, labelOf(id)) : changed), text)
}

function labelOf(id: string): string {
  const words = (part: string) => part.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/^./, (first) => first.toUpperCase())
  return id.split('.').map(words).join(': ')
}

function sentence(text: string): string {
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`
}

function localhostHint({ kind, hint }: GatewayError): string {
  const local = kind === 'network' && /\/\/(?:localhost|127\.0\.0\.1|\[::1\])/.test(hint ?? '')
  return local ? 'Where n8n runs in a container, localhost is that container: give the name or address of the machine instead.' : ''
}
