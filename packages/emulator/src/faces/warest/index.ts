import { operations } from '@wamux/warest/operations'
import { base64, qrPng } from '../../files/qr.ts'
import { BASE64 } from '../../ids.ts'
import { parsePhone } from '../../network/phone-number.ts'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { type Answer, content, json } from '../../wire/answer.ts'
import type { Face } from '../face.ts'
import type { Call, Handler } from '../handler.ts'
import { escapeMarkup, textOf } from '../http.ts'
import { chatHandlers } from './chats.ts'
import { dashboardResponse } from './dashboard.ts'
import { groupHandlers } from './groups.ts'
import { createLimits } from './limits.ts'
import { keyOf } from './owner.ts'
import { profileHandlers } from './profile.ts'
import { sendHandlers } from './send.ts'
import { failed, failure, SESSION_STATUS, success } from './serialize.ts'
import { serverHandlers } from './server.ts'
import { toolHandlers } from './tools.ts'
import { deliverEvents, REGISTRY, SHORTEST_SECRET } from './webhooks.ts'

export type WarestCredentials = {
  /** The key of an admin. */
  readonly apiKey: string
}

/** WARest 0.3.44 with one user, an admin. */
export function warestFace(state: State, credentials: WarestCredentials): Face {
  const sessions = state.sessions('warest')
  const { userKey } = state.settings.warest
  const limits = createLimits(state)
  deliverEvents(state)

  state.sessionEvents.on('warest', ({ settings }, event) => {
    if (event.type === 'session' && event.phase === 'connected') delete settings.forgotten
  })

  /** Whether a session belongs to another user. Being an admin opens no other user's sessions. */
  const isForeign = (call: Call, session: Session | undefined) =>
    session !== undefined && (session.settings.owner ?? credentials.apiKey) !== keyOf(call)
  const forbidden = () => failure(403, 2201, 'Forbidden')

  /** A handler for the session that query or body names. */
  const withSession = (act: (session: Session, call: Call) => Answer | Promise<Answer>): Handler => {
    return (call) => {
      const id = sessionId(call)
      if (id === undefined) return failure(400, 1100, 'sessionId is required')
      const session = sessions.get(id)
      if (isForeign(call, session)) return forbidden()
      return session ? act(session, call) : failure(404, 1101, 'Session not found')
    }
  }

  /** The secret after a call: an address without a secret gets a new one each time; taking the address away makes one where none was. */
  function secretFor(url: string | undefined, given: string | undefined, known: string | undefined): string | undefined {
    if (given) return given
    const needed = url !== undefined && (url !== '' || (known ?? '').length < SHORTEST_SECRET)
    return needed ? state.ids.next('warest/secret', 13, BASE64.slice(0, 62)) : known
  }

  /** Creates the session when it does not exist, and starts it when it is stopped. */
  async function opened(call: Call): Promise<{ session: Session; isNew: boolean } | undefined> {
    const id = sessionId(call)
    if (id === undefined) return undefined
    const known = sessions.get(id)
    const session = known ?? sessions.create({ id, afterUnlink: 'pair-again', settings: { owner: keyOf(call) } })
    session.start()
    await session.settled()
    return { session, isNew: !known }
  }

  return {
    table: operations,
    open: ['server.ping'],

    authorize(call) {
      const key = keyOf(call)
      if (!key) return json(401, { error: 'Missing X-WAREST-API-KEY' })
      const known = key === credentials.apiKey || (key === userKey && key !== undefined)
      if (!known) return json(401, { error: 'Invalid X-WAREST-API-KEY' })
      if (key === userKey && ADMIN_ONLY.test(call.path)) return json(403, { error: 'Admin only' })
      return limits.refuse(call, key)
    },
    headersOf: limits.headersOf,

    beside: (call) => dashboardResponse(state, call, credentials.apiKey, keyOf(call)),
    unknownPath: ({ method, path }) => content(404, 'text/html; charset=utf-8', notFoundPage(method, path)),
    examples: async () => (await import('../../generated/warest-examples.ts')).examples,
    // every operation has a handler
    forExample: (_operation, handler) => handler,
    missing: (_call, [field]) => failure(400, 2001, `${field} is required`),
    badJson: (_call, message) => json(400, { error: message }),

    handlers: {
      'sessions.create': async (call) => {
        if (isForeign(call, sessions.get(sessionId(call) ?? ''))) return forbidden()
        const found = await opened(call)
        if (!found) return failure(400, 1100, 'sessionId is required')
        const { session, isNew } = found
        const head = { registryUser: REGISTRY, sessionId: session.id, ...(isNew ? {} : { createdAt: iso(session.createdAt) }) }
        if (session.phase === 'connected') return success(200, 1104, 'Session already open', [{ ...head, ...webhookOf(session) }])
        const { qr } = session
        if (!qr && isNew) {
          const none = { qrString: null, qr: null, qrDuration: QR_SECONDS }
          return success(200, 1000, 'Session created', [{ ...head, ...none, ...webhookOf(session) }])
        }
        if (!qr) return success(200, 1000, 'Session exists', [{ ...head, ...webhookOf(session) }])
        const picture = `data:image/png;base64,${base64(qrPng(qr.value))}`
        const waiting = { qrString: qr.value, qr: picture, qrDuration: Math.ceil(qr.expiresInMs / 1000) }
        return success(202, 1107, 'Scan the QR to continue', [{ ...head, ...waiting, ...webhookOf(session) }])
      },

      'sessions.createPairCode': async (call) => {
        const phone = parsePhone(call.query.get('phone'))
        if (phone === undefined) return failure(400, 2001, 'phone is required')
        if (sessionId(call) === undefined) return failure(400, 1100, 'sessionId is required')
        if (isForeign(call, sessions.get(sessionId(call) ?? ''))) return forbidden()
        const found = await opened(call)
        if (!found) return failure(400, 1100, 'sessionId is required')
        const { session } = found
        const head = { registryUser: REGISTRY, sessionId: session.id }
        if (session.phase === 'connected') return success(200, 1104, 'Session already open', [{ ...head, status: 'open' }])
        const pairCode = session.requestCode(phone)
        if (pairCode === undefined) return success(202, 1110, 'Pair code pending', [{ ...head, pairCode: '' }])
        return success(200, 1000, 'Pair code generated', [{ ...head, pairCode }])
      },

      'sessions.logout': withSession((session) => {
        const runtime = session.running
        session.settings.closing = true
        session.unpair()
        for (const name of ['closing', 'webhookUrl', 'webhookSecret', 'liveUrl']) delete session.settings[name]
        return success(200, 1000, 'Logout success', [{ sessionId: session.id, steps: { runtime, creds: true } }])
      }),

      'sessions.reconnect': withSession((session) => {
        session.restart()
        return success(202, 1109, 'Reconnect scheduled', [])
      }),

      'sessions.delete': withSession((session) => {
        const runtime = session.running
        session.settings.closing = true
        sessions.remove(session.id)
        return success(200, 1000, 'Session deleted', [{ sessionId: session.id, steps: { runtime, creds: true, meta: true } }])
      }),

      'sessions.list': (call) =>
        success(200, 1000, 'OK', [
          {
            items: sessions
              .list()
              .filter((one) => !isForeign(call, one))
              .map(describeSession),
          },
        ]),

      'sessions.listDevices': withSession(({ lastAccount }) => {
        // one entry also for a session that was never paired
        const device = { name: lastAccount?.name ?? null, phone: lastAccount?.phone ?? null, device: 'WARest' }
        return success(200, 1000, 'Device info', [device])
      }),

      'sessions.updateConfig': async (call) => {
        const { params, body } = call
        const id = params.sessionId ?? ''
        if (!SESSION_ID.test(id)) return failure(400, 1100, 'sessionId is required')
        const session = sessions.get(id)
        if (isForeign(call, session)) return forbidden()
        if (!session) return failure(404, 1101, 'Session not found')
        const { settings } = session
        const url = Object.hasOwn(body, 'webhookUrl') ? (typeof body.webhookUrl === 'string' ? body.webhookUrl.trim() : '') : undefined
        const secret = secretFor(url, textOf(body.webhookSecret)?.trim(), textOf(settings.webhookSecret))
        const target = url ?? textOf(settings.webhookUrl) ?? ''
        if (body.preflight === true && target !== '' && secret) {
          const checked = await state.webhooks.probe(target)
          if (!checked.ok) return failed(400, 2000, 'Webhook preflight failed', [{ results: [{ target, ...checked }] }])
        }
        if (url !== undefined) Object.assign(settings, { webhookUrl: url, liveUrl: url })
        if (secret !== undefined) settings.webhookSecret = secret
        return success(200, 1000, 'Config updated', [{ registryUser: REGISTRY, sessionId: session.id, ...webhookOf(session) }])
      },

      ...sendHandlers(state),
      ...chatHandlers(state),
      ...groupHandlers(state, credentials.apiKey),
      ...profileHandlers(state, credentials.apiKey),
      ...serverHandlers(state),
      ...toolHandlers(state, credentials.apiKey),
    },
  }
}

