import type { OutboxChange, OutboxContent, OutboxMessage } from '../message/message.ts'
import type { OutboxState } from '../message/states.ts'
import type { DueMessage } from './store.ts'

/** A row of a database, by the names of its columns. Large numbers may be texts. */
export type StoredRow = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const optionalText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const optionalNumber = (value: unknown): number | undefined => (value == null ? undefined : Number(value))

/** Reads a row of `messages`. */
export function messageOf(row: StoredRow): OutboxMessage {
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

/** What is selected of a message whose time has come. */
export const DUE_COLUMNS = `messages.*,
  EXISTS (SELECT 1 FROM chats WHERE chats.sender = messages.sender AND chats.recipient = messages.recipient) AS known_chat,
  EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.recipient = messages.recipient) AS opted_out`

/** Reads a row of {@link DUE_COLUMNS}. */
export function dueOf(row: StoredRow): DueMessage {
  return { ...messageOf(row), newChat: !row.known_chat, optedOut: Boolean(row.opted_out) }
}

/** Reads a row of `changes`. */
export function changeOf(row: StoredRow): OutboxChange {
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
