import type { OutboxStatus, OutboxStore } from '@wamux/outbox'
import type { Paint } from '../../terminal/terminal.ts'

/** How far a list is. */
export interface Progress extends OutboxStatus {
  /** The sending number's name in the store. */
  readonly sender: string
  /** All messages. */
  readonly total: number
  /** Messages that need nothing more: all but those that are queued or being sent. */
  readonly done: number
  /** Sends that were begun in the last hour, for an hour; absent before the first two. */
  readonly perHour?: number
  /** At that rate, ms. Absent without a rate, and where nothing is queued. */
  readonly leftMs?: number
}

const HOUR = 3_600_000

/** Reads how far a list is, and how quick it was within the last hour. */
export async function progressOf(status: OutboxStatus, sender: string, store: OutboxStore, now: number): Promise<Progress> {
  const { counts } = status
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0)
  const waiting = counts.queued + counts.sending
  const { sends } = await store.history(sender, now - HOUR)
  const first = sends[0]?.at
  const spanMs = first === undefined ? 0 : Math.min(HOUR, Math.max(now, sends.at(-1)?.at ?? now) - first)
  const perHour = sends.length > 1 && spanMs > 0 ? ((sends.length - 1) * HOUR) / spanMs : undefined
  const leftMs = perHour === undefined || waiting === 0 ? undefined : Math.round((waiting / perHour) * HOUR)
  return {
    ...status,
    ...{ sender, total, done: total - waiting },
    ...(perHour === undefined ? {} : { perHour: Math.round(perHour * 10) / 10 }),
    ...(leftMs === undefined ? {} : { leftMs }),
  }
}

/** `[████████░░░░░░░░░░░░] 40 %` */
export function progressBar(done: number, total: number, paint: Paint, width = 20): string {
  const part = total === 0 ? 1 : done / total
  const full = Math.floor(part * width)
  return `[${paint.green('█'.repeat(full))}${paint.dim('░'.repeat(width - full))}] ${Math.floor(part * 100)} %`
}

/** `3 d 4 h`, `2 h 05 min`, `7 min`, `under a minute` */
export function durationText(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return 'under a minute'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `412 an hour`, `7.4 an hour` */
export function rateText(perHour: number): string {
  return `${perHour >= 10 ? Math.round(perHour).toLocaleString('en') : perHour} an hour`
}
