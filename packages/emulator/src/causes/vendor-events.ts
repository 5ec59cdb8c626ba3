import type { GatewayId, Session } from '../sessions/session.ts'
import type { Parties } from './deeds.ts'

/** An event in a gateway's own words, for what the emulated network has no deed for. */
export interface VendorEvent {
  readonly name: string
  readonly payload: unknown
}

type Describe = (parties: Parties) => VendorEvent

const seconds = ({ state }: Parties) => Math.floor(state.clock.now() / 1000)
const newId = ({ state }: Parties) => `3EB0${state.ids.next('cause', 18, '0123456789ABCDEF')}`

/** Events of the engines behind WAHA and Wawp. */
const ENGINE: Readonly<Record<string, Describe>> = {
  'session.challenge': ({ session, state }) => ({
    name: 'session.status',
    payload: { name: session.name, status: 'SCAN_QR_CODE', statuses: [{ status: 'SCAN_QR_CODE', timestamp: state.clock.now() }] },
  }),
  'message.undecryptable': (parties) => {
    const { from } = parties
    const ends = { from: from.jid, fromMe: false, to: parties.account.jid, timestamp: seconds(parties) }
    return { name: 'message.waiting', payload: { id: `false_${from.jid}_${newId(parties)}`, ...ends, body: null, _data: {} } }
  },
  'event.response': (parties) => {
    const { from, account } = parties
    const [event, answer] = [newId(parties), newId(parties)]
    const eventCreationKey = { id: `true_${from.jid}_${event}`, from: account.jid, to: from.jid, fromMe: true }
    const ends = { id: `false_${from.jid}_${answer}`, from: from.jid, to: account.jid, fromMe: false, timestamp: seconds(parties) }
    return {
      name: 'event.response',
      payload: {
        ...ends,
        eventCreationKey,
        eventResponse: { response: 'GOING', timestampMs: parties.state.clock.now(), extraGuestCount: 0 },
      },
    }
  },
  unknown: () => ({ name: 'engine.event', payload: { event: 'example', data: {} } }),
}

const SPARKBOT: Readonly<Record<string, Describe>> = {
  'message.failed': (parties) => ({
    name: 'message:out:failed',
    payload: { id: parties.state.ids.next('cause', 24), chat: parties.from.jid, phone: `+${parties.from.phone}`, status: 'failed' },
  }),
  unknown: () => ({ name: 'number:usage', payload: {} }),
}

const WAREST: Readonly<Record<string, Describe>> = {
  'session.challenge': () => ({ name: 'session_status', payload: { tags: 'qr', qr: '2@example', qrDuration: 20 } }),
  unknown: () => ({ name: 'creds_update', payload: { update: {} } }),
}

/** Events without a deed, by gateway and type. */
export const VENDOR_EVENTS: Readonly<Record<GatewayId, Readonly<Record<string, Describe>>>> = {
  waha: ENGINE,
  wawp: ENGINE,
  warest: WAREST,
  sparkbot: SPARKBOT,
}

/** Sends an event of a gateway as the gateway does. */
export function sendVendorEvent(
  { state, session }: { readonly state: Parties['state']; readonly session: Session },
  event: VendorEvent,
): void {
  state.sessionEvents.emit(session, { type: 'custom', ...event, at: state.clock.now() })
}
