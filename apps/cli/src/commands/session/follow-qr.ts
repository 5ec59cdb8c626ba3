import { setTimeout as pause } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { SessionInfo, SessionQr } from '@wamux/core'
import { EXIT } from '../../errors/exit-codes.ts'
import { printSession, stateText } from '../../print/session.ts'
import { plainText, textWidth, wrapText } from '../../print/text-width.ts'
import { drawOn } from '../../terminal/terminal.ts'
import type { Follow } from '../../verb/verb-spec.ts'
import { drawQr } from './qr.ts'
import { SCAN_HINT } from './session-qr.ts'

const POLL_INTERVAL_MS = 2_000

/**
 * Draws a QR code on a terminal, and draws it again in the same place when it changes, until the phone has scanned it.
 *
 * @returns the exit code; undefined without a terminal, or when it is drawn only once
 */
export async function followQr(first: SessionQr, { context, view, call, has }: Follow): Promise<number | undefined> {
  const { values, terminal, signal, paint } = context
  const { stdout } = terminal
  const once = values.is('once') || values.text('out') !== undefined || context.json
  if (once || stdout.isTTY !== true || first.value === undefined || !has('session.get')) return undefined
  const columns = context.columns ?? 80
  const session = values.required('session')
  let drawn = 0

  function draw(value: string, note: string): void {
    const picture = drawQr(value, paint).trimEnd().split('\n')
    const lines = [...picture, ...wrapText(note, columns - 1)]
    drawOn(stdout, `${erase(drawn)}${lines.join('\n')}\n`)
    // a line that is wider than the terminal takes several rows
    drawn = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(stripVTControlCharacters(line)) / columns)), 0)
  }

  let { value } = first
  draw(value, SCAN_HINT)
  for (;;) {
    await pause(values.ms('interval') ?? POLL_INTERVAL_MS, undefined, { signal })
    const info = await call('session.get', { session })
    if (isSettled(info)) {
      drawOn(stdout, erase(drawn))
      await context.printResult({ data: info, text: () => printSession(info, view) })
      return info.state === 'connected' ? EXIT.ok : EXIT.failure
    }
    const next = info.state === 'pairing' ? await currentQr(session, call) : undefined
    if (next !== undefined && next !== value) {
      value = next
      draw(value, `${SCAN_HINT} This one is new.`)
    } else if (next === undefined) draw(value, `${plainText(session)} is ${plainText(stateText(info))}…`)
  }
}

function isSettled({ state }: SessionInfo): boolean {
  return !['pairing', 'starting', 'connecting', 'unknown'].includes(state)
}

// when the phone has scanned the code in the meantime, there is none any more
async function currentQr(session: string, call: Follow['call']): Promise<string | undefined> {
  try {
    return (await call('session.qr', { session })).value
  } catch (error) {
    if ((error as { kind?: unknown }).kind === 'conflict') return undefined
    throw error
  }
}

function erase(lines: number): string {
  return lines > 0 ? `\x1b[${lines}A\r\x1b[J` : ''
}
