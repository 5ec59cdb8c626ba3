import type { SentMessage, Webhook } from '@wamux/core'
import { numberOf, omitUndefined, recordOf, textOf } from '@wamux/engine'

/** How far a message got, for responses with `sent: true`; `undefined` for others, which contain the message. */
export function sentStatus(raw: unknown): SentMessage['status'] | undefined {
  return recordOf(raw)?.sent === true ? 'sent' : undefined
}

/** Reads a webhook. Its id is its address. */
export function readWebhook(session: string, raw: unknown): Webhook {
  const row = recordOf(raw)
  const url = textOf(row?.url) ?? ''
  const events = Array.isArray(row?.events) ? row.events.filter((word): word is string => typeof word === 'string') : []
  const { is_active } = row ?? {}
  const active = is_active === undefined || is_active === null ? undefined : is_active === true || numberOf(is_active) === 1
  return { ...omitUndefined({ session, id: url, url, events, active }), raw }
}
