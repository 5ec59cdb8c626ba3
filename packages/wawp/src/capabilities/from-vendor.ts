import type { SentMessage, Webhook } from '@wamux/core'
import { omitUndefined, recordOf, textOf } from '@wamux/core/engine'

/** How far a message got. A success without an id does not say that it was sent, unless it has `sent: true`. */
export function sentStatus(raw: unknown, id: string | undefined): SentMessage['status'] {
  return id !== undefined || recordOf(raw)?.sent === true ? 'sent' : 'unknown'
}

/** A webhook, which Wawp tells from others by its address. */
export function readWebhook(session: string, raw: unknown): Webhook {
  const row = recordOf(raw)
  const url = textOf(row?.url) ?? ''
  const events = Array.isArray(row?.events) ? row.events.filter((word): word is string => typeof word === 'string') : []
  const { is_active } = row ?? {}
  const active = is_active === undefined || is_active === null ? undefined : Number(is_active) === 1
  return { ...omitUndefined({ session, id: url, url, events, active }), raw }
}
