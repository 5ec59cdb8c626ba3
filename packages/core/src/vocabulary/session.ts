import type { CallOptions } from '../schema/call-options.ts'

/** Where a session is in its life. Every plugin maps its gateway's words onto these; a word it does not know is `unknown`. */
export type SessionState =
  | 'stopped'
  | 'starting'
  | 'pairing'
  | 'connecting'
  | 'connected'
  | 'disconnected'
  | 'logged_out'
  | 'conflict'
  | 'failed'
  | 'unknown'

/** What the phone has to do while the state is `pairing`. */
export type Challenge = 'qr' | 'code' | 'passkey' | 'passkey_confirmation'

/** How the gateway or WhatsApp sees the account behind a session. */
export type AccountState = 'ok' | 'pending' | 'unpaid' | 'disabled' | 'banned' | 'removed' | 'unknown'

/** What helps next, in the order to try. */
export type NextAction = 'start' | 'scan' | 'restart' | 'logout' | 'reset' | 'pay' | 'wait'

/** What WhatsApp lets an account do beside its chats that exist; seen only where the gateway tells it. */
export interface AccountLimits {
  /** Chats with people it has not written to: `allowed`, `warned` when the quota is nearly used up, `refused` when WhatsApp takes none. */
  readonly newChats: 'allowed' | 'warned' | 'refused'
  /** When the limit ends, ms since the epoch, where it is known. */
  readonly until?: number
}

export interface SessionRef {
  /** Name or id of the session: WAHA session, Wawp instance id, WARest session id, SparkBot device id (24 hex digits). */
  readonly session: string
}

export interface SessionInfo<Raw = unknown> {
  readonly session: string
  readonly state: SessionState
  readonly challenge?: Challenge
  readonly account: AccountState
  readonly nextActions: readonly NextAction[]
  /** Why, where the gateway or wamux has something to say about it. */
  readonly reason?: string
  /** The paired account, once there is one. */
  readonly me?: { readonly jid?: string; readonly phone?: string; readonly name?: string }
  /** Limits that WhatsApp set on the account. Neither a restart nor a logout ends them. */
  readonly limits?: AccountLimits
  /** The gateway's own answer. */
  readonly raw: Raw
}

export interface SessionList<Raw = unknown> {
  readonly sessions: readonly SessionInfo[]
  readonly raw: Raw
}

export interface SessionDeleted<Raw = unknown> {
  readonly session: string
  readonly deleted: true
  readonly raw: Raw
}

export interface SessionQr<Raw = unknown> {
  readonly session: string
  /** The text inside the QR code: draw it, never print it to a log. */
  readonly value?: string
  /** A ready picture, where the gateway gives one. */
  readonly image?: { readonly mimetype: string; readonly data: Uint8Array }
  /** How long the code is good for, ms. */
  readonly expiresInMs?: number
  readonly raw: Raw
}

export interface PairingCode<Raw = unknown> {
  readonly session: string
  /** To be typed on the phone under Linked devices; a secret while it is valid. */
  readonly code: string
  readonly raw: Raw
}

export interface SessionCreateInput {
  /** The wished name. Gateways that give ids themselves (Wawp, SparkBot) answer with theirs: go on with the result's `session`. */
  readonly session?: string
  /** Start it at once. Default true. */
  readonly start?: boolean
  /** E.164 number, for a gateway that registers sessions by number. */
  readonly phone?: string
  /** Its settings from the start, the fields the gateway's own; `unsupported` where a session cannot be made with them. */
  readonly config?: Readonly<Record<string, unknown>>
}

export interface SessionResetInput extends SessionRef {
  /** Also delete all chats, messages and files that the gateway keeps. Default: not sent. */
  readonly deleteData?: boolean
  /** Wait until the session is back, up to 2 minutes. Default: not sent. */
  readonly wait?: boolean
  /** Also drop the messages still waiting to be sent. Default: not sent. */
  readonly emptyQueue?: boolean
}

