import { operations } from '@wamux/waha/operations'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { type Answer, empty, json } from '../../wire/answer.ts'
import type { Face } from '../face.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { chatHandlers } from './chats.ts'
import { wahaEvents } from './events.ts'
import { mediaHandlers, serveFile } from './files.ts'
import { groupHandlers, groupModeHandlers } from './groups.ts'
import { labelHandlers, searchHandlers } from './labels.ts'
import { pairingHandlers } from './pairing.ts'
import { peopleHandlers } from './people.ts'
import { createConnectedHandlers, withAppState } from './request-context.ts'
import { sendHandlers } from './send.ts'
import {
  appsDisabled,
  ENGINE,
  ENGINE_STATUS,
  nestError,
  notFound,
  serializeAccount,
  serializeSession,
  serializeSessionListed,
  versionOf,
} from './serialize.ts'
import { appHandlers } from './server/apps.ts'
import { CORE_SESSION, coreEdition, otherSession } from './server/core-edition.ts'
import { keyHandlers } from './server/keys.ts'
import { limitHandlers } from './server/limits.ts'
import { passkeyHandlers } from './server/passkey.ts'
import { sessionProblems } from './server/session-input.ts'

export type WahaCredentials = {
  readonly apiKey: string
}

/** WAHA as of 2026.9: several sessions, engine NOWEB. */
export function wahaFace(state: State, credentials: WahaCredentials): Face {
  const sessions = state.sessions('waha')
  const isCore = state.settings.waha.edition === 'core'
  if (isCore && !sessions.get(CORE_SESSION)) sessions.create({ id: CORE_SESSION, afterUnlink: 'fail' })

  /** Makes a handler that needs an existing session. */
  const withSession = (status: number, act: (session: Session, call: Call) => void) => (call: Call) => {
    const session = sessions.get(call.params.session ?? '')
    if (!session) return notFound('Session not found')
    act(session, call)
    return json(status, serializeSession(session))
  }

  const configure = withSession(200, (session, call) => {
    Object.assign(session.settings, configOf(call))
    if (session.running) session.restart()
  })
  const stop = withSession(201, (session) => session.stop())
  const alreadyStarted = ({ id }: Session) => nestError(422, 'Unprocessable Entity', `Session '${id}' is already started.`)

  function create(call: Call): Answer {
    const problems = sessionProblems(call.body)
    if (problems.length > 0) return nestError(400, 'Bad Request', problems)
    const id = textOf(call.body.name) ?? `session_${state.ids.next('waha/session', 26, '0123456789abcdefghjkmnpqrstvwxyz')}`
    if (isCore && id !== CORE_SESSION) return otherSession(id)
    if (sessions.get(id)) return nestError(422, 'Unprocessable Entity', `Session '${id}' already exists. Use PUT to update it.`)
    // Core forgets a removed session until somebody starts it
    if (isCore && call.body.start !== true) return empty(201)
    const session = sessions.create({ id, afterUnlink: 'fail', settings: configOf(call) })
    // the vendor's document says that the default is true; real servers use false
    if (call.body.start === true) session.start()
    return json(201, serializeSession(session))
  }

  function list(call: Call): Answer {
    const all = call.query.get('all')
    if (all !== null && !/^(true|false|1|0)$/i.test(all)) return nestError(400, 'Bad Request', ['all must be a boolean value'])
    const expand = call.query.getAll('expand')
    if (expand.some((value) => value !== 'apps')) {
      return nestError(400, 'Bad Request', ['each value in expand must be one of the following values: apps'])
    }
    if (expand.length > 0) return appsDisabled()
    const withStopped = /^(true|1)$/i.test(all ?? '')
    return json(
      200,
      sessions
        .list()
        .filter((session) => withStopped || session.running)
        .map(serializeSessionListed),
    )
  }

  /** Makes a handler for the deprecated calls, which name their session in the body. */
  const byName = (act: (id: string, call: Call) => Answer) => (call: Call) => {
    const id = textOf(call.body.name)
    return id === undefined ? nestError(400, 'Bad Request', 'Session name is required') : act(id, call)
  }

  const editionOf = (handlers: Record<string, Handler>) => {
    const all = { ...handlers, ...withAppState(state, handlers) }
    return isCore ? coreEdition(state, all) : all
  }

  return {
    table: operations,
    open: ['server.ping'],

    authorize({ headers, query }) {
      const key = headers.get('x-api-key') ?? query.get('x-api-key')
      return key === credentials.apiKey ? undefined : json(401, { message: 'Unauthorized', statusCode: 401 })
    },

    unknownPath: ({ method, path, query }) =>
      (method === 'GET' && serveFile(state, path)) ||
      notFound(path.startsWith('/api/files/') ? 'Not Found' : `Cannot ${method} ${path}${query.size > 0 ? `?${query}` : ''}`),
    examples: async () => (await import('../../generated/waha-examples.ts')).examples,
    forExample({ path, body }, handler) {
      const inBody = body?.kinds.some(({ fields }) => fields?.some(({ name, required }) => name === 'session' && required))
      return path.includes('{session}') || inBody ? createConnectedHandlers(state)(({ call }) => handler(call)) : handler
    },
    missing: (_call, fields) =>
      nestError(
        400,
        'Bad Request',
        fields.map((name) => `${name} should not be empty`),
      ),
    badJson: (_call, message) => nestError(400, 'Bad Request', message),

    handlers: editionOf({
      'sessions.list': list,
      'sessions.create': create,

      'sessions.get': ({ params, query }) => {
        const session = sessions.get(params.session ?? '')
        if (!session) return notFound('Session not found')
        return query.has('expand') ? appsDisabled() : json(200, serializeSession(session))
      },

      'sessions.update': (call) => {
        const problems = sessionProblems({ config: call.body.config })
        return problems.length > 0 ? nestError(400, 'Bad Request', problems) : configure(call)
      },

      'sessions.delete': ({ params }) => {
        sessions.remove(params.session ?? '')
        return empty(200)
      },

      'sessions.me': ({ params }) => {
        const id = params.session ?? ''
        const session = sessions.get(id)
        if (!session?.running) {
          const hint = `Please start it first by using POST /api/sessions/${id}/start request`
          return notFound(`We didn't find a session with name '${id}'.\n${hint}`)
        }
        const account = serializeAccount(session)
        return account ? json(200, account) : empty(200)
      },

      'sessions.start': (call) => {
        const session = sessions.get(call.params.session ?? '')
        if (!session) return notFound('Session not found')
        return session.start() ? json(201, serializeSession(session)) : alreadyStarted(session)
      },

      // also for a session that does not exist
      'sessions.stop': (call) => (isCore && !sessions.get(call.params.session ?? '') ? empty(201) : stop(call)),
      'sessions.restart': withSession(201, (session) => session.restart()),
      'sessions.logout': withSession(201, logout),

      'sessions.startDeprecated': byName((id, call) => {
        const session = sessions.get(id) ?? sessions.create({ id, afterUnlink: 'fail', settings: configOf(call) })
        return session.start() ? json(201, { name: id, status: ENGINE_STATUS[session.phase] }) : alreadyStarted(session)
      }),

      'sessions.stopDeprecated': byName((id, call) => {
        sessions.get(id)?.stop()
        if (call.body.logout === true) sessions.remove(id)
        return empty(201)
      }),

      'sessions.logoutDeprecated': byName((id) => {
        const session = sessions.get(id)
        if (session) logout(session)
        return empty(201)
      }),

      'server.ping': () => json(200, { message: 'pong' }),
      'server.version': () => json(200, versionOf(state)),
      'server.versionDeprecated': () => json(200, versionOf(state)),
      'server.environment': () => json(200, ENVIRONMENT),
      'server.health': () => json(200, { status: 'ok', info: {}, error: {}, details: {} }),
      'server.status': () =>
        json(200, { startTimestamp: state.startedAt, uptime: state.clock.now() - state.startedAt, worker: { id: null } }),

      ...pairingHandlers(sessions),
      ...sendHandlers(state),
      ...chatHandlers(state),
      ...peopleHandlers(state),
      ...groupHandlers(state),
      ...labelHandlers(state),
      ...keyHandlers(state),
      // WAHA Core 2026.2.1 does not have these
      ...(isCore
        ? {}
        : {
            ...limitHandlers(state),
            ...passkeyHandlers(state),
            ...groupModeHandlers(state),
            ...appHandlers(state),
            ...searchHandlers(state),
          }),
      ...mediaHandlers(state),
    }),

    sockets: { '/ws': wahaEvents(state, credentials.apiKey) },
  }
}

