import type { ErrorKind, GatewayError, Manifest } from '@wamux/core'
import { baseUrlVariable } from '../gateway/variables.ts'
import { shellQuote } from '../print/shell-quote.ts'
import { plainText, wrapText } from '../print/text-width.ts'
import type { Paint } from '../terminal/terminal.ts'
import type { LookedFor, Subject } from './subject.ts'

/** An error for people: one sentence, what the gateway said, what to do next. */
export interface ErrorMessage {
  readonly sentence: string
  /** The message of the gateway, word for word. */
  readonly vendorMessage?: string | undefined
  readonly next?: string | undefined
}

type Sentence = (name: string, error: GatewayError, subject: Subject) => string

const SENTENCES: Readonly<Record<ErrorKind, Sentence>> = {
  auth: (name) => `${name} refused the credentials`,
  permission: (name) => `${name} does not allow this with these credentials`,
  not_found: (name, _error, { session, effect, lookedFor }) => {
    const where = session === undefined ? '' : ` in session "${session}"`
    if (lookedFor?.thing === 'path') return `${name} has nothing at ${lookedFor.name}`
    if (lookedFor)
      return `${name} found no ${lookedFor.thing} ${lookedFor.name}${lookedFor.chat ? ` in the chat with ${lookedFor.chat}` : ''}${where}`
    if (effect === 'send') return `${name} found no session "${session ?? ''}", or no such recipient`
    return session === undefined ? `${name} found nothing there` : `${name} has no session "${session}"`
  },
  conflict: (name, _error, { session }) => `${name} cannot do this now${session === undefined ? '' : ` with session "${session}"`}`,
  invalid_request: (name) => `${name} did not accept this`,
  rate_limited: (name) => `${name} asks to slow down`,
  timeout: (name) => `${name} gave no answer in time`,
  aborted: () => 'Interrupted',
  network: (name, { reached }) => (reached === 'no' ? `${name} cannot be reached` : `The connection to ${name} broke`),
  server: (name) => `${name} failed`,
  bad_response: (_name, { message }) => message,
  unsupported: (name) => `${name} cannot do this`,
  config: (name) => `${name} is not set up right`,
  unknown_outcome: (name, error, { effect }) =>
    `${name} may have ${effect === 'send' ? 'sent this' : 'done this'}: its answer is ${isRedirect(error) ? 'a redirect, which is not followed' : 'missing or unclear'}`,
}

function isRedirect({ status = 0 }: GatewayError): boolean {
  return status >= 300 && status < 400
}

/** The message for an error of a gateway. */
export function describeError(error: GatewayError, subject: Subject): ErrorMessage {
  const { manifest } = subject
  if (!manifest || isOwnMessage(error)) return { sentence: error.message, next: localHint(error, subject) }
  const sentence = (SENTENCES[error.kind] ?? (() => error.message))(manifest.name, error, subject)
  const mark = error.status === undefined ? error.code : `HTTP ${error.status}`
  const marked = mark && !sentence.includes(mark) ? `${sentence} (${mark})` : sentence
  return { sentence: marked, vendorMessage: error.vendorMessage, next: nextStep(error, subject) }
}

/** The message after Ctrl-C: what may have happened by then. */
export function describeInterruption(error: Pick<GatewayError, 'reached'> | undefined, { manifest, effect }: Subject): ErrorMessage {
  const name = manifest?.name ?? 'the gateway'
  if (effect === 'read') return { sentence: 'Interrupted. Nothing was changed.' }
  if (!error || error.reached === 'no') return { sentence: 'Interrupted. Nothing was sent.' }
  if (effect === 'send')
    return { sentence: 'Interrupted. The message may have been sent.', next: 'Check the chat before you send it again.' }
  return { sentence: `Interrupted. ${name} may have done it all the same.`, next: 'Check the session before you repeat it.' }
}

/**
 * The message as lines for stderr.
 *
 * @param name of the gateway
 * @param width columns of the terminal; without it lines are not wrapped
 */
