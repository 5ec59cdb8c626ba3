import { operations } from '@wamux/warest/operations'
import { BASE64 } from '../ids.ts'
import { phoneOf } from '../phone.ts'
import { base64, qrPng } from '../qr.ts'
import type { Session } from '../session.ts'
import type { World } from '../world.ts'
import { type Call, content, escapeMarkup, type Face, type Handler, json, notPlayedText, textOf } from './face.ts'
import { chatHandlers } from './warest-chats.ts'
import { groupHandlers } from './warest-groups.ts'
import { profileHandlers } from './warest-profile.ts'
import { sendHandlers } from './warest-send.ts'
import { serverHandlers } from './warest-server.ts'
import { deliverEvents, REGISTRY } from './warest-webhooks.ts'
import { done, refused, WORDS } from './warest-words.ts'

export type WarestCredentials = {
  /** The key of an admin. */
  readonly apiKey: string
}

/** WARest 0.3.44 with one user, an admin. */
export function warestFace(world: World, credentials: WarestCredentials): Face {
  const sessions = world.sessions('warest')
  deliverEvents(world)

  /** A handler for the session that query or body names. */
  const withSession = (act: (session: Session, call: Call) => Response | Promise<Response>): Handler => {
    return (call) => {
      const id = sessionId(call)
      if (id === undefined) return refused(400, 1100, 'sessionId is required')
      const session = sessions.get(id)
      return session ? act(session, call) : refused(404, 1101, 'Session not found')
    }
  }

  /** Create makes the session when there is none, and starts it when it rests. */
  async function opened(call: Call): Promise<{ session: Session; isNew: boolean } | undefined> {
    const id = sessionId(call)
    if (id === undefined) return undefined
    const known = sessions.get(id)
    const session = known ?? sessions.create({ id, afterUnlink: 'pair-again' })
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
      return key === credentials.apiKey ? undefined : json(401, { error: 'Invalid X-WAREST-API-KEY' })
    },

    unknownPath: ({ method, path }) => content(404, 'text/html; charset=utf-8', notFoundPage(method, path)),
    notPlayed: (_call, operation) => refused(501, 8005, notPlayedText(operation)),
    badJson: (_call, message) => json(400, { error: message }),

    handlers: {
      'sessions.create': async (call) => {
        const found = await opened(call)
        if (!found) return refused(400, 1100, 'sessionId is required')
        const { session, isNew } = found
        const head = { registryUser: REGISTRY, sessionId: session.id, ...(isNew ? {} : { createdAt: iso(session.createdAt) }) }
        if (session.phase === 'connected') return done(200, 1104, 'Session already open', [{ ...head, ...webhookOf(session) }])
        const { qr } = session
        if (!qr) return done(200, 1000, 'Session created', [{ ...head, qr: null, ...webhookOf(session) }])
        const picture = `data:image/png;base64,${base64(qrPng(qr.value))}`
        const shown = { qrString: qr.value, qr: picture, qrDuration: Math.ceil(qr.expiresInMs / 1000) }
        return done(202, 1107, 'Scan the QR to continue', [{ ...head, ...shown, ...webhookOf(session) }])
      },

      'sessions.createPairCode': async (call) => {
        if (sessionId(call) === undefined) return refused(400, 1100, 'sessionId is required')
        const phone = phoneOf(call.query.get('phone'))
        if (phone === undefined) return refused(400, 2001, 'phone is required')
        const found = await opened(call)
        if (!found) return refused(400, 1100, 'sessionId is required')
        const { session } = found
        const head = { registryUser: REGISTRY, sessionId: session.id }
        if (session.phase === 'connected') return done(200, 1104, 'Session already open', [{ ...head, status: 'open' }])
        const pairCode = session.requestCode(phone)
        if (pairCode === undefined) return done(202, 1110, 'Pair code pending', [{ ...head, pairCode: '' }])
        return done(200, 1000, 'Pair code generated', [{ ...head, pairCode }])
      },

      'sessions.logout': withSession((session) => {
        const runtime = session.running
        session.settings.closing = true
        session.unpair()
        for (const name of ['closing', 'webhookUrl', 'webhookSecret', 'liveUrl']) delete session.settings[name]
        return done(200, 1000, 'Logout success', [{ sessionId: session.id, steps: { runtime, creds: true } }])
      }),

      'sessions.reconnect': withSession((session) => {
        session.restart()
        return done(202, 1109, 'Reconnect scheduled', [])
      }),

      'sessions.delete': withSession((session) => {
        const runtime = session.running
        session.settings.closing = true
        sessions.remove(session.id)
        return done(200, 1000, 'Session deleted', [{ sessionId: session.id, steps: { runtime, creds: true, meta: true } }])
      }),

      'sessions.list': () => done(200, 1000, 'OK', [{ items: sessions.list().map(describeSession) }]),

      'sessions.listDevices': withSession(({ lastAccount }) => {
        const devices = lastAccount ? [{ name: lastAccount.name, phone: lastAccount.phone, device: 'WARest' }] : []
        return done(200, 1000, 'Device info', devices)
      }),

      'sessions.updateConfig': ({ params, body }) => {
        const session = sessions.get(params.sessionId ?? '')
        if (!session) return refused(404, 1101, 'Session not found')
        const { settings } = session
        const url = typeof body.webhookUrl === 'string' ? body.webhookUrl.trim() : undefined
        if (url !== undefined) Object.assign(settings, { webhookUrl: url, liveUrl: url })
        // an address without a secret gets a new one each time
        const made = () => world.ids.next('warest/secret', 13, BASE64.slice(0, 62))
        settings.webhookSecret = textOf(body.webhookSecret) ?? (url ? made() : (settings.webhookSecret ?? made()))
        return done(200, 1000, 'Config updated', [{ registryUser: REGISTRY, sessionId: session.id, ...webhookOf(session) }])
      },

      ...sendHandlers(world),
      ...chatHandlers(world),
      ...groupHandlers(world),
      ...profileHandlers(world),
      ...serverHandlers(world),
    },
  }
}

function describeSession(session: Session): Record<string, unknown> {
  const { lastAccount: account, connectedAt, running } = session
  // a session that shows a new QR code goes on naming the account it had
  const shown = running ? account : undefined
  return {
    id: session.id,
    status: WORDS[session.phase],
    me: shown ? { id: `${shown.phone}:7@s.whatsapp.net`, name: shown.name, lid: `${shown.lid}@lid` } : null,
    pushName: shown?.name ?? null,
    lastConn: connectedAt === undefined ? null : running ? connectedAt : iso(connectedAt),
  }
}

function webhookOf({ settings }: Session): Record<string, unknown> {
  return { webhookUrl: settings.webhookUrl ?? '', webhookSecret: settings.webhookSecret ?? '' }
}

function sessionId({ query, body }: Call): string | undefined {
  const id = query.get('sessionId') ?? textOf(body.sessionId) ?? ''
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
