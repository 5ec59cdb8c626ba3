import { supports } from '@wamux/core'
import type { OutboxMessage } from '../message/message.ts'
import type { RunContext } from './context.ts'
import { findSent } from './find-sent.ts'

/** When the chat is looked into, ms after the send was begun. Looks that are overdue become one; the last one decides. */
const LOOKS_MS: readonly number[] = [10_000, 60_000, 300_000]
/** Two looks are so far apart at least, ms: a session that was just connected may not know all its chats yet. */
const SECOND_LOOK_MS = 10_000
const PAGE = 500

interface Look {
  readonly key: string
  readonly startedAt: number
  readonly at: number
  /** Which of {@link LOOKS_MS}. */
  readonly number: number
  /** How many came before it in this run. */
  readonly before: number
}

/** Looks for messages of which nobody knows whether they were sent. */
export class Unknowns {
  readonly #context: RunContext
  readonly #looks: Look[] = []

  constructor(context: RunContext) {
    this.#context = context
  }

  /** Puts the unknown messages of earlier runs on the list. */
  async load(): Promise<void> {
    const { store, sender } = this.#context
    for (let after = 0; ; ) {
      const page = await store.list({ sender, state: 'unknown', after, limit: PAGE })
      for (const message of page) this.add(message)
      if (page.length < PAGE) return
      after = page.at(-1)?.seq ?? after
    }
  }

  /** Puts a message on the list. */
  add({ key, startedAt = 0 }: OutboxMessage): void {
    const { gateway, resend, clock } = this.#context
    const last = LOOKS_MS.length - 1
    // without a list of messages there is nothing to see, and nobody to ask unless the program wants to be asked
    const canLook = supports(gateway, 'message.list')
    if (!canLook && resend !== 'ask') return
    const age = clock.now() - startedAt
    const number = canLook
      ? Math.max(
          0,
          LOOKS_MS.findLastIndex((ms) => ms <= age),
        )
      : last
    this.#schedule({ key, startedAt, at: startedAt + (LOOKS_MS[number] ?? 0), number, before: 0 })
  }

  /** When the next look is due, ms since the epoch; undefined when nothing is left to look for. */
  get nextAt(): number | undefined {
    return this.#looks[0]?.at
  }

  /** Does one look that is due. */
  async look(now: number): Promise<void> {
    const due = this.#looks[0]
    if (!due || due.at > now) return
    this.#looks.shift()
    const message = await this.#context.store.get(due.key)
    if (message?.state !== 'unknown') return
    const { gateway, session, sender, store, move } = this.#context
    const isOther = async (id: string) => ((await store.find(sender, id))?.key ?? message.key) !== message.key
    const finding = await findSent(gateway, session, message, isOther)
    const { attempts } = message
    if (finding.seen === 'found') {
      const to = finding.message.ack === 'failed' ? 'refused' : 'sent'
      const reason = to === 'sent' ? 'The chat shows it.' : 'The chat shows it as failed.'
      const ids = { messageId: finding.message.id, messageKey: finding.message.key }
      await move({ key: message.key, from: ['unknown'], to, at: now, attempts, reason, ...ids })
      return
    }
    const number = due.number + 1
    const next = LOOKS_MS[number]
    if (next !== undefined) {
      const at = Math.max(due.startedAt + next, now + SECOND_LOOK_MS)
      return this.#schedule({ ...due, at, number, before: due.before + 1 })
    }
    // whoever never sends again need not be sure, and looks in the next run again
    if (this.#context.resend !== 'never' && due.before === 0 && finding.seen === 'absent') {
      return this.#schedule({ ...due, at: now + SECOND_LOOK_MS, before: 1 })
    }
    if (await this.#mayResend(message, finding.seen)) {
      const reason = `Sent again by the policy "${this.#context.resend}"; the chat: ${finding.seen === 'absent' ? 'not there' : 'not told'}.`
      await move({ key: message.key, from: ['unknown'], to: 'queued', at: now, attempts, reason })
    }
  }

  async #mayResend(message: OutboxMessage, seen: 'absent' | 'not_told'): Promise<boolean> {
    const { resend, ask } = this.#context
    if (resend === 'ask') return (await ask?.(message, seen)) === 'resend'
    return resend === 'after-lookup' && seen === 'absent'
  }

  #schedule(look: Look): void {
    this.#looks.push(look)
    this.#looks.sort((a, b) => a.at - b.at)
  }
}
