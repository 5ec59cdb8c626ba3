import type { Timings } from '../clock/timings.ts'
import type { Network } from '../network/network.ts'
import type { Account, NetworkEvent } from '../network/types.ts'
import type { GatewayId, Qr, Session, SessionPhase } from './session.ts'

/** What a session hears of: its own life, and what happens to its account while it is connected. */
export type SessionEvent =
  | NetworkEvent
  /** It came into another phase. */
  | { readonly type: 'session'; readonly phase: SessionPhase; readonly at: number }
  /** It shows another QR code. */
  | { readonly type: 'qr'; readonly qr: Qr; readonly at: number }
  /** Made up through the control: to be sent under the gateway's own word with this payload. */
  | { readonly type: 'custom'; readonly name: string; readonly payload: unknown; readonly at: number }

export type SessionEventListener = (session: Session, event: SessionEvent) => void

export interface SessionEventOptions {
  /** Whether somebody wants to hear of the QR codes after the first; nobody counts them else. */
  readonly qr?: (session: Session) => boolean
}

/** Brings what happens to the sessions of a gateway: a face makes webhooks and socket frames of it. */
export interface SessionEvents {
  /** @example world.sessionEvents.on('waha', (session, event) => { for (const hook of hooksOf(session)) state.webhooks.post(...) }) */
  on(gateway: GatewayId, listener: SessionEventListener, options?: SessionEventOptions): void
  /** Tells one session's listeners. */
  emit(session: Session, event: SessionEvent): void
  /** Begins to listen to a session's life. */
  attach(session: Session): void
}

interface Subscription {
  readonly listener: SessionEventListener
  readonly qr: (session: Session) => boolean
}

interface SessionEventsInput {
  readonly network: Network
  readonly timings: Timings
  readonly now: () => number
  readonly after: (ms: number, callback: () => void) => () => void
}

export function createSessionEvents({ network, timings, now, after }: SessionEventsInput): SessionEvents {
  const subscriptions = new Map<GatewayId, Subscription[]>()
  /** The connected sessions of each account. */
  const connected = new Map<Account, Set<Session>>()

  function emit(session: Session, event: SessionEvent): void {
    for (const { listener } of subscriptions.get(session.gateway) ?? []) listener(session, event)
  }

  /** Tells of each QR code, as long as it is wanted and shown. */
  function showQr(session: Session): () => void {
    const { qr } = session
    if (!qr) return () => {}
    emit(session, { type: 'qr', qr, at: now() })
    if (!subscriptions.get(session.gateway)?.some(({ qr: wanted }) => wanted(session))) return () => {}
    let stop = () => {}
    const cancel = after(timings.qr, () => {
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
    for (const session of [...(connected.get(event.account) ?? [])]) emit(session, event)
  })

  return {
    on(gateway, listener, { qr = () => false } = {}) {
      subscriptions.set(gateway, [...(subscriptions.get(gateway) ?? []), { listener, qr }])
    },
    emit,
    attach(session) {
      let stop = () => {}
      let joined: Account | undefined
      session.onChange(() => {
        stop()
        const { phase, account } = session
        if (joined) leave(joined, session)
        joined = phase === 'connected' ? account : undefined
        if (joined) connected.set(joined, (connected.get(joined) ?? new Set()).add(session))
        emit(session, { type: 'session', phase, at: now() })
        // a listener may have moved it on
        stop = session.phase === phase ? showQr(session) : () => {}
      })
    },
  }
}
