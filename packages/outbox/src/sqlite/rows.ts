import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import type { OutboxChange, OutboxContent, OutboxMessage } from '../message/message.ts'
import type { OutboxState } from '../message/states.ts'

/** A row, as SQLite gives it. */
export type Row = Readonly<Record<string, SQLOutputValue>>

const textOf = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '')
const optionalText = (value: SQLOutputValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
const optionalNumber = (value: SQLOutputValue | undefined): number | undefined => (value == null ? undefined : Number(value))

/** Reads a row of `messages`. */
export function messageOf(row: Row): OutboxMessage {
  return {
    ...(JSON.parse(textOf(row.content)) as OutboxContent),
    seq: Number(row.seq),
    key: textOf(row.key),
    sender: textOf(row.sender),
    to: textOf(row.recipient),
    list: textOf(row.list),
    state: textOf(row.state) as OutboxState,
    changedAt: Number(row.changed_at),
    notBefore: Number(row.not_before),
    expiresAt: optionalNumber(row.expires_at),
    attempts: Number(row.attempts),
    startedAt: optionalNumber(row.started_at),
    reason: optionalText(row.reason),
    messageId: optionalText(row.message_id),
    messageKey: optionalText(row.message_key),
  }
}

/** Reads a row of `changes`. */
export function changeOf(row: Row): OutboxChange {
  return {
    seq: Number(row.seq),
    key: textOf(row.key),
    sender: textOf(row.sender),
    from: optionalText(row.from_state) as OutboxState | undefined,
    to: textOf(row.to_state) as OutboxState,
    at: Number(row.at),
    reason: optionalText(row.reason),
  }
}

/** Writes what is sent as JSON. */
export function contentJson({ text, file, as }: OutboxContent): string {
  return JSON.stringify({ text, file, as })
}

/** SQLite knows no undefined. */
export function orNull(value: string | number | undefined): SQLInputValue {
  return value ?? null
}