// a running session pairs again at once
function logout(session: Session): void {
  const ran = session.running
  session.unpair()
  if (ran) session.start()
}

/** The config of a call, with what the server fills in. */
function configOf({ body }: Call): { config?: Record<string, unknown> } {
  if (!isRecord(body.config)) return {}
  const { noweb } = body.config
  return { config: isRecord(noweb) ? { ...body.config, noweb: { markOnline: true, ...noweb } } : body.config }
}

/** Variables of a server's environment; the values are invented. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  WAHA_API_KEY: 'emulator-example',
  WAHA_APPS_ENABLED: 'False',
  WAHA_BASE_URL: 'http://emulator.invalid',
  WAHA_DASHBOARD_ENABLED: 'False',
  WAHA_LOCAL_STORE_BASE_DIR: '/app/.sessions',
  WAHA_LOG_FORMAT: 'JSON',
  WAHA_LOG_LEVEL: 'info',
  WAHA_MEDIA_STORAGE: 'LOCAL',
  WAHA_PRESENCE_AUTO_ONLINE: 'True',
  WAHA_PRINT_QR: 'False',
  WAHA_SQLITE_ENGINE: 'better-sqlite3',
  WHATSAPP_API_PORT: '3000',
  WHATSAPP_API_SCHEMA: 'http',
  WHATSAPP_DEFAULT_ENGINE: ENGINE,
  WHATSAPP_FILES_FOLDER: '/tmp/whatsapp-files',
  WHATSAPP_SWAGGER_ENABLED: 'False',
  WHATSAPP_SWAGGER_PASSWORD: 'emulator-example',
  WHATSAPP_SWAGGER_USERNAME: 'admin',
}
