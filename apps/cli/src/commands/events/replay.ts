import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { GatewayEvent } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { EXIT } from '../../errors/exit-codes.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { typesFrom } from '../../event/event-types.ts'
import { forwarderFor, localSecret } from '../../event/forward.ts'
import { printEvent } from '../../event/print-event.ts'

/** `wamux events replay` @returns 1 when one of them could not be forwarded */
export async function replay(context: Context): Promise<number | undefined> {
  const { values, terminal, signal, print } = context
  if (values.is('print-secret')) return void print(`${localSecret(terminal.env)}\n`)
  const forwarder = await forwarderFor(context)
  const types = await typesFrom(values.text('events'))
  const file = values.required('file')
  const input = file === '-' ? (terminal.stdin as NodeJS.ReadableStream) : createReadStream(file)
  let failed = false
  let number = 0
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      if (signal.aborted) break
      if (line.trim() === '') continue
      const event = eventFrom(line, number)
      if (types && !types.includes(event.type)) continue
      failed = !(await printEvent(event, context, forwarder)) || failed
      const ms = values.ms('pause')
      if (ms) await pause(ms, undefined, { signal }).catch(() => undefined)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') throw new UsageError(`${file} cannot be read (${code}).`)
    throw error
  }
  return failed ? EXIT.failure : undefined
}

function eventFrom(line: string, number: number): GatewayEvent {
  let event: Partial<GatewayEvent> | null
  try {
    event = JSON.parse(line) as Partial<GatewayEvent> | null
  } catch {
    throw new UsageError(`Line ${number} is no JSON.`, 'Each line is one event, as wamux listen --output ndjson writes it.')
  }
  if (typeof event?.type === 'string' && typeof event.id === 'string' && typeof event.at === 'number' && typeof event.data === 'object') {
    return event as GatewayEvent
  }
  throw new UsageError(`Line ${number} is no event of wamux: it needs id, type, at and data.`)
}