/** What the server says when it knows no lifetime of a QR code, seconds. */
const QR_SECONDS = 20
const SESSION_ID = /^[\w.-]{1,64}$/
// all calls of the server but its ping
const ADMIN_ONLY = /^\/api\/v1\/server\/(?!ping\/?$)/

function describeSession(session: Session): Record<string, unknown> {
  const { lastAccount, connectedAt, running, settings } = session
  // the server learns which account it is when the session is connected, not at the scan
  const account = connectedAt === undefined ? undefined : lastAccount
  // a session that pairs again still names the account it had
  const paired = running && settings.forgotten !== true ? account : undefined
  return {
    id: session.id,
    status: SESSION_STATUS[session.phase],
    me: paired ? { id: `${paired.phone}:7@s.whatsapp.net`, name: paired.name, lid: `${paired.lid}@lid` } : null,
    pushName: paired?.name ?? null,
    lastConn: connectedAt === undefined ? null : running && settings.forgotten !== true ? connectedAt : iso(connectedAt),
  }
}

function webhookOf({ settings }: Session): Record<string, unknown> {
  return { webhookUrl: settings.webhookUrl ?? '', webhookSecret: settings.webhookSecret ?? '' }
}

function sessionId({ query, body }: Call): string | undefined {
  const id = query.get('sessionId') ?? textOf(body.sessionId) ?? query.get('id') ?? query.get('session') ?? ''
  return SESSION_ID.test(id) ? id : undefined
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

function notFoundPage(method: string, path: string): string {
  const head = '<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>'
  return `<!DOCTYPE html>\n<html lang="en">\n${head}\n<body>\n<pre>Cannot ${method} ${escapeMarkup(path)}</pre>\n</body>\n</html>\n`
}
