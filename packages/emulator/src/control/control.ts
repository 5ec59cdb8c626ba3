import type { EventType } from '@wamux/core'
import { CAUSES, causeEvent } from '../causes/causes.ts'
import { EmulatorError } from '../errors.ts'
import { createFaultControl, type FaultControl } from '../faults/fault-control.ts'
import type { Message } from '../network/types.ts'
import type { GatewayId, Session } from '../sessions/session.ts'
import type { ErrorFormat, State } from '../state.ts'
import { checkDelivery, type DeliverySettings, type DeliveryView } from '../webhooks/webhooks.ts'
import { createInspectControl, type InspectControl } from './inspect.ts'
import { createPhoneControl, type MessageView, type PhoneControl, viewMessage } from './phones.ts'
import { allSessions, findSession, nameOf, notPairing, phoneFrom, type SessionTarget, type SessionView, viewSession } from './targets.ts'
import { createTimeControl, type TimeControl, type TimeInput } from './time.ts'

export type { SessionTarget, SessionView } from './targets.ts'
export { GATEWAYS } from './targets.ts'

/** The phone that does what is caused. */
const DEFAULT_SENDER = '12025550199'

/** Everything in the emulator. */
export interface EmulatorState {
  /** ms since the epoch, on the emulator's clock. */
  readonly now: number
  /** Phones, and ids of the messages that arrived at each. */
  readonly accounts: readonly { readonly phone: string; readonly name: string; readonly inbox: readonly string[] }[]
  /** Sessions of each gateway. */
  readonly sessions: Readonly<Record<GatewayId, readonly SessionView[]>>
  /** All messages, the oldest first. */
  readonly messages: readonly MessageView[]
}

/**
 * Steers what happens outside of the gateways: phones that scan, write and call, repeated webhooks, broken connections, the
 * clock. The same in process and over HTTP. Each method rejects with an {@link EmulatorError} that says why.
 */
export interface EmulatorControl extends PhoneControl, InspectControl, FaultControl, TimeControl {
  /**
   * Scans the QR code of a session with a phone.
   *
   * @param target the session, or the text of its QR code, which must be the present one
   */
  scan(target: (SessionTarget | { readonly qr: string }) & { readonly phone?: string }): Promise<SessionView>
  /** Types a pairing code in, on the phone that it was asked for. */
  enterCode(input: { readonly code: string }): Promise<SessionView>
  /** Removes a session from the linked devices of its phone. */
  unlink(target: SessionTarget): Promise<SessionView>
  /** Lets the engine of a running session break down: the session fails. */
  crash(target: SessionTarget): Promise<SessionView>
  /**
   * Everything in the emulator.
   *
   * @returns accounts, sessions and messages
   */
  state(): Promise<EmulatorState>
  /** Messages, or only those that arrived at one phone. */
  messages(filter?: { readonly phone?: string }): Promise<readonly MessageView[]>
  /** What went out to webhooks, the newest 2 000. */
  deliveries(filter?: Partial<SessionTarget> & { readonly event?: string }): Promise<readonly DeliveryView[]>
  /** Repeats deliveries, or holds them back. */
  webhooks(settings: DeliverySettings): Promise<void>
  /**
   * Sends the deliveries that were held back.
   *
   * @param input `last to first` sends them in reverse order
   */
  release(input?: { readonly order?: 'first to last' | 'last to first' }): Promise<{ readonly released: number }>
  /**
   * Sends a delivery once more.
   *
   * @param input `id` as {@link EmulatorControl.deliveries} gives it
   */
  redeliver(input: { readonly id: string }): Promise<void>
  /** Sends an event of any name and payload in the gateway's own envelope. */
  event(input: SessionTarget & { readonly event: string; readonly payload?: unknown }): Promise<void>
  /**
   * Makes an event of one of wamux's types happen to a session, in the shape that its gateway has for it.
   *
   * @param input `type`: one of those that {@link EmulatorControl.causes} lists; `from`: number of the phone that does it, default
   * 12025550199; `text`: what it writes, or the name of what it makes
   */
  cause(input: SessionTarget & { readonly type: EventType; readonly from?: string; readonly text?: string }): Promise<void>
  /**
   * What can be caused.
   *
   * @returns the types of events by gateway
   */
  causes(): Promise<Readonly<Record<GatewayId, readonly EventType[]>>>
  /**
   * Changes how the emulator behaves.
   *
   * @param settings `wawpErrors: null` follows the `Accept` header again
   */
  set(settings: { readonly wawpErrors?: ErrorFormat | null }): Promise<void>
}

