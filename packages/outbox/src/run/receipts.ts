import type { Ack, GatewayBase, GatewayEvent } from '@wamux/core'
import { phoneOfJid } from '@wamux/core'
import type { OutboxMessage } from '../message/message.ts'
import { recipientOf } from '../message/recipient.ts'
import { nextStates, type OutboxState, outboxStates } from '../message/states.ts'
import type { Move, OutboxStore } from '../store/store.ts'

const STATE_OF: Readonly<Partial<Record<Ack, OutboxState>>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'refused',
}

/** A receipt can come before the answer of the send. So many are kept until the answer tells which message it is. */
const MOST_EARLY = 1_000

/** What receipts need to know. */
export interface ReceiptsContext {
  readonly gateway: GatewayBase
  readonly session: string
  readonly sender: string
  readonly store: OutboxStore
  readonly now: () => number
  /** Texts that opt somebody out, in lower case. */
  readonly optOutWords: ReadonlySet<string>
  /** Changes a message's state. */
  readonly move: (move: Move) => Promise<OutboxMessage | undefined>
}

/** Moves messages on by what events tell, and learns from what people write. */
export class Receipts {
  readonly #context: ReceiptsContext
  readonly #early = new Map<string, OutboxState>()

  constructor(context: ReceiptsContext) {
    this.#context = context
  }

  /** Takes an event; one that is about another session or another thing changes nothing. */
  async take(event: GatewayEvent): Promise<void> {
    const { gateway, session } = this.#context
    if (event.gateway !== gateway.manifest.id || (event.session !== '' && event.session !== session)) return
    if (event.type === 'message.received') return this.#received(event)
    if (event.type === 'message.failed') return this.#receipt([event.data.message, event.data.key], 'refused', event.data.reason)
    if (event.type !== 'message.ack') return
    const state = STATE_OF[event.data.ack]
    if (state) await this.#receipt([event.data.message, event.data.key], state)
  }

  /** Makes up for a receipt that came before the message's id was known. */
  async sent({ messageId, messageKey }: OutboxMessage): Promise<void> {
    for (const id of [messageId, messageKey]) {
      const state = id === undefined ? undefined : this.#early.get(id)
      if (state) await this.#receipt([messageId, messageKey], state)
    }
  }

  async #receipt(ids: readonly (string | undefined)[], state: OutboxState, reason?: string): Promise<void> {
    const { store, sender, now, move } = this.#context
    for (const id of ids) {
      const message = id === undefined ? undefined : await store.find(sender, id)
      if (!message) continue
      const from = outboxStates.filter((one) => one !== 'sending' && nextStates[one].includes(state))
      const told = state === 'refused' ? (reason ?? 'It was not delivered.') : undefined
      await move({ key: message.key, from, to: state, at: now(), reason: told })
      return
    }
    for (const id of ids) {
      const known = id === undefined ? undefined : this.#early.get(id)
      // receipts come in any order, and `read` says more than `delivered`
      if (id !== undefined && (!known || outboxStates.indexOf(state) > outboxStates.indexOf(known))) this.#early.set(id, state)
    }
    while (this.#early.size > MOST_EARLY) this.#early.delete(this.#early.keys().next().value ?? '')
  }

  async #received({ data: { message } }: Extract<GatewayEvent, { type: 'message.received' }>): Promise<void> {
    const { store, sender, optOutWords, now } = this.#context
    const person = message.from ?? message.chat
    const recipients = [...new Set([message.person?.phone, phoneOfJid(person), person].flatMap(readable))]
    await store.addChats(sender, [...new Set([...recipients, ...readable(message.chat)])])
    if (optOutWords.has((message.text ?? '').trim().toLowerCase())) await store.addOptOuts(recipients, now())
  }
}

/** The recipient as the outbox writes it; nothing for what is none. */
function readable(value: string | undefined): string[] {
  try {
    return value === undefined ? [] : [recipientOf(value)]
  } catch {
    return []
  }
}
