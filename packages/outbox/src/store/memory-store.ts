import type { OutboxChange, OutboxMessage } from '../message/message.ts'
import { mayFollow, type OutboxState, outboxStates } from '../message/states.ts'
import type { DueMessage, Lease, ListFilter, Move, NextQuery, OutboxStore, Pause, SendRecord } from './store.ts'

const REACHED: readonly OutboxState[] = ['sent', 'delivered', 'read']

interface SenderState {
  /** Keys of queued messages; a deferred one is put at the end. */
  readonly queued: Set<string>
  readonly sends: SendRecord[]
  readonly chats: Set<string>
  readonly byId: Map<string, string>
  token: number
  until: number
  pause?: Pause | undefined
}

/**
 * Keeps an outbox in memory: for tests, and for programs that may forget what was not sent when they end.
 *
 * @returns the store
 */
export function createMemoryStore(): OutboxStore {
  const messages = new Map<string, OutboxMessage>()
  const order: OutboxMessage['key'][] = []
  const senders = new Map<string, SenderState>()
  const optOuts = new Set<string>()
  const log: OutboxChange[] = []

  const senderOf = (name: string): SenderState => {
    let state = senders.get(name)
    if (!state) {
      state = { queued: new Set(), sends: [], chats: new Set(), byId: new Map(), token: 0, until: 0 }
      senders.set(name, state)
    }
    return state
  }
  const note = (change: Omit<OutboxChange, 'seq'>) => log.push({ ...change, seq: log.length + 1 })
  const ownedBy = (lease: Lease) => senderOf(lease.sender).token === lease.token

  function applyMove({ key, from, to, at, lease, attempts, reason, messageId, messageKey, notBefore }: Move): OutboxMessage | undefined {
    const old = messages.get(key)
    if (!old || !from.includes(old.state) || !mayFollow(old.state, to)) return undefined
    if (lease ? !ownedBy(lease) || lease.sender !== old.sender : to === 'sending') return undefined
    if (attempts !== undefined && attempts !== old.attempts) return undefined
    if (to === 'sending' && optOuts.has(old.to)) return undefined
    const sender = senderOf(old.sender)
    const begun = to === 'sending' ? { attempts: old.attempts + 1, startedAt: at } : {}
    const ids = { messageId: messageId ?? old.messageId, messageKey: messageKey ?? old.messageKey }
    const now: OutboxMessage = { ...old, ...begun, ...ids, state: to, changedAt: at, reason, notBefore: notBefore ?? old.notBefore }
    messages.set(key, now)
    if (to === 'sending') sender.sends.push({ at, newChat: !sender.chats.has(old.to) })
    if (to === 'queued') sender.queued.add(key)
    else sender.queued.delete(key)
    if (REACHED.includes(to)) sender.chats.add(old.to)
    for (const id of [now.messageId, now.messageKey]) if (id) sender.byId.set(id, key)
    note({ key, sender: old.sender, from: old.state, to, at, reason })
    return now
  }

  return {
    async add(inputs, at) {
      let added = 0
      for (const input of inputs) {
        if (messages.has(input.key)) continue
        order.push(input.key)
        messages.set(input.key, { ...input, seq: order.length, state: 'queued', changedAt: at, attempts: 0 })
        senderOf(input.sender).queued.add(input.key)
        note({ key: input.key, sender: input.sender, to: 'queued', at })
        added++
      }
      return added
    },
    get: async (key) => messages.get(key),
    async list({ sender, state, list, after = 0, limit }: ListFilter) {
      const found: OutboxMessage[] = []
      for (let at = after; at < order.length && found.length < limit; at++) {
        const one = messages.get(order[at] ?? '')
        if (!one || (sender ?? one.sender) !== one.sender || (state ?? one.state) !== one.state) continue
        if ((list ?? one.list) === one.list) found.push(one)
      }
      return found
    },
    async count(sender) {
      const counts = Object.fromEntries(outboxStates.map((state) => [state, 0])) as Record<OutboxState, number>
      for (const one of messages.values()) if ((sender ?? one.sender) === one.sender) counts[one.state]++
      return counts
    },
    async next({ sender, now, newChats, limit }: NextQuery) {
      const { queued, chats } = senderOf(sender)
      const found: DueMessage[] = []
      let nextAt: number | undefined
      for (const key of queued) {
        const one = messages.get(key)
        if (!one || (!newChats && !chats.has(one.to))) continue
        if (one.notBefore > now) nextAt = Math.min(nextAt ?? Infinity, one.notBefore)
        else if (found.push({ ...one, newChat: !chats.has(one.to), optedOut: optOuts.has(one.to) }) >= limit) break
      }
      found.sort((a, b) => a.notBefore - b.notBefore || a.seq - b.seq)
      return { messages: found, nextAt }
    },
    move: async (move) => applyMove(move),
    async defer(key, notBefore) {
      const one = messages.get(key)
      if (one?.state !== 'queued') return
      messages.set(key, { ...one, notBefore })
      const { queued } = senderOf(one.sender)
      queued.delete(key)
      queued.add(key)
    },
    find: async (sender, id) => messages.get(senderOf(sender).byId.get(id) ?? ''),
    async acquire(name, now, durationMs) {
      const sender = senderOf(name)
      if (sender.until > now) return undefined
      sender.token++
      sender.until = now + durationMs
      return { sender: name, token: sender.token, until: sender.until }
    },
    async renew(lease, until) {
      if (!ownedBy(lease)) return undefined
      senderOf(lease.sender).until = until
      return { ...lease, until }
    },
    async release(lease) {
      if (ownedBy(lease)) senderOf(lease.sender).until = 0
    },
    async history(sender, since) {
      const { sends } = senderOf(sender)
      return { sends: sends.filter(({ at }) => at >= since), firstAt: sends[0]?.at }
    },
    async addChats(sender, chats) {
      for (const chat of chats) senderOf(sender).chats.add(chat)
    },
    async addOptOuts(recipients) {
      for (const one of recipients) optOuts.add(one)
    },
    async removeOptOuts(recipients) {
      for (const one of recipients) optOuts.delete(one)
    },
    getPause: async (sender) => senderOf(sender).pause,
    async setPause(sender, pause) {
      senderOf(sender).pause = pause
    },
    changes: async (after, limit) => log.slice(after, after + limit),
    lastChange: async () => log.length,
    async close() {},
  }
}
