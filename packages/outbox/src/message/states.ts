/**
 * Where a message of the outbox is.
 *
 * - `queued`: it waits for its turn. Nothing of it was sent.
 * - `sending`: written to the store before the first byte leaves.
 * - `sent`: the gateway accepted it.
 * - `delivered`, `read`: a receipt said so.
 * - `refused`: the gateway or WhatsApp did not take it. It is not sent again.
 * - `unknown`: it may have been sent, and nobody knows. It is not sent again unless a person or the policy `resend` says so.
 * - `cancelled`: somebody took it back, or the recipient opted out, before it was sent.
 * - `expired`: its time ran out before it was sent.
 */
export type OutboxState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'refused' | 'unknown' | 'cancelled' | 'expired'

/**
 * The states that may follow each state. `sending` goes back to `queued` only when the gateway's client says for certain that nothing was
 * sent; after a crash it becomes `unknown`.
 */
export const nextStates: Readonly<Record<OutboxState, readonly OutboxState[]>> = {
  queued: ['sending', 'cancelled', 'expired'],
  sending: ['sent', 'delivered', 'read', 'refused', 'unknown', 'queued'],
  sent: ['delivered', 'read', 'refused'],
  delivered: ['read'],
  read: [],
  refused: [],
  unknown: ['sent', 'delivered', 'read', 'refused', 'queued', 'cancelled'],
  cancelled: [],
  expired: [],
}

/** All states, in the order of a message's life. */
export const outboxStates: readonly OutboxState[] = Object.keys(nextStates) as OutboxState[]

/**
 * Says whether a message may go from one state to another.
 *
 * @param from the state it is in
 * @param to the state it is to have
 * @returns true when the diagram of docs/outbox.md has that arrow
 */
export function mayFollow(from: OutboxState, to: OutboxState): boolean {
  return nextStates[from].includes(to)
}
