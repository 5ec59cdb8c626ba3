import { GatewayError, type PluginContext, type SessionVerbs, type StateTable } from '@wamux/core'
import { accountOf, meaningOf, parseAddress, sessionInfo, waitForSession } from '@wamux/core/plugin'
import { unsupportedInput } from '@wamux/core/verbs'
import type { GowaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Device = components['schemas']['Device']
type Info = Awaited<ReturnType<SessionVerbs['get']>>

/** The session verbs of GOWA. */
export type GowaSession = Pick<SessionVerbs, 'list' | 'get' | 'create' | 'delete' | 'logout' | 'qr' | 'requestPairingCode' | 'waitFor'>

const STATES: StateTable<Device['state']> = {
  disconnected: { state: 'disconnected' },
  connecting: { state: 'connecting' },
  // connected to WhatsApp, but no phone is paired yet
  connected: { state: 'pairing', challenge: 'qr' },
  logged_in: { state: 'connected' },
}

export function sessionVerbs({ send, clock, eventBus }: PluginContext<GowaConfig>): GowaSession {
  const get: GowaSession['get'] = async ({ session }, options) => {
    const { data } = await send(routes.devicesGet, { path: { device_id: session } }, options)
    return infoOf(session, data?.results, data)
  }

  return {
    async list(_input, options) {
      const { data } = await send(routes.devicesList, {}, options)
      // Go writes an empty list as null; `raw` is the list, as core looks there for what an empty result was made from
      const devices = data?.results ?? (data?.code === 'SUCCESS' ? [] : undefined)
      if (!Array.isArray(devices)) throw noAnswer('session.list', 'the answer has no list of devices')
      return { sessions: devices.map((one) => infoOf(one.id, one, one)), raw: devices }
    },

    get,

    async create({ session, config }, options) {
      if (config !== undefined) throw unsupportedInput(manifest, 'config', 'a device has no settings but its webhook: webhook.create.')
      const { data } = await send(routes.devicesCreate, { body: session === undefined ? {} : { device_id: session } }, options)
      return infoOf(data?.results?.id ?? session ?? '', data?.results, data)
    },

    async delete({ session }, options) {
      // GOWA says of a device that does not exist that it was removed
      await get({ session }, options)
      const { data } = await send(routes.devicesDelete, { path: { device_id: session } }, options)
      return { session, deleted: true, raw: data }
    },

    async logout({ session }, options) {
      const { data } = await send(routes.devicesLogout, { path: { device_id: session } }, options)
      const done = data?.code === 'SUCCESS'
      return sessionInfo(manifest, { session, state: done ? 'logged_out' : 'unknown', raw: data })
    },

    async qr({ session }, options) {
      const { data } = await send(routes.devicesLogin, { path: { device_id: session } }, options)
      const { qr_link: link, qr_duration: seconds } = data?.results ?? {}
      const [, file] = /(\/statics\/[\w./-]+\.png)$/.exec(URL.canParse(link ?? '') ? new URL(link ?? '').pathname : '') ?? []
      if (file === undefined) throw noAnswer('session.qr', 'the answer names no picture')
      // on this server only: the address may name another host, and the password goes nowhere else
      const picture = { id: 'statics.get', method: 'GET', path: file, safety: 'read' } as const
      const { data: bytes, contentType } = await send<unknown>(picture, {}, { ...options, accept: 'image/png', bytes: true })
      if (!(bytes instanceof Uint8Array) || !contentType?.startsWith('image/')) throw noAnswer('session.qr', 'the answer is no picture')
      const expires = typeof seconds === 'number' ? { expiresInMs: seconds * 1000 } : {}
      return { session, image: { mimetype: 'image/png', data: bytes }, ...expires, raw: data }
    },

    async requestPairingCode({ session, phone }, options) {
      const digits = parseAddress(phone, 'phone').user
      const { data } = await send(routes.devicesLoginWithCode, { path: { device_id: session }, query: { phone: digits } }, options)
      const code = data?.results?.pair_code
      // core makes an unknown outcome of a code that is not there: it may have been made all the same
      return { session, code: typeof code === 'string' ? code : '', raw: data }
    },

    waitFor: waitForSession(get, clock, eventBus),
  }
}

function infoOf(session: string, device: Device | undefined, raw: unknown): Info {
  const meaning = meaningOf(STATES, device?.state)
  const jid = device?.jid === '' ? undefined : device?.jid
  // a device that no phone was ever paired with is disconnected, too
  const unpaired = meaning.state === 'disconnected' && jid === undefined
  return sessionInfo(manifest, {
    session,
    ...(unpaired ? { state: 'logged_out' } : meaning),
    account: meaning.state === 'connected' ? 'ok' : 'unknown',
    me: accountOf(jid, device?.display_name),
    raw,
  })
}

function noAnswer(operation: string, message: string): GatewayError {
  return new GatewayError(`${manifest.name} ${operation}: ${message}`, {
    kind: 'bad_response',
    gateway: manifest.id,
    operation,
    reached: 'yes',
  })
}
