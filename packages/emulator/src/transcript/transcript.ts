import type { Memory } from '../memory/memory.ts'
import type { Network } from '../network/network.ts'
import type { NetworkEvent } from '../network/types.ts'
import type { GatewayId, Session } from '../sessions/session.ts'
import type { DeliveryState } from '../webhooks/webhooks.ts'

/** One thing that happened. The same seed, scenario and calls give the same lines, byte for byte. */
export interface TranscriptLine {
  /** ms since the epoch, on the emulator's clock. */
  readonly at: number
  /**
   * `request`: a gateway answered. `session`: a session entered a state. `webhook`: a delivery was tried. All others are events of a phone, as
   * `message`, `ack` or `group-joined`.
   */
  readonly type: string
  /** What it was, in texts, numbers and lists of texts. Files, keys and bodies of requests are not in it. */
  readonly [field: string]: unknown
}

/** What happened in one emulator, the newest 10,000 lines. */
export interface Transcript {
  request(gateway: GatewayId, method: string, path: string, status: number): void
  session(session: Session): void
  webhook(
    delivery: { readonly id: string; readonly gateway: GatewayId; readonly session: string; readonly event: string },
    attempt: number,
    state: DeliveryState,
    status?: number,
  ): void
  lines(): readonly TranscriptLine[]
}

const MAX_LINES = 10_000
/** How many lines over the largest number are kept before the oldest are dropped, all at once. */
const SLACK = 1_000

export function createTranscript(memory: Memory, network: Pick<Network, 'on'>, now: () => number): Transcript {
  const lines = memory.part('transcript', (): TranscriptLine[] => [])

  function add(line: TranscriptLine): void {
    lines.push(line)
    if (lines.length >= MAX_LINES + SLACK) lines.splice(0, lines.length - MAX_LINES)
  }

  network.on((event) => add(lineOf(event)))

  return {
    request: (gateway, method, path, status) => add({ at: now(), type: 'request', gateway, method, path, status }),
    session: ({ gateway, id, phase }) => add({ at: now(), type: 'session', gateway, session: id, state: phase }),
    webhook({ id, gateway, session, event }, attempt, state, status) {
      add({
        at: now(),
        type: 'webhook',
        gateway,
        session,
        event,
        delivery: id,
        attempt,
        state,
        ...(status === undefined ? {} : { status }),
      })
    },
    lines: () => lines.slice(-MAX_LINES),
  }
}

function lineOf(event: NetworkEvent): TranscriptLine {
  const { at, type, account } = event
  switch (event.type) {
    // the two that most lines are about, without a list of their fields in between
    case 'message': {
      const { message, chat, fromMe } = event
      const { id, from, type: kind, text } = message
      return { at, type, phone: account.phone, message: id, chat, fromMe, from: from.phone, kind, text }
    }
    case 'ack':
      return { at, type, phone: account.phone, message: event.message.id, chat: event.chat, receipt: event.receipt, by: event.by?.phone }
    default: {
      const { at: _, type: __, account: ___, ...rest } = event
      const line: Record<string, unknown> = { at, type, phone: account.phone }
      for (const [field, value] of Object.entries(rest)) line[field] = short(value)
      return line as TranscriptLine
    }
  }
}

/** A phone by its number, all else by its id. */
function short(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(short)
  if (typeof value !== 'object' || value === null) return value
  const { phone, id } = value as { readonly phone?: unknown; readonly id?: unknown }
  return phone ?? id
}