/** The control of an emulator in this process. */
export function createControl(input: TimeInput): EmulatorControl {
  const { state, clock } = input
  return {
    ...createTimeControl(input),
    ...createPhoneControl(state),
    ...createInspectControl(state),
    ...createFaultControl(state),

    async scan(target) {
      const session =
        'qr' in target && typeof target.qr === 'string' ? byQr(state(), target.qr) : findSession(state(), target as SessionTarget)
      if (session.phase !== 'pairing') throw notPairing(session)
      return link(session, phoneFrom(target.phone))
    },

    async enterCode({ code }) {
      const wanted = normalCode(code)
      const session = allSessions(state()).find((one) => one.code !== undefined && normalCode(one.code) === wanted)
      if (!session) throw new EmulatorError('not_found', `no session waits for the code ${code}: it may have expired`)
      return link(session, session.codePhone)
    },

    async unlink(target) {
      const session = findSession(state(), target)
      if (!session.unlink()) throw new EmulatorError('conflict', `${nameOf(session)} is not linked to a phone`)
      return viewSession(session)
    },

    async crash(target) {
      const session = findSession(state(), target)
      if (!session.crash()) throw new EmulatorError('conflict', `${nameOf(session)} does not run`)
      return viewSession(session)
    },

    async state() {
      const { network, clock: time } = state()
      const accounts = network.accounts().map(({ phone, name }) => ({ phone, name, inbox: network.inbox(phone).map(({ id }) => id) }))
      const viewsOf = (gateway: GatewayId) => state().sessions(gateway).list().map(viewSession)
      const sessions = { waha: viewsOf('waha'), wawp: viewsOf('wawp'), warest: viewsOf('warest'), sparkbot: viewsOf('sparkbot') }
      return { now: time.now(), accounts, sessions, messages: network.messages().map(show) }
    },

    async messages({ phone } = {}) {
      const { network } = state()
      const wanted = phoneFrom(phone)
      return (wanted === undefined ? network.messages() : network.inbox(wanted)).map(show)
    },

    async deliveries({ gateway, session, event } = {}) {
      const all = state().webhooks.list()
      return all.filter(
        (one) => (gateway ?? one.gateway) === one.gateway && (session ?? one.session) === one.session && (event ?? one.event) === one.event,
      )
    },

    async webhooks(settings) {
      checkDelivery(settings)
      state().webhooks.set(settings)
    },

    release: async ({ order = 'first to last' } = {}) => ({ released: state().webhooks.release(order) }),

    async redeliver({ id }) {
      state().webhooks.repeat(id)
    },

    async event({ event, payload = {}, ...target }) {
      if (typeof event !== 'string' || event === '') throw new EmulatorError('invalid', 'event: required')
      state().sessionEvents.emit(findSession(state(), target), { type: 'custom', name: event, payload, at: clock.now() })
    },

    async cause({ type, from, text, ...target }) {
      const { network } = state()
      causeEvent(state(), { session: findSession(state(), target), type, from: network.account(phoneFrom(from) ?? DEFAULT_SENDER), text })
    },

    causes: async () => CAUSES,

    async set({ wawpErrors }) {
      if (wawpErrors !== undefined && wawpErrors !== null && !['json', 'xml', 'text', 'html'].includes(wawpErrors)) {
        throw new EmulatorError('invalid', 'wawpErrors: expected json, xml, text, html or null')
      }
      if (wawpErrors !== undefined) state().settings.wawpErrors = wawpErrors ?? undefined
    },
  }

  function show(message: Message): MessageView {
    return viewMessage(message, state())
  }

  function link(session: Session, phone: string | undefined): SessionView {
    const { network } = state()
    const account = phone === undefined ? network.newAccount() : network.account(phone)
    if (!session.link(account)) throw notPairing(session)
    return viewSession(session)
  }
}

function byQr(state: State, qr: string): Session {
  const session = allSessions(state).find((one) => one.qr?.value === qr)
  if (!session) throw new EmulatorError('not_found', 'no session shows this QR code: it may have expired')
  return session
}

function normalCode(code: unknown): string {
  return String(code)
    .replace(/[^0-9a-z]/gi, '')
    .toUpperCase()
}
