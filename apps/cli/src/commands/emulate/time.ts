import type { ClockView, IdleView, Snapshot, TranscriptLine } from '@wamux/emulator'
import type { Context } from '../../command/context.ts'
import { parseDuration } from '../../command/values.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { askEmulator } from './ask.ts'
import { addressOf } from './emulator-control.ts'

/** `wamux emulate snapshot` */
export async function snapshot(context: Context): Promise<undefined> {
  const { values, printResult, print, say } = context
  const kept = await askEmulator<Snapshot>(context, addressOf(context), '/snapshot')
  const file = values.text('file')
  const text = `${JSON.stringify(kept)}\n`
  if (file === undefined || file === '-') {
    print(text)
    return
  }
  const { writeFile } = await import('node:fs/promises')
  // it may contain keys of webhooks
  await writeFile(file, text, { mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be written (${error.code}).`)
  })
  say(`Saved to ${file}.`)
  await printResult({ data: { file, now: kept.now, bytes: text.length }, text: () => '' })
}

/** `wamux emulate restore` */
export async function restore(context: Context): Promise<undefined> {
  const { values, printResult } = context
  const file = values.required('file')
  const kept = snapshotIn(await textOf(file), file)
  const clock = await askEmulator<ClockView>(context, addressOf(context), '/restore', kept)
  await printResult({ data: clock, text: () => `Restored. ${told(clock)}\n` })
}

/** `wamux emulate reset` */
export async function reset(context: Context): Promise<undefined> {
  const { values, printResult } = context
  const url = addressOf(context)
  const file = values.text('scenario')
  if (file === undefined) {
    await askEmulator(context, url, '/reset', {})
    await printResult({ data: { reset: true }, text: () => 'Everything is forgotten.\n' })
    return
  }
  const yaml = await textOf(file)
  const begun = await askEmulator<{ readonly sessions: readonly unknown[] }>(context, url, '/scenario', { yaml }).catch((error: Error) => {
    throw 'kind' in error && error.kind === 'invalid_request' ? scenarioError(file, error) : error
  })
  await printResult({ data: begun, text: () => `Started again with ${file}.\n` })
}

/** `wamux emulate clock` */
export async function clock(context: Context): Promise<undefined> {
  const { values, printResult } = context
  const url = addressOf(context)
  const action = values.text('action')
  const result = await steer(context, url, action)
  const idle = 'idle' in result ? (result.idle ? 'Nothing waits any more. ' : 'Something still waits. ') : ''
  await printResult({ data: result, text: () => `${idle}${told(result)}\n` })
}

function steer(context: Context, url: string, action: string | undefined): Promise<ClockView | IdleView> {
  if (action === undefined) return askEmulator(context, url, '/clock')
  if (action === 'pause' || action === 'resume') return askEmulator(context, url, `/${action}`, {})
  if (action === 'idle') return askEmulator(context, url, '/run-to-idle', {})
  const ms = parseDuration(action)
  if (ms === undefined)
    throw new UsageError(`"${action}" is no duration.`, 'Give pause, resume, idle, or a time such as 500ms, 3s, 2m, 1h, 2d')
  return askEmulator(context, url, '/advance', { ms })
}

/** `wamux emulate transcript` */
export async function transcript(context: Context): Promise<undefined> {
  const { print } = context
  const lines = await askEmulator<readonly TranscriptLine[]>(context, addressOf(context), '/transcript')
  print(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

function told({ now, paused }: ClockView): string {
  return `It is ${new Date(now).toISOString()}${paused ? ', and time stands still' : ''}.`
}

function snapshotIn(text: string, file: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {}
  throw new UsageError(`${file} is no snapshot.`, 'wamux emulate snapshot writes one')
}

async function textOf(file: string): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code}).`)
  })
}

/** Text of a scenario file. @throws UsageError when it cannot be read */
export const scenarioText: (file: string) => Promise<string> = textOf

/** What is wrong in a scenario file, with its name before each line. */
export function scenarioError(file: string, { message }: Error): UsageError {
  return new UsageError(`${file} is no valid scenario:\n${message}`)
}