export interface SessionQrInput extends SessionRef {
  /** `value` (the text inside, default) or `image`. A gateway that has only one of them gives that one. */
  readonly format?: 'value' | 'image'
}

export interface PairingCodeInput extends SessionRef {
  /** E.164 number of the phone to pair. */
  readonly phone: string
}

export interface WaitForInput extends SessionRef {
  /** State or states to wait for. Default `connected`. */
  readonly state?: SessionState | readonly SessionState[]
  /** How long to wait in all, ms. Default 120 000. */
  readonly timeoutMs?: number
  /** First pause between two looks, ms; grows to five times as much. Default 1 000. */
  readonly intervalMs?: number
  /** Called for each state seen, also when it is the same again. */
  readonly onState?: (info: SessionInfo) => void
}

/** Options of a verb that takes long: hears how it goes. */
export interface ProgressOptions extends CallOptions {
  /** Called about every second while the gateway works. @param elapsedMs since the call */
  readonly onProgress?: (elapsedMs: number) => void
}

/**
 * The life of a session. Three verbs end it and mean different things: **stop** shuts the engine down and the phone stays paired,
 * **logout** unpairs the phone, **reset** wipes the session's state. A gateway that lacks one of them lacks it here too.
 *
 * All verbs throw GatewayError of the kinds `auth`, `permission`, `not_found`, `rate_limited`, `timeout`, `aborted`, `network`,
 * `server`, `bad_response` and, for bad input, `invalid_request`; more kinds are named where they arise.
 */
export interface SessionVerbs {
  /** All sessions that the credentials may see, stopped ones included. */
  list(input?: Record<never, never>, options?: CallOptions): Promise<SessionList>
  /** One session as it is now. */
  get(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /**
   * Makes a session, and starts it unless `start` is false.
   * Throws `conflict` when the name is taken, `unknown_outcome` when the answer was lost.
   */
  create(input: SessionCreateInput, options?: CallOptions): Promise<SessionInfo>
  /**
   * Changes a session's settings; the fields of `config` are the gateway's own. What `config` does not name stays as it is, also inside of
   * objects; a list is replaced as a whole. Throws `invalid_request` for a field that the gateway would ignore without a word.
   */
  update(input: SessionRef & { readonly config: Record<string, unknown> }, options?: CallOptions): Promise<SessionInfo>
  /** Removes a session with its data. Never repeated by itself; throws `unknown_outcome` when the answer was lost. */
  delete(input: SessionRef, options?: CallOptions): Promise<SessionDeleted>
  /** Starts the engine; a running session stays as it is. Pairs by QR when the phone is not paired yet. */
  start(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /** Shuts the engine down. The phone stays paired: a later start needs no QR. */
  stop(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /** Stops and starts the engine. The phone stays paired. */
  restart(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /** Unpairs the phone. The session stays in the list and needs a new QR or code. */
  logout(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /**
   * Wipes the session's state and begins anew. Never repeated by itself; with `deleteData` or `emptyQueue` what is gone is gone.
   * Throws `unknown_outcome` when the answer was lost.
   */
  reset(input: SessionResetInput, options?: ProgressOptions): Promise<SessionInfo>
  /** The QR code to scan. Throws `conflict` when the session is not waiting for one. */
  qr(input: SessionQrInput, options?: CallOptions): Promise<SessionQr>
  /** A code to type on the phone instead of scanning. Throws `conflict` when the session is not waiting for one. */
  requestPairingCode(input: PairingCodeInput, options?: CallOptions): Promise<PairingCode>
  /**
   * Looks again and again until the session is in a wanted state, also while the gateway cannot be reached or restarts. Throws `timeout` with
   * the last state seen, `conflict` at once when the session is stopped: then nothing will happen before somebody starts it.
   */
  waitFor(input: WaitForInput, options?: CallOptions): Promise<SessionInfo>
}
