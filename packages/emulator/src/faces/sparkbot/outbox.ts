import { NetworkError } from '../../errors.ts'
import type { Account, Message, MessageInput } from '../../network/types.ts'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { queueStatus } from './request-context.ts'

/** Content of an outgoing message. */
export type Content =
  | { readonly kind: 'message'; readonly draft: Omit<MessageInput, 'from' | 'via' | 'to'> }
  | { readonly kind: 'forward'; readonly message: Message }
  | { readonly kind: 'reaction'; readonly message: Message; readonly emoji: string }
  | { readonly kind: 'vote'; readonly message: Message; readonly options: readonly string[] }

/** A message as the API received it. */
export interface OutboundInput {
  /** JID. */
  readonly chat: string
  readonly content: Content
  readonly reference: string | undefined
  readonly quote: string | undefined
  readonly priority: string
  /** Id of the file that was sent, in the file store. */
  readonly file: string | undefined
  readonly format: string | undefined
}

export interface Outbound extends OutboundInput {
  readonly id: string
  device: string
  readonly createdAt: number
  status: 'queued' | 'processed' | 'failed' | 'removed'
  failureReason: string | undefined
  /** The message in the network, once it was sent. */
  message?: Message
}

/** The queues of all devices: a message is sent when its device is online. */
export interface Outbox {
  /** Sends what waits whenever the device comes online. */
  attach(device: Session): void
  /** Sends what waits, when its device is online and its queue runs. */
  pump(device: Session): void
  /**
   * Adds a message.
   *
   * @param live sends it at once, past the queue
   */
  add(device: Session, handed: OutboundInput, live: boolean): Outbound
  get(id: string): Outbound | undefined
  /** The newest first. */
  list(): readonly Outbound[]
  /** The queue's entry of a message in the network. */
  of(message: Message): Outbound | undefined
  waiting(device: string): number
  /** Cancels a message that waits, or forgets one that was sent. */
  remove(outbound: Outbound): void
  /** Lets another device send the waiting messages. */
  route(device: string, to: Session): void
  /** Removes the waiting messages. */
  empty(device: string): void
  /** Removes everything of a device. */
  forget(device: string): void
  /** Calls the listener for each message that could not be sent. */
  onFailure(listener: (outbound: Outbound) => void): void
}

// states of a queue in which it sends nothing
const HOLDS: readonly string[] = ['pause', 'freeze']
/** Largest number of messages kept. */
const MAX_MESSAGES = 10_000

export function createOutbox(state: State): Outbox {
  const { clock, ids, network, timings } = state
  const all = state.memory.part('sparkbot/outbox', () => new Map<string, Outbound>())
  const listeners: ((outbound: Outbound) => void)[] = []

  function deliver({ chat, content, device }: Outbound, from: Account): Message | undefined {
    const via = { gateway: 'sparkbot', session: device }
    switch (content.kind) {
      case 'message':
        return network.send({ ...content.draft, from, to: chat, via })
      case 'forward':
        return network.forward(from, content.message, chat, via)
      case 'reaction':
        network.react(from, content.message, content.emoji)
        return undefined
      case 'vote':
        network.vote(from, content.message, content.options)
        return undefined
    }
  }

  function send(outbound: Outbound, from: Account): void {
    try {
      const message = deliver(outbound, from)
      outbound.status = 'processed'
      if (message) outbound.message = message
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      outbound.status = 'failed'
      outbound.failureReason = error.message
      for (const listener of listeners) listener(outbound)
    }
  }

  function pump(device: Session): void {
    if (device.phase !== 'connected' || !device.account || HOLDS.includes(queueStatus(device))) return
    for (const outbound of all.values()) {
      if (outbound.device === device.id && outbound.status === 'queued') send(outbound, device.account)
    }
  }

  const pumpLater = state.timers.kind('sparkbot/queue', (id: string) => {
    const device = state.sessions('sparkbot').get(id)
    if (device) pump(device)
  })

  return {
    attach(device) {
      device.onChange(() => pump(device))
    },
    pump,

    add(device, handed, live) {
      const id = ids.next('sparkbot/message', 24)
      const outbound: Outbound = { ...handed, id, device: device.id, createdAt: clock.now(), status: 'queued', failureReason: undefined }
      all.set(id, outbound)
      const [oldest] = all.keys()
      if (all.size > MAX_MESSAGES && oldest !== undefined) all.delete(oldest)
      if (live && device.account) send(outbound, device.account)
      else pumpLater(timings.queue, device.id)
      return outbound
    },

    get: (id) => all.get(id),
    list: () => [...all.values()].reverse(),
    of: (message) => [...all.values()].find((one) => one.message === message),
    waiting: (device) => [...all.values()].filter((one) => one.device === device && one.status === 'queued').length,

    remove({ id }) {
      all.delete(id)
    },

    route(device, to) {
      for (const one of all.values()) if (one.device === device && one.status === 'queued') one.device = to.id
      pump(to)
    },

    empty(device) {
      for (const one of all.values()) if (one.device === device && one.status === 'queued') one.status = 'removed'
    },

    forget(device) {
      for (const [id, one] of all) if (one.device === device) all.delete(id)
    },

    onFailure(listener) {
      listeners.push(listener)
    },
  }
}
