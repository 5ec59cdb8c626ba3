import type { Timers } from '../clock/timers.ts'
import { NetworkError } from '../errors.ts'
import { decodeBase64 } from '../files/files.ts'
import type { Memory } from '../memory/memory.ts'
import { kindOf } from '../network/jid.ts'
import type { Network } from '../network/network.ts'
import type { Account, Message, MessageInput } from '../network/types.ts'
import type { ScenarioContent, ScenarioReply } from './content.ts'
import { durationMs } from './duration.ts'

/** A reply with the names of the scenario replaced by numbers and JIDs. */
export interface Rule extends Omit<ScenarioReply, 'phone' | 'after'> {
  /** Number of who replies. */
  readonly phone: string
  readonly afterMs: number
  /** How often it may still be given. */
  left: number
}

/** Replies that phones give by themselves. */
export interface Replies {
  add(rule: Rule): void
}

/** Who waits to reply to what. */
interface Due {
  readonly rule: Rule
  readonly account: Account
  readonly message: Message
}

const DEFAULT_AFTER = '1 s'

/** The rule of a reply. */
export function ruleOf({ after = DEFAULT_AFTER, times, ...reply }: ScenarioReply): Rule {
  // a reply at once could answer a reply at once, without end
  return { ...reply, afterMs: Math.max(1, durationMs(after)), left: times ?? Number.POSITIVE_INFINITY }
}

export function createReplies(network: Network, memory: Memory, timers: Timers): Replies {
  const rules = memory.part('scenario/replies', () => new Map<string, Rule[]>())
  const later = timers.kind('scenario/reply', give)

  network.on((event) => {
    if (event.type !== 'message' || event.fromMe || rules.size === 0) return
    const { account, message } = event
    const rule = rules.get(account.phone)?.find((one) => one.left > 0 && fits(one, message))
    if (!rule) return
    rule.left -= 1
    if (rule.typing) network.presence.type(account, network.chats.idOf(account, message), 'typing')
    later(rule.afterMs, { rule, account, message })
  })

  function give({ rule, account, message }: Due): void {
    const chat = network.chats.idOf(account, message)
    if (rule.typing) network.presence.type(account, chat, 'paused')
    network.markSeen(account, chat)
    try {
      if (rule.react !== undefined) network.react(account, message, rule.react)
      if (rule.vote) network.vote(account, message, rule.vote)
      const content = contentOf(network, rule)
      if (!content) return
      const text = content.text?.replaceAll(/\{(text|name)\}/g, (_, word) => (word === 'text' ? message.text : message.from.name))
      network.send({ ...content, text, from: account, to: chat, replyTo: rule.quote ? message.id : undefined })
    } catch (error) {
      // the person has left the group, or the poll has no such option
      if (!(error instanceof NetworkError)) throw error
    }
  }

  return {
    add(rule) {
      rules.set(rule.phone, [...(rules.get(rule.phone) ?? []), rule])
    },
  }
}

/** What a message is made of; `undefined` when there is nothing in it. */
export function contentOf({ media }: Network, { text, poll, place, file }: ScenarioContent): Omit<MessageInput, 'from' | 'to'> | undefined {
  if (text === undefined && !poll && !place && !file) return undefined
  const read = file && decodeBase64(file.base64)
  const input = read && {
    mimetype: 'application/octet-stream',
    ...read,
    ...(file.mimetype ? { mimetype: file.mimetype } : {}),
    filename: file.filename,
  }
  return {
    text,
    place,
    poll: poll && { multiple: false, ...poll },
    ...(input ? { media: media.add(input), type: file.type } : {}),
  }
}

function fits({ when = {} }: Rule, message: Message): boolean {
  const { from, in: chat, text, contains, matches, type } = when
  const written = message.text.trim().toLowerCase()
  if (from !== undefined && message.from.phone !== from) return false
  if (chat === 'private' ? kindOf(message.chat) !== 'person' : chat !== undefined && message.chat !== chat) return false
  if (type !== undefined && message.type !== type) return false
  if (text !== undefined && written !== text.trim().toLowerCase()) return false
  if (contains !== undefined && !written.includes(contains.toLowerCase())) return false
  return matches === undefined || new RegExp(matches, 'iu').test(message.text)
}