export function formatErrorMessage({ sentence, vendorMessage, next }: ErrorMessage, paint: Paint, name: string, width?: number): string {
  const rest = width === undefined ? Number.POSITIVE_INFINITY : width - 4
  const advice = withCommands(next ?? '')
    .split('\n')
    .flatMap((line) => wrapText(plainText(line), rest))
  const [first = '', ...others] = wrapText(`error: ${plainText(sentence)}`, width ?? Number.POSITIVE_INFINITY)
  const said = vendorMessage ? wrapText(`${name} says: ${plainText(vendorMessage)}`, rest + 2) : []
  return [
    first.replace('error:', paint.red(paint.bold('error:'))),
    ...others.map((line) => `  ${line}`),
    ...said.map((line, index) => `  ${index === 0 ? line.replace(`${name} says:`, paint.dim(`${name} says:`)) : line}`),
    ...advice.map((line, index) => `  ${index === 0 ? paint.cyan('→') : ' '} ${line}`),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

// hints of core and plugins name verbs as programs call them; where an explanation follows in brackets, a list of verbs is meant
const SESSION_VERBS = /\bsession\.(create|delete|get|list|logout|reset|restart|start|stop|update)\b(?! \()/g

function withCommands(hint: string): string {
  return hint.replace(SESSION_VERBS, 'wamux session $1')
}

// wamux found the error before it sent anything, or wrote the message itself: it needs no other sentence
function isOwnMessage({ kind, status, reached, operation }: GatewayError): boolean {
  if (kind === 'network' || kind === 'aborted' || kind === 'unknown_outcome') return false
  return (status === undefined && reached === 'no' && kind !== 'timeout') || operation === 'session.waitFor'
}

function localHint(error: GatewayError, { manifest, title, session }: Subject): string | undefined {
  if (error.operation === 'session.waitFor' && error.kind === 'timeout' && session !== undefined)
    return `What it waits for: wamux session get ${shellQuote(session)}\nGive it longer: --timeout 5m`
  const variable = error.kind === 'config' && manifest ? variableOf(error.field, manifest) : undefined
  if (variable) return `Check ${variable}.`
  return error.hint ?? (error.kind === 'invalid_request' && title !== undefined ? `See: wamux ${title} --help` : undefined)
}

function variableOf(field: string | undefined, manifest: Manifest): string | undefined {
  return field === 'baseUrl' ? baseUrlVariable(manifest.id) : manifest.credentials.find((one) => one.field === field)?.env
}

/** A command that shows what there is; never the one that has just failed. */
function whatThereIs(
  manifest: Manifest | undefined,
  session: string | undefined,
  lookedFor: LookedFor | undefined,
  title: string | undefined,
  flag: string,
): string | undefined {
  if (!manifest) return undefined
  if (lookedFor?.thing === 'path') return `Its operations: wamux operations ${manifest.id}\nWhere it is: ${baseUrlVariable(manifest.id)}`
  const inSession = session === undefined ? '' : ` ${shellQuote(session)}`
  const lists =
    lookedFor?.thing === 'message' && lookedFor.chat !== undefined
      ? [['message list', `${inSession} ${shellQuote(lookedFor.chat)}`] as const]
      : lookedFor
        ? [[`${lookedFor.thing} list`, inSession] as const, ['chat list', inSession] as const]
        : []
  const found = [...lists, ['session list', ''] as const].find(([words]) => {
    const [namespace, verb] = words.split(' ')
    return `${namespace}.${verb}` in manifest.capabilities && words !== title
  })
  return found
    ? `See what there is: wamux ${found[0]}${found[1]}${flag}`
    : `Is it the right address? ${baseUrlVariable(manifest.id)} says where it is.`
}

// core's general hints, for which the command line has a sentence of its own
const GENERAL_HINTS = /^Check the credentials for |^Is the gateway running at |Check whether it was done before you repeat it\.$/

/** The plugin's own hint, where it gives one, and below it a step. */
function hintAnd({ hint }: GatewayError, step: string): string {
  return hint === undefined || GENERAL_HINTS.test(hint) ? step : `${hint}\n${step}`
}

function nextStep(error: GatewayError, { manifest, session, effect, profile, lookedFor, title }: Subject): string | undefined {
  const flag = manifest ? ` --gateway ${manifest.id}` : ''
  switch (error.kind) {
    case 'unknown_outcome': {
      const check =
        effect === 'send' || session === undefined
          ? 'Check whether it arrived before you send it again; wamux does not repeat it by itself.'
          : `Check the session before you repeat it: wamux session get ${shellQuote(session)}${flag}`
      // most often a server that wants https
      const address = manifest && isRedirect(error) ? `\nIs the address right? ${baseUrlVariable(manifest.id)} says where it is.` : ''
      return hintAnd(error, `${check}${address}`)
    }
    case 'auth':
      if (profile !== undefined) return hintAnd(error, `To give the credentials of "${profile}" again: wamux profile add ${profile}`)
      return manifest ? hintAnd(error, `Check ${manifest.credentials.map(({ env }) => env).join(' and ')}.`) : error.hint
    case 'network':
      return manifest && error.reached === 'no'
        ? hintAnd(error, `Is it running? ${baseUrlVariable(manifest.id)} says where it is.`)
        : error.hint
    case 'not_found':
      return error.hint ?? whatThereIs(manifest, session, lookedFor, title, flag)
    case 'rate_limited':
      return error.retryAfterMs === undefined
        ? (error.hint ?? 'Wait before you go on.')
        : hintAnd(error, `Wait ${Math.ceil(error.retryAfterMs / 1000)} s.`)
    case 'timeout':
      return error.hint ?? 'Give it longer: --timeout 60s'
    default:
      return error.hint
  }
}
