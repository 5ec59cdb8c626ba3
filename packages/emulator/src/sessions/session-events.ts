import type { Network } from '../network/network.ts'
import type { Account, NetworkEvent } from '../network/types.ts'
import type { Qr } from './qr-codes.ts'
import type { GatewayId, Session, SessionPhase } from './session.ts'

/** An event of a session: a change of the session itself, or an event of its account while it is connected. */
export type SessionEvent =
  | NetworkEvent
  /** The session entered another phase. */
  | { readonly type: 'session'; readonly phase: SessionPhase; readonly at: number }
  /** The session shows another QR code. */
  | { readonly type: 'qr'; readonly qr: Qr; readonly at: number }
  /** WhatsApp changed what the account may do. */
  | { readonly type: 'limits'; readonly changed: 'timelock' | 'capping'; readonly at: number }
  /** Its queue runs again (SparkBot). */
  | { readonly type: 'queue'; readonly at: number }
  /** Made through the control API: sent under this name with this payload. */
  | { readonly type: 'custom'; readonly name: string; readonly payload: unknown; readonly at: number }

export type SessionEventListener = (session: Session, event: SessionEvent) => void

export interface SessionEventOptions {
  /** Whether events of the second and later QR codes are wanted. Default: no; then no timer runs for them. */
  readonly qr?: (session: Session) => boolean
}

/** The events of all sessions. Faces turn them into webhooks and socket frames. */
export interface SessionEvents {
  /**
   * Adds a listener for all sessions of a gateway.
   *
   * @example
   * state.sessionEvents.on('waha', (session, event) => {
   *   for (const hook of hooksOf(session)) state.webhooks.post({ ... })
   * })
   */
  on(gateway: GatewayId, listener: SessionEventListener, options?: SessionEventOptions): void
  /** Calls the listeners of the session's gateway. */
  emit(session: Session, event: SessionEvent): void
  /** Begins to emit the events of a session. */
  attach(session: Session): void
}

interface Subscription {
  readonly listener: SessionEventListener
  readonly qr: (session: Session) => boolean
}

interface SessionEventsInput {
  readonly network: Network
  readonly now: () => number
  readonly after: (ms: number, callback: () => void) => () => void
}

export function createSessionEvents({ network, now, after }: SessionEventsInput): SessionEvents {
  const subscriptions = new Map<GatewayId, Subscription[]>()
  /** The connected sessions of each account. */
  const connected = new Map<Account, Set<Session>>()

  function emit(session: Session, event: SessionEvent): void {
    for (const { listener } of subscriptions.get(session.gateway) ?? []) listener(session, event)
  }

  /** Emits an event for each QR code, as long as events of them are wanted and the session shows one. */
  function showQr(session: Session): () => void {
    const { qr } = session
    if (!qr) return () => {}
    emit(session, { type: 'qr', qr, at: now() })
    if (!subscriptions.get(session.gateway)?.some(({ qr: wanted }) => wanted(session))) return () => {}
    return nextQr(session, qr)
  }

  function nextQr(session: Session, { expiresInMs }: Qr): () => void {
    let stop = () => {}
    const cancel = after(expiresInMs, () => {
      stop = showQr(session)
    })
    return () => {
      cancel()
      stop()
    }
  }

  function leave(account: Account, session: Session): void {
    const sessions = connected.get(account)
    sessions?.delete(session)
    if (sessions?.size === 0) connected.delete(account)
  }

  network.on((event) => {
    const sessions = connected.get(event.account)
    if (sessions) for (const session of [...sessions]) emit(session, event)
  })

  return {
    on(gateway, listener, { qr = () => false } = {}) {
      subscriptions.set(gateway, [...(subscriptions.get(gateway) ?? []), { listener, qr }])
    },
    emit,
    attach(session) {
      let stop = () => {}
      let joined: Account | undefined
      const join = () => {
        if (joined) leave(joined, session)
        joined = session.phase === 'connected' ? session.account : undefined
        if (joined) connected.set(joined, (connected.get(joined) ?? new Set()).add(session))
      }
      // a session out of a snapshot is connected, or shows a QR code, without a change
      join()
      if (session.qr) stop = nextQr(session, session.qr)
      session.onChange(() => {
        stop()
        const { phase } = session
        join()
        emit(session, { type: 'session', phase, at: now() })
        // a listener may have changed the phase again
        stop = session.phase === phase ? showQr(session) : () => {}
      })
    },
  }
}
