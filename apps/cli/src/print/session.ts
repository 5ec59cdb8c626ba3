import type { Manifest, NextAction, SessionInfo } from '@wamux/core'
import type { Paint } from '../terminal/terminal.ts'
import { shellQuote } from './shell-quote.ts'
import { type Column, pairs, table } from './table.ts'
import { plainText } from './text-width.ts'

/** What sessions are printed with. */
export interface SessionView {
  readonly manifest: Manifest
  readonly paint: Paint
  /** Columns of the terminal; undefined when stdout is no terminal. */
  readonly columns: number | undefined
  /** ` --gateway waha` when the command line has it, for the commands that are proposed; else empty. */
  readonly gatewayFlag: string
  /** Writes a line for people to stderr. */
  say(text: string): void
}

/** `connected`, `pairing (qr)` */
export function stateText({ state, challenge }: Pick<SessionInfo, 'state' | 'challenge'>): string {
  return challenge ? `${state} (${challenge})` : state
}

function paintState(text: string, { state }: Pick<SessionInfo, 'state'>, paint: Paint): string {
  if (state === 'connected') return paint.green(text)
  if (state === 'failed' || state === 'conflict' || state === 'logged_out') return paint.red(text)
  return ['pairing', 'starting', 'connecting', 'disconnected'].includes(state) ? paint.yellow(text) : text
}

/** The columns of lists of sessions. */
export const SESSION_COLUMNS: readonly Column<SessionInfo>[] = [
  { title: 'SESSION', text: ({ session }) => session, whole: true, paint: (cell, _session, paint) => paint.bold(cell) },
  { title: 'STATE', text: stateText, paint: paintState },
  { title: 'ACCOUNT', text: ({ account }) => (account === 'unknown' ? '' : account) },
  { title: 'PHONE', text: ({ me }) => me?.phone ?? me?.jid ?? '' },
  { title: 'NAME', text: ({ me }) => me?.name ?? '' },
]

/** Sessions as a table. */
export function printSessions(sessions: readonly SessionInfo[], { paint, columns, say, manifest }: SessionView): string {
  if (sessions.length > 0) return table(sessions, SESSION_COLUMNS, paint, columns)
  say(`${manifest.name} has no session yet. Make one: wamux session create`)
  return ''
}

/** One session as names and values, with the command to type next. */
export function printSession(info: SessionInfo, view: SessionView): string {
  const { paint } = view
  const { session, account, me, reason } = info
  return pairs(
    [
      ['session', paint.bold(plainText(session))],
      ['state', paintState(stateText(info), info, paint)],
      ['account', account === 'unknown' ? undefined : account],
      ['phone', plainText(me?.phone ?? me?.jid ?? '')],
      ['name', plainText(me?.name ?? '')],
      ['reason', plainText(reason ?? '')],
      ['next', nextText(info, view.gatewayFlag)],
    ],
    paint,
  )
}

/** The first of the session's next actions, as a command or a sentence. */
export function nextText(info: SessionInfo, gatewayFlag: string): string | undefined {
  const [action] = info.nextActions
  if (action === undefined) return undefined
  if (action === 'pay') return 'the account is unpaid: see the gateway'
  if (action === 'scan' && info.challenge?.startsWith('passkey')) return 'confirm the passkey on the phone'
  const words: Readonly<Record<Exclude<NextAction, 'pay'>, string>> = {
    start: 'start',
    scan: 'qr',
    restart: 'restart',
    logout: 'logout',
    reset: 'reset',
    wait: 'wait-for',
  }
  return `wamux session ${words[action]} ${shellQuote(info.session)}${gatewayFlag}`
}
