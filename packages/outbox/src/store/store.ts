import type { OutboxChange, OutboxMessage, StoredInput } from '../message/message.ts'
import type { OutboxState } from '../message/states.ts'

/** The right to send for one number. Each new owner gets a greater token, so that the store recognises an owner of the past. */
export interface Lease {
  /** The sending number. */
  readonly sender: string
  /** Each new owner of the number gets a greater one. */
  readonly token: number
  /** When it ends unless it is renewed, ms since the epoch. */
  readonly until: number
}

/** Which messages to read. */
export interface ListFilter {
  /** Of this sending number. Default: of all. */
  readonly sender?: string | undefined
  /** In this state. Default: in any. */
  readonly state?: OutboxState | undefined
  /** Of this list. Default: of all. */
  readonly list?: string | undefined
  /** Only those with a greater `seq`. Default 0. */
  readonly after?: number | undefined
  /** Most entries that are returned. */
  readonly limit: number
}

/** Which messages may be sent next. */
export interface NextQuery {
  /** The sending number. */
  readonly sender: string
  /** The current time, ms since the epoch. */
  readonly now: number
  /** Whether people count who were not written to yet. */
  readonly newChats: boolean
  /** Most entries that are returned. */
  readonly limit: number
}

/** A message whose time has come. */
export interface DueMessage extends OutboxMessage {
  /** Whether the chat is a new one: nobody wrote in it, and no message of this store was sent to it by this number. */
  readonly newChat: boolean
  /** Whether the recipient wants no messages. */
  readonly optedOut: boolean
}

/** A message changes its state. */
export interface Move {
  /** The message's key. */
  readonly key: string
  /** It changes only when it is in one of these states. */
  readonly from: readonly OutboxState[]
  /** The state that it gets. */
  readonly to: OutboxState
  /** The current time, ms since the epoch. */
  readonly at: number
  /** It changes only while this lease is the newest of the number. Needed for `sending`. */
  readonly lease?: Lease | undefined
  /** It changes only when so many sends were begun. */
  readonly attempts?: number | undefined
  /** Why, a sentence for people. */
  readonly reason?: string | undefined
  /** The gateway's id of the message. */
  readonly messageId?: string | undefined
  /** WhatsApp's bare id of the message. */
  readonly messageKey?: string | undefined
  /** Not sent before this time, ms since the epoch. */
  readonly notBefore?: number | undefined
}

/** A send that was begun. */
export interface SendRecord {
  /** When, ms since the epoch. */
  readonly at: number
  /** Whether it was to somebody who had not been written to. */
  readonly newChat: boolean
}

/** Why a number sends nothing at the moment. */
export interface Pause {
  /** The cause. `person`: somebody asked for it. */
  readonly cause: 'person' | 'not_connected' | 'account' | 'credentials' | 'limited' | 'failures'
  /** A sentence for people. */
  readonly reason: string
  /** When it began, ms since the epoch. */
  readonly since: number
  /** When it ends, ms since the epoch, if known. */
  readonly until?: number | undefined
}

/**
 * Where an outbox keeps its messages. Every method that changes something has it on disk, or wherever the store keeps it, when its promise
 * resolves; a method that rejects has changed nothing. Several processes may use the same store. `@wamux/outbox/store-suite` tests a store.
 */
