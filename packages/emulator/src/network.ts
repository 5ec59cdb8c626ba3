import type { Clock } from '@wamux/core'
import { type Ids, UPPER_HEX } from './ids.ts'
import type { Timings } from './timings.ts'

/** How far a message got, in WhatsApp's numbers. */
export type Ack = 0 | 1 | 2 | 3

export const ACK_NAMES: readonly string[] = ['PENDING', 'SERVER', 'DEVICE', 'READ']

/** A phone with WhatsApp on it. */
export interface Account {
  /** Digits with country code. */
  readonly phone: string
  readonly name: string
  /** Number that hides the phone's own: `…@lid`. */
  readonly lid: string
}

/** A message on its way from one phone to another. */
export interface Message {
  /** WhatsApp's id. */
  readonly id: string
  readonly from: Account
  readonly to: Account
  readonly text: string
  /** ms since the epoch. */
  readonly sentAt: number
  ack: Ack
  /** The linked session that sent it. */
  readonly via: { readonly gateway: string; readonly session: string }
}

export type Draft = Omit<Message, 'id' | 'sentAt' | 'ack' | 'to'> & { readonly to: string; readonly id?: string | undefined }

/** The simulated WhatsApp network: every number is a phone that is switched on and reads what it gets. */
export interface Network {
  /** The phone with that number; it exists from its first mention on. */
  account(phone: string): Account
  accounts(): readonly Account[]
  /** A phone that nobody has mentioned yet. */
  newAccount(): Account
  send(draft: Draft): Message
  message(id: string): Message | undefined
  /** Messages in the order of sending, the newest {@link KEPT}. */
  messages(): readonly Message[]
  /** What arrived at a phone. */
  inbox(phone: string): readonly Message[]
  close(): void
}

/** How many messages are kept. */
export const KEPT = 10_000

const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gina', 'Hugo', 'Ida', 'Jon', 'Kim', 'Leo', 'Mia', 'Noa', 'Ole', 'Pia']

export function createNetwork(clock: Clock, ids: Ids, timings: Timings): Network {
  const accounts = new Map<string, Account>()
  const messages = new Map<string, Message>()
  const pending = new Set<() => void>()

  function account(phone: string): Account {
    const known = accounts.get(phone)
    if (known) return known
    const name = NAMES[accounts.size % NAMES.length] ?? phone
    const made = { phone, name, lid: `9${phone}` }
    accounts.set(phone, made)
    return made
  }

  function later(ms: number, callback: () => void): void {
    if (ms <= 0) {
      callback()
      return
    }
    const cancel = clock.after(ms, () => {
      pending.delete(cancel)
      callback()
    })
    pending.add(cancel)
  }

  return {
    account,
    accounts: () => [...accounts.values()],

    newAccount() {
      for (let index = 0; ; index++) {
        const phone = fictionalNumber(index)
        if (!accounts.has(phone)) return account(phone)
      }
    },

    send({ from, to, text, via, id }) {
      const message: Message = {
        id: id ?? `3EB0${ids.next('message', 18, UPPER_HEX)}`,
        from,
        to: account(to),
        text,
        sentAt: clock.now(),
        ack: 0,
        via,
      }
      messages.set(message.id, message)
      const [oldest] = messages.keys()
      if (messages.size > KEPT && oldest !== undefined) messages.delete(oldest)
      const reach = (ack: Ack) => () => {
        message.ack = ack
      }
      later(timings.server, reach(1))
      later(timings.device, reach(2))
      later(timings.read, reach(3))
      return message
    },

    message: (id) => messages.get(id),
    messages: () => [...messages.values()],
    inbox: (phone) => [...messages.values()].filter((message) => message.to.phone === phone && message.ack >= 2),

    close() {
      for (const cancel of pending) cancel()
      pending.clear()
    },
  }
}

// 555-0100 to 555-0199 are set aside for fiction in every North American area
function fictionalNumber(index: number): string {
  return `1${202 + Math.floor(index / 100)}55501${String(index % 100).padStart(2, '0')}`
}
