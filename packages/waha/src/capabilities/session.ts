import type { PluginContext, SessionVerbs, TypedVerbs } from '@wamux/core'
import { GatewayError, parseAddress, sessionInfo, waitForSession } from '@wamux/core/plugin'
import { engineSessionInfo } from '@wamux/engine/session'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Session = components['schemas']['Session']
// a call on a session that is gone answers with an empty body
type MaybeSession = Session | undefined

/**
 * The session verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#engines-and-editions
 */
export interface WahaSession
  extends TypedVerbs<
    SessionVerbs,
    {
      list: Session[]
      get: Session
      create: MaybeSession
      update: MaybeSession
      delete: unknown
      start: MaybeSession
      stop: MaybeSession
      restart: MaybeSession
      logout: MaybeSession
      qr: unknown
      requestPairingCode: unknown
      waitFor: Session
    }
  > {}

/** The session verbs of WAHA. It has no reset. */
export function sessionVerbs(context: PluginContext<WahaConfig>): WahaSession {
  const { send, clock, eventBus } = context
  const get: WahaSession['get'] = async ({ session }, options) => {
    const { data } = await send(routes.sessionsGet, { path: { session } }, options)
    return engineSessionInfo(manifest, session, data)
  }

  return {
    async list(_input, options) {
      const { data: raw } = await send(routes.sessionsList, { query: { all: true } }, options)
      return {
        sessions: raw.flatMap((one) => (one?.name && typeof one.name === 'string' ? engineSessionInfo(manifest, one.name, one) : [])),
        raw,
      }
    },

    get,

    async create({ session, start = true, config }, options) {
      // `start` is always sent: without it the server does not use the default of its document
      const { data } = await send(
        routes.sessionsCreate,
        { body: { ...(session ? { name: session } : {}), start, ...(config ? { config } : {}) } },
        options,
      )
      // WAHA Core before 2026.6.1 answers 201 without a body, and makes nothing, when a removed session is created unstarted
      const reason = data ? undefined : 'WAHA answered without a session: nothing may have been created.'
      return engineSessionInfo(manifest, data?.name ?? session ?? '', data, reason)
    },

    async update({ session, config }, options) {
      return (await import('./update-config.ts')).updateConfig(context, session, config, options)
    },

    async delete({ session }, options) {
      const { data } = await send(routes.sessionsDelete, { path: { session } }, options)
      return { session, deleted: true, raw: data }
    },

    async start({ session }, options) {
      try {
        const { data } = await send(routes.sessionsStart, { path: { session } }, options)
        return engineSessionInfo(manifest, session, data)
      } catch (error) {
        // the session already runs, which is what the caller wants
        if (!GatewayError.is(error) || error.status !== 422 || !/already started/i.test(error.vendorMessage ?? '')) throw error
        const info = await get({ session }, options)
        if (info.state === 'failed') throw startsNot(session, error)
        return info
      }
    },

    async stop({ session }, options) {
      const { data } = await send(routes.sessionsStop, { path: { session } }, options)
      return data ? engineSessionInfo(manifest, session, data) : sessionInfo(manifest, { session, state: 'stopped', raw: data })
    },

    async restart({ session }, options) {
      const { data } = await send(routes.sessionsRestart, { path: { session } }, options)
      return engineSessionInfo(manifest, session, data)
    },

    async logout({ session }, options) {
      const { data } = await send(routes.sessionsLogout, { path: { session } }, options)
      return engineSessionInfo(manifest, session, data)
    },

    async qr({ session, format = 'value' }, options) {
      if (format === 'image') {
        const { data } = await send(routes.authGetQr, { path: { session }, query: { format } }, { ...options, accept: 'image/png' })
        const image = data instanceof Uint8Array ? { image: { mimetype: 'image/png', data } } : {}
        return { session, ...image, raw: data }
      }
      const { data } = await send(routes.authGetQr, { path: { session }, query: { format: 'raw' } }, options)
      const value = data && 'value' in data ? { value: data.value } : {}
      return { session, ...value, raw: data }
    },

    async requestPairingCode({ session, phone }, options) {
      const phoneNumber = parseAddress(phone, 'phone').user
      const { data } = await send(routes.authRequestCode, { path: { session }, body: { phoneNumber } }, options)
      return { session, code: typeof data?.code === 'string' ? data.code : '', raw: data }
    },

    waitFor: waitForSession(get, clock, eventBus),
  }
}

function startsNot(session: string, { status, vendorMessage }: GatewayError): GatewayError {
  const hint = 'Restart it: session.restart. If that does not help, log it out and pair it again.'
  const details = { kind: 'conflict', gateway: manifest.id, operation: 'session.start', status, vendorMessage, hint } as const
  return new GatewayError(`${manifest.name}: session ${session} has failed, and starting it does not help`, details)
}
