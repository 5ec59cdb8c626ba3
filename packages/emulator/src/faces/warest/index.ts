import { operations } from '@wamux/warest/operations'
import { base64, qrPng } from '../../files/qr.ts'
import { BASE64 } from '../../ids.ts'
import { parsePhone } from '../../network/phone-number.ts'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import type { Face } from '../face.ts'
import type { Call, Handler } from '../handler.ts'
import { content, escapeMarkup, json, textOf } from '../http.ts'
import { chatHandlers } from './chats.ts'
import { dashboardResponse } from './dashboard.ts'
import { groupHandlers, requireConnected } from './groups.ts'
import { createLimits } from './limits.ts'
import { profileHandlers } from './profile.ts'
import { sendHandlers } from './send.ts'
import { failed, failure, inputOf, SESSION_STATUS, success } from './serialize.ts'
import { serverHandlers } from './server.ts'
import { toolHandlers } from './tools.ts'
import { deliverEvents, REGISTRY } from './webhooks.ts'

export type WarestCredentials = {
  /** The key of an admin. */
  readonly apiKey: string
}

/** WARest 0.3.44 with one user, an admin. */
export function warestFace(state: State, credentials: WarestCredentials): Face {
  const sessions = state.sessions('warest')
  const { userKey } = state.settings.warest
  const limit = createLimits(state)
  deliverEvents(state)

  state.sessionEvents.on('warest', ({ settings }, event) => {
    if (event.type === 'session' && event.phase === 'connected') delete settings.forgotten
  })

  /** Whether the call's user may not touch a session. */
  const isForeign = (call: Call, session: Session | undefined) =>
    session !== undefined && keyOf(call) !== credentials.apiKey && session.settings.owner !== keyOf(call)
  const forbidden = () => failure(403, 2201, 'Forbidden')

  /** A handler for the session that query or body names. */
  const withSession = (act: (session: Session, call: Call) => Response | Promise<Response>): Handler => {
    return (call) => {
      const id = sessionId(call)
      if (id === undefined) return failure(400, 1100, 'sessionId is required')
      const session = sessions.get(id)
      if (isForeign(call, session)) return forbidden()
      return session ? act(session, call) : failure(404, 1101, 'Session not found')
    }
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
      if (key === userKey && ADMIN_ONLY.includes(call.path)) return json(403, { error: 'Admin only' })
      return limit(call, key)
    },

    beside: (call) => dashboardResponse(state, call, credentials.apiKey, keyOf(call)),
    unknownPath: ({ method, path }) => content(404, 'text/html; charset=utf-8', notFoundPage(method, path)),
    examples: async () => (await import('../../generated/warest-examples.ts')).examples,
    forExample({ parameters = [], body }, handler) {
      const fields = [...parameters, ...(body?.kinds.flatMap(({ fields = [] }) => fields) ?? [])]
      if (!fields.some(({ name, required }) => name === 'sessionId' && required)) return handler
      return (call) => {
        const connected = requireConnected(state, inputOf(call).sessionId)
        return connected instanceof Response ? connected : handler(call)
      }
    },
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
        if (!qr) return success(200, 1000, 'Session created', [{ ...head, qr: null, ...webhookOf(session) }])
        const picture = `data:image/png;base64,${base64(qrPng(qr.value))}`
        const waiting = { qrString: qr.value, qr: picture, qrDuration: Math.ceil(qr.expiresInMs / 1000) }
        return success(202, 1107, 'Scan the QR to continue', [{ ...head, ...waiting, ...webhookOf(session) }])
      },

      'sessions.createPairCode': async (call) => {
        if (isForeign(call, sessions.get(sessionId(call) ?? ''))) return forbidden()
        if (sessionId(call) === undefined) return failure(400, 1100, 'sessionId is required')
        const phone = parsePhone(call.query.get('phone'))
        if (phone === undefined) return failure(400, 2001, 'phone is required')
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

      'sessions.updateConfig': async ({ params, body }) => {
        const session = sessions.get(params.sessionId ?? '')
        if (!session) return failure(404, 1101, 'Session not found')
        const { settings } = session
        if (body.preflight === true) {
          const target = textOf(body.webhookUrl) ?? ''
          const checked = await state.webhooks.probe(target)
          if (!checked.ok) return failed(400, 2000, 'Webhook preflight failed', [{ results: [{ target, ...checked }] }])
        }
        const url = typeof body.webhookUrl === 'string' ? body.webhookUrl.trim() : undefined
        if (url !== undefined) Object.assign(settings, { webhookUrl: url, liveUrl: url })
        // an address without a secret gets a new secret each time
        const made = () => state.ids.next('warest/secret', 13, BASE64.slice(0, 62))
        settings.webhookSecret = textOf(body.webhookSecret) ?? (url ? made() : (settings.webhookSecret ?? made()))
        return success(200, 1000, 'Config updated', [{ registryUser: REGISTRY, sessionId: session.id, ...webhookOf(session) }])
      },

      ...sendHandlers(state),
      ...chatHandlers(state),
      ...groupHandlers(state),
      ...profileHandlers(state),
      ...serverHandlers(state),
      ...toolHandlers(state),
    },
  }
}

const ADMIN_ONLY: readonly string[] = ['info', 'cpu-history', 'restart', 'restart/scheduled'].map((one) => `/api/v1/server/${one}`)

function describeSession(session: Session): Record<string, unknown> {
  const { lastAccount, connectedAt, running, settings } = session
  // the server learns who it is when it is connected, not by the scan
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
  return /^[\w.-]{1,64}$/.test(id) ? id : undefined
}

function keyOf({ request, query }: Call): string | undefined {
  const { headers } = request
  const [, bearer] = /^(?:Bearer|Token|APIKey)\s+(\S.*)$/i.exec(headers.get('authorization') ?? '') ?? []
  const places = [
    headers.get('x-warest-api-key'),
    headers.get('x-api-key'),
    headers.get('api-key'),
    query.get('api_key'),
    query.get('apikey'),
    query.get('apiKey'),
    bearer,
  ]
  return places.find((key) => key) ?? undefined
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

function notFoundPage(method: string, path: string): string {
  const head = '<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>'
  return `<!DOCTYPE html>\n<html lang="en">\n${head}\n<body>\n<pre>Cannot ${method} ${escapeMarkup(path)}</pre>\n</body>\n</html>\n`
}
