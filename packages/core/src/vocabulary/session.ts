import type { CallOptions } from '../schema/call-options.ts'

/** State of a session. Every plugin maps its gateway's names onto these; an unknown name becomes `unknown`. */
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

/** What to do next, in the order to try: a verb of `session`, or something that a person does. */
export type NextAction = 'start' | 'scan' | 'restart' | 'logout' | 'reset' | 'pay' | 'wait'

/** Limits that WhatsApp set on an account: which new chats it may begin. Only some gateways report them. */
export interface AccountLimits {
  /**
   * Chats with people it has not written to yet. `allowed`; `warned` when the quota is nearly used up; `refused` when WhatsApp accepts
   * none.
   */
  readonly newChats: 'allowed' | 'warned' | 'refused'
  /** When the limit ends, ms since the epoch, if known. */
  readonly until?: number
}

/** Names a session. */
export interface SessionRef {
  /** Name or id of the session: WAHA session, Wawp instance id, WARest session id, SparkBot device id (24 hex digits). */
  readonly session: string
}

/** A session as it is now. */
export interface SessionInfo<Raw = unknown> {
  /** Session id, for all other verbs. */
  readonly session: string
  /** Its state, in the vocabulary's names. */
  readonly state: SessionState
  /** What the phone has to do; set in the state `pairing` only. */
  readonly challenge?: Challenge
  /** State of the account behind the session; `unknown` when the gateway does not tell. */
  readonly account: AccountState
  /** What helps next, in the order to try; only verbs that the gateway has. */
  readonly nextActions: readonly NextAction[]
  /** Why the session is in this state, if the gateway says so. */
  readonly reason?: string
  /** The paired account: JID, E.164 number with plus, display name. Absent before pairing. */
  readonly me?: { readonly jid?: string; readonly phone?: string; readonly name?: string }
  /** Limits that WhatsApp set on the account. Neither a restart nor a logout ends them. */
  readonly limits?: AccountLimits
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** The sessions of an account. */
export interface SessionList<Raw = unknown> {
  /** The sessions, in the gateway's order. */
  readonly sessions: readonly SessionInfo[]
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Confirms that a session was removed. */
export interface SessionDeleted<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** Always true. */
  readonly deleted: true
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** A QR code for pairing. */
export interface SessionQr<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** The text inside the QR code. A secret while it is valid: draw it, never write it to a log. */
  readonly value?: string
  /** The QR code as a picture, if the gateway gives one: media type and bytes. */
  readonly image?: { readonly mimetype: string; readonly data: Uint8Array }
  /** How long the code is valid, ms. */
  readonly expiresInMs?: number
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** A code for pairing without a QR code. */
export interface PairingCode<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** To be typed on the phone under Linked devices. A secret while it is valid. */
  readonly code: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Input of `session.create`. */
export interface SessionCreateInput {
  /**
   * The wanted name. Gateways that choose ids themselves (Wawp, SparkBot) return another one: use the result's `session` from then on.
   * Default: the gateway's choice.
   */
  readonly session?: string
  /** Start it at once. Default true. */
  readonly start?: boolean
  /** E.164 number, for a gateway that registers sessions by number. */
  readonly phone?: string
  /**
   * Settings of the session, with the gateway's own names. A gateway that cannot make a session with settings throws `unsupported`.
   * Default: the gateway's settings.
   */
  readonly config?: Readonly<Record<string, unknown>>
}

/** Input of `session.reset`. */
export interface SessionResetInput extends SessionRef {
  /** Also delete all chats, messages and files that the gateway keeps. Default: not sent. */
  readonly deleteData?: boolean
  /** Wait until the session is back, up to 2 minutes. Default: not sent. */
  readonly wait?: boolean
  /** Also drop the messages still waiting to be sent. Default: not sent. */
  readonly emptyQueue?: boolean
}

/** Input of `session.qr`. */
export interface SessionQrInput extends SessionRef {
  /** `value` is the text inside the QR code, `image` a picture. A gateway that has one of them only gives that one. Default `value`. */
  readonly format?: 'value' | 'image'
}

/** Input of `session.requestPairingCode`. */
export interface PairingCodeInput extends SessionRef {
  /** E.164 number of the phone to pair. */
  readonly phone: string
}

/** Input of `session.waitFor`. */
export interface WaitForInput extends SessionRef {
  /** State or states to wait for. Default `connected`. */
  readonly state?: SessionState | readonly SessionState[]
  /** Longest wait, ms. Default 60 000. */
  readonly timeoutMs?: number
  /** First pause between two checks, ms. Pauses grow to five times as much. Default 1 000. */
  readonly intervalMs?: number
  /** Called with the state after each check, also when it has not changed. */
  readonly onState?: (info: SessionInfo) => void
}

/** Options of a verb that takes long, with reports of its progress. */
export interface ProgressOptions extends CallOptions {
  /** Called about every second until the gateway responds, with the duration so far in ms. */
  readonly onProgress?: (elapsedMs: number) => void
}

/**
 * The life of a session. Three verbs end it in different ways: `stop` shuts the engine down and the phone stays paired, `logout` unpairs
 * the phone, `reset` erases the session's state. A gateway that lacks one of them lacks it here, too.
 *
 * Verbs throw GatewayError only. Each verb names its kinds of errors.
 */
export interface SessionVerbs {
  /**
   * All sessions that the credentials may see, stopped ones included.
   *
   * @param input an empty object, or nothing
   * @param options signal, deadline and attempts of this call
   * @returns the sessions
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  list(input?: Record<never, never>, options?: CallOptions): Promise<SessionList>
  /**
   * One session as it is now.
   *
   * @param input the session
   * @param options signal, deadline and attempts of this call
   * @returns its state, account and next actions
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  get(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /**
   * Makes a session, and starts it unless `start` is false.
   *
   * @param input wanted name, phone number, settings, and whether to start
   * @param options signal, deadline and attempts of this call
   * @returns the session as the gateway made it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `conflict`: the name is taken
   * @throws {GatewayError} `unsupported`: the gateway cannot make a session with these settings
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been made
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  create(input: SessionCreateInput, options?: CallOptions): Promise<SessionInfo>
  /**
   * Changes a session's settings. Settings that `config` does not name stay as they are, also inside objects; a list is replaced as a
   * whole.
   *
   * @param input the session; the fields of `config` are those of the gateway
   * @param options signal, deadline and attempts of this call
   * @returns the session after the change
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `invalid_request`: the gateway would ignore a field of `config`
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  update(input: SessionRef & { readonly config: Record<string, unknown> }, options?: CallOptions): Promise<SessionInfo>
  /**
   * Removes a session with its data. wamux never repeats it.
   *
   * @param input the session
   * @param options signal, deadline and attempts of this call
   * @returns confirms it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  delete(input: SessionRef, options?: CallOptions): Promise<SessionDeleted>
  /**
   * Starts the engine. A running session stays as it is. A session without a phone waits for a QR scan then.
   *
   * @param input the session
   * @param options signal, deadline and attempts of this call
   * @returns the session after the start
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  start(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /**
   * Shuts the engine down. The phone stays paired: a later start needs no QR code.
   *
   * @param input the session
   * @param options signal, deadline and attempts of this call
   * @returns the session after the stop
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  stop(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /**
   * Stops and starts the engine. The phone stays paired.
   *
   * @param input the session
   * @param options signal, deadline and attempts of this call
   * @returns the session after the restart
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  restart(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /**
   * Unpairs the phone. The session stays in the list and needs a new QR or pairing code.
   *
   * @param input the session
   * @param options signal, deadline and attempts of this call
   * @returns the session after the logout
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  logout(input: SessionRef, options?: CallOptions): Promise<SessionInfo>
  /**
   * Erases the session's state and begins anew. wamux never repeats it. What `deleteData` and `emptyQueue` remove cannot be restored.
   *
   * @param input the session, and what else to remove
   * @param options signal, deadline and attempts of this call; `onProgress` reports how long it takes
   * @returns the session after the reset
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  reset(input: SessionResetInput, options?: ProgressOptions): Promise<SessionInfo>
  /**
   * The QR code to scan with the phone.
   *
   * @param input the session, and the wanted form
   * @param options signal, deadline and attempts of this call
   * @returns the code as text or picture
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `conflict`: the session is not waiting for a scan
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  qr(input: SessionQrInput, options?: CallOptions): Promise<SessionQr>
  /**
   * A code to type on the phone instead of scanning a QR code.
   *
   * @param input the session, and the E.164 number of the phone
   * @param options signal, deadline and attempts of this call
   * @returns the code
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `conflict`: the session is not waiting for a code
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been made
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  requestPairingCode(input: PairingCodeInput, options?: CallOptions): Promise<PairingCode>
  /**
   * Checks a session repeatedly until it is in a wanted state, also while the gateway restarts or cannot be reached.
   *
   * @param input the session, the wanted states, and how long to wait
   * @param options signal, deadline and attempts of this call
   * @returns the session in a wanted state
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `timeout`: time was over; the message names the last state
   * @throws {GatewayError} `conflict`: the session is stopped, and stays so until somebody starts it
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  waitFor(input: WaitForInput, options?: CallOptions): Promise<SessionInfo>
}