export interface OutboxStore {
  /**
   * Adds messages, all or none. A key that is there already is left as it is.
   *
   * @param messages the messages
   * @param at the current time, ms since the epoch
   * @returns how many were added
   */
  add(messages: readonly StoredInput[], at: number): Promise<number>
  /**
   * Reads one message.
   *
   * @param key its key
   * @returns the message, or undefined
   */
  get(key: string): Promise<OutboxMessage | undefined>
  /**
   * Reads messages in the order they were added.
   *
   * @param filter which
   * @returns the messages
   */
  list(filter: ListFilter): Promise<readonly OutboxMessage[]>
  /**
   * Counts messages.
   *
   * @param sender of this number; undefined for all
   * @returns how many are in each state
   */
  count(sender?: string): Promise<Readonly<Record<OutboxState, number>>>
  /**
   * Finds queued messages whose time has come.
   *
   * @param query which
   * @returns the messages, by `notBefore` and then by `seq`; `nextAt` is when the next one's time comes, if there is one
   */
  next(query: NextQuery): Promise<{ readonly messages: readonly DueMessage[]; readonly nextAt?: number | undefined }>
  /**
   * Changes a message's state, if it is as `move` says, and notes the change. A move to `sending` counts an attempt and is noted for
   * `history`; it is not made when the recipient wants no messages. A move to `sent`, `delivered` or `read` makes the chat a known one.
   *
   * @param move what changes, and under which conditions
   * @returns the message as it is now; undefined when a condition was not met and nothing changed
   */
  move(move: Move): Promise<OutboxMessage | undefined>
  /**
   * Moves a queued message to a later time.
   *
   * @param key its key
   * @param notBefore ms since the epoch
   */
  defer(key: string, notBefore: number): Promise<void>
  /**
   * Finds a message by an id of the gateway.
   *
   * @param sender the sending number
   * @param id the gateway's id, or WhatsApp's bare id
   * @returns the message, or undefined
   */
  find(sender: string, id: string): Promise<OutboxMessage | undefined>
  /**
   * Becomes the owner of a number, unless somebody else is.
   *
   * @param sender the sending number
   * @param now the current time, ms since the epoch
   * @param durationMs how long the lease lasts, ms
   * @returns the lease, or undefined while another one lasts
   */
  acquire(sender: string, now: number, durationMs: number): Promise<Lease | undefined>
  /**
   * Makes a lease last longer.
   *
   * @param lease the lease
   * @param until its new end, ms since the epoch
   * @returns the lease, or undefined when there is a newer one
   */
  renew(lease: Lease, until: number): Promise<Lease | undefined>
  /**
   * Gives a lease back. Nothing happens when there is a newer one.
   *
   * @param lease the lease
   */
  release(lease: Lease): Promise<void>
  /**
   * The sends of a number that were begun, oldest first.
   *
   * @param sender the sending number
   * @param since only those at or after this time, ms since the epoch
   * @returns the sends, and when the first of all was begun
   */
  history(sender: string, since: number): Promise<{ readonly sends: readonly SendRecord[]; readonly firstAt?: number | undefined }>
  /**
   * Notes chats in which people wrote already, so that they do not count as new.
   *
   * @param sender the sending number
   * @param chats recipients, in the form that messages have in `to`
   */
  addChats(sender: string, chats: readonly string[]): Promise<void>
  /**
   * Notes who wants no messages, for all sending numbers.
   *
   * @param recipients in the form that messages have in `to`
   * @param at the current time, ms since the epoch
   */
  addOptOuts(recipients: readonly string[], at: number): Promise<void>
  /**
   * Takes recipients off the list of those who want no messages.
   *
   * @param recipients in the form that messages have in `to`
   */
  removeOptOuts(recipients: readonly string[]): Promise<void>
  /**
   * Why a number is paused.
   *
   * @param sender the sending number
   * @returns the pause, or undefined
   */
  getPause(sender: string): Promise<Pause | undefined>
  /**
   * Pauses a number, or ends the pause.
   *
   * @param sender the sending number
   * @param pause the pause; undefined ends it
   */
  setPause(sender: string, pause: Pause | undefined): Promise<void>
  /**
   * The changes of state, oldest first.
   *
   * @param after only those with a greater `seq`
   * @param limit at most so many
   * @returns the changes
   */
  changes(after: number, limit: number): Promise<readonly OutboxChange[]>
  /**
   * Where the changes of state end at the moment.
   *
   * @returns the `seq` of the newest change; 0 when there is none
   */
  lastChange(): Promise<number>
  /** Closes files and connections. */
  close(): Promise<void>
}
