import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { warestRetryPlan } from '../../webhooks/retry-plans.ts'
import { signBody } from '../../webhooks/signature.ts'
import type { WebhookRequest } from '../../webhooks/webhooks.ts'
import { isRecord, textOf } from '../http.ts'
import { type WebhookEvent, webhooksOf } from './events.ts'
import { parseWarestJid, succeeds } from './serialize.ts'

/** The one user, an admin. */
export const REGISTRY = 'admin'

/** With a shorter secret the server sends nothing, characters. */
export const SHORTEST_SECRET = 6

/** What a delivery is signed with. */
interface Hook {
  /** When it happened, ms since the epoch. */
  readonly ts: number
  readonly secret: string
}

/**
 * Delivers the events of sessions to their webhooks. A running session uses the address it was given last: it does not notice that the server
 * has dropped an address, and after a reconnect it has no address until it is given one again.
 */
export function deliverEvents(state: State): void {
  const liveUrl = ({ settings }: Session) => textOf(settings.liveUrl)

  function post(session: Session, { event, data }: WebhookEvent, ts: number, url: string, secret: string): void {
    const { id } = session
    const from = { id, label: id, registry: REGISTRY, username: REGISTRY }
    const body = JSON.stringify({ event, data: { id, ...data, sessionId: id }, ts, session: from })
    const hook: Hook = { ts, secret }
    state.webhooks.post({ gateway: 'warest', session: id, event, url, body, hook })
  }

  const sessionOf = (request: WebhookRequest) => state.sessions('warest').get(request.session)

  state.webhooks.sender<Hook>('warest', {
    headers: ({ ts, secret }, { session: id, event, body }, attempt) => ({
      'content-type': 'application/json',
      'user-agent': 'WAREst/1 (webhook) Node/v20.20.2',
      'x-warest-signature': `HMAC-SHA256=${signBody('sha256', secret + REGISTRY, body)}`,
      'x-warest-signature-alg': 'HMAC-SHA256',
      'x-warest-timestamp': String(ts),
      'x-warest-event': event,
      // the id of the session, not of the event
      'x-warest-event-id': id,
      'x-warest-session': id,
      'x-warest-registry': REGISTRY,
      'x-warest-label': id,
      'x-warest-username': REGISTRY,
      'x-warest-version': '1',
      'x-warest-delivery-attempt': String(attempt),
    }),
    retry: () => warestRetryPlan,
    answered(_, request, text) {
      const session = sessionOf(request)
      if (session) carryOut(state, session, text)
    },
    // an address that fails for good is dropped
    failed(_, request) {
      delete sessionOf(request)?.settings.webhookUrl
    },
  })

  state.sessionEvents.on(
    'warest',
    (session, event) => {
      const url = liveUrl(session)
      const secret = textOf(session.settings.webhookSecret) ?? ''
      if (url === undefined || secret.length < SHORTEST_SECRET) return
      const tellings = webhooksOf(state, session, event)
      for (const told of tellings) post(session, told, event.at, url, secret)
      // the next start has no webhook address
      if (tellings.some(({ data }) => data.tags === 'close')) delete session.settings.liveUrl
    },
    { qr: (session) => liveUrl(session) !== undefined },
  )
}

/** WARest carries out actions in the answer to a webhook. The emulator supports the sending of texts. */
function carryOut({ network }: State, session: Session, answer: string): void {
  const { account } = session
  if (!account || session.phase !== 'connected') return
  let read: unknown
  try {
    read = JSON.parse(answer)
  } catch {
    return
  }
  const actions = isRecord(read) && Array.isArray(read.actions) ? read.actions : []
  for (const action of actions) {
    if (!isRecord(action) || action.type !== 'text') continue
    const [to, text] = [network.chatOf(parseWarestJid(action.to)), textOf(action.text)]
    if (to === undefined || text === undefined) continue
    succeeds(() => network.send({ from: account, to, text, via: { gateway: 'warest', session: session.id } }))
  }
}
