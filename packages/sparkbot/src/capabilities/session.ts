import type {
  AccountState,
  BodyOf,
  CallOptions,
  PluginContext,
  SessionInfo,
  SessionQr,
  SessionVerbs,
  StateTable,
  TypedVerbs,
} from '@wamux/core'
import { accountOf, meaningOf, parseAddress, sessionInfo, waitForSession, withProgress } from '@wamux/core/plugin'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { calls, components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Schemas = components['schemas']
type Device = Schemas['Device']
type DeviceUpdate = BodyOf<calls['devices.update']>

/**
 * The session verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#sessions
 */
export interface SparkbotSession
  extends TypedVerbs<
    SessionVerbs,
    {
      list: Device[]
      get: Device
      create: Device
      update: Device
      delete: unknown
      start: unknown
      restart: unknown
      reset: unknown
      qr: unknown
      requestPairingCode: unknown
      waitFor: Device
    }
  > {}

/** What the words for a session mean. */
export const STATES: StateTable<Schemas['SessionStatus']> = {
  new: { state: 'starting' },
  loading: { state: 'starting' },
  authorize: { state: 'pairing', challenge: 'qr' },
  authorizing: { state: 'connecting' },
  online: { state: 'connected' },
  offline: { state: 'disconnected' },
  timeout: { state: 'disconnected' },
  timeout_sync: { state: 'disconnected' },
  // inferred: somebody switched it off
  'offline:panel': { state: 'stopped' },
  'offline:modal': { state: 'stopped' },
  conflict: { state: 'conflict' },
  blocked: { state: 'failed' },
  error: { state: 'failed' },
}

const ACCOUNTS: Readonly<Record<Schemas['DeviceStatus'], AccountState>> = {
  operative: 'ok',
  verified: 'ok',
  authorized: 'ok',
  preload: 'pending',
  pending: 'pending',
  unpaid: 'unpaid',
  disabled: 'disabled',
  banned: 'banned',
  removed: 'removed',
  invalid: 'removed',
}

const PAGE_SIZE = 100
const LAST_PAGE = 50
// a reset that waits may take two minutes; the client must not give up before the gateway does
const RESET_TIMEOUT_MS = 150_000
const RESTART_TIMEOUT_MS = 120_000

/** The session verbs of SparkBot; a session is a WhatsApp number (device). It has no stop and no logout. */
export function sessionVerbs({ send, clock, eventBus }: PluginContext<SparkbotConfig>): SparkbotSession {
  const get: SparkbotSession['get'] = async ({ session }, options) => {
    const { data } = await send(routes.devicesGet, { path: { deviceId: session } }, options)
    return describe(session, data)
  }

  async function listAll(options?: CallOptions): Promise<Device[]> {
    const all: Device[] = []
    // no total is given: a page that is not full is the last
    for (let page = 0; page <= LAST_PAGE; page++) {
      const { data } = await send(routes.devicesList, { query: { page, size: PAGE_SIZE } }, options)
      if (!Array.isArray(data)) throw new TypeError('the answer is no list')
      for (const device of data) all.push(device)
      if (data.length < PAGE_SIZE) break
    }
    return all
  }

  return {
    async list(_input, options) {
      const raw = await listAll(options)
      return { sessions: raw.flatMap((one) => (one?.id && typeof one.id === 'string' ? describe(one.id, one) : [])), raw }
    },

    get,

    async create({ session, config }, options) {
      if (config !== undefined)
        throw (await import('@wamux/core/verbs')).unsupportedInput(
          manifest,
          'config',
          'it makes a session without settings. Give them to session.update once it exists. Nothing was made.',
        )
      const { data } = await send(routes.devicesCreate, { body: session ? { alias: session } : {} }, options)
      return describe(data.id ?? '', data)
    },

    async update({ session, config }, options) {
      const { data } = await send(routes.devicesUpdate, { path: { deviceId: session }, body: config as DeviceUpdate }, options)
      if (typeof data?.session?.status === 'string') return describe(session, data)
      // a response without the state: the session is read again
      return get({ session }, { ...options, attempts: 1 }).catch(() => describe(session, data))
    },

    async delete({ session }, options) {
      const { data } = await send(routes.devicesDelete, { path: { deviceId: session } }, options)
      return { session, deleted: true, raw: data }
    },

    async start({ session }, options) {
      const { data } = await send(routes.devicesStart, { path: { deviceId: session } }, { timeoutMs: RESTART_TIMEOUT_MS, ...options })
      return describeAfter(session, data)
    },

    async restart({ session }, options) {
      const { data } = await send(routes.devicesReboot, { path: { deviceId: session } }, { timeoutMs: RESTART_TIMEOUT_MS, ...options })
      return describeAfter(session, data)
    },

    async reset({ session, deleteData, wait, emptyQueue }, options = {}) {
      const query = {
        ...(deleteData === undefined ? {} : { data: deleteData }),
        ...(wait === undefined ? {} : { wait }),
        ...(emptyQueue === undefined ? {} : { emptyQueue }),
      }
      const { data } = await withProgress(clock, options, (call) =>
        send(routes.devicesReset, { path: { deviceId: session }, query }, { timeoutMs: RESET_TIMEOUT_MS, ...call }),
      )
      return describeAfter(session, data)
    },

    async qr({ session }, options) {
      // SVG is the gateway's default; it does not give the text of the QR code
      const accept = 'image/svg+xml, image/png, application/json;q=0.5'
      const { data, contentType } = await send(routes.devicesGetQr, { path: { deviceId: session } }, { ...options, accept })
      return { session, ...readQr(data, contentType), raw: data }
    },

    async requestPairingCode({ session, phone }, options) {
      const body = { phone: `+${parseAddress(phone, 'phone').user}` }
      const { data } = await send(routes.devicesRequestAuthCode, { path: { deviceId: session }, body }, options)
      return { session, code: codeIn(data), raw: data }
    },

    waitFor: waitForSession(get, clock, eventBus),
  }
}

/** What the word for a number's standing means. */
export function standingOf(word: unknown): AccountState {
  return typeof word === 'string' && Object.hasOwn(ACCOUNTS, word) ? ACCOUNTS[word as Schemas['DeviceStatus']] : 'unknown'
}

function describe<Raw extends Device>(session: string, raw: Raw): SessionInfo<Raw> {
  const account = standingOf(raw.status)
  const me = accountOf(raw.wid ?? raw.phone?.replace(/^\+/, ''), raw.alias)
  return sessionInfo(manifest, { session, ...meaningOf(STATES, raw.session?.status), account, me, raw })
}

// responses of reset and reboot were never seen: read as a session when there is one, otherwise the state is `unknown`
function describeAfter(session: string, raw: unknown): SessionInfo<unknown> {
  const device = typeof raw === 'object' && raw !== null && 'session' in raw ? (raw as Device) : undefined
  if (device) return describe(session, device)
  return sessionInfo(manifest, { session, state: 'unknown', reason: 'This answer does not tell the state.', raw })
}

function readQr(data: unknown, contentType: string): Pick<SessionQr, 'value' | 'image'> {
  if (data instanceof Uint8Array) return { image: { mimetype: contentType, data } }
  if (typeof data === 'string') {
    if (/^\s*(<\?xml[\s\S]*?)?<svg/.test(data)) return { image: { mimetype: 'image/svg+xml', data: new TextEncoder().encode(data) } }
    return { value: data }
  }
  const { qr, value } = (typeof data === 'object' && data !== null ? data : {}) as { qr?: unknown; value?: unknown }
  const text = [value, qr].find((one) => typeof one === 'string')
  return text === undefined ? {} : { value: text }
}

function codeIn(data: unknown): string {
  if (typeof data === 'string') return data
  const { code, authCode } = (typeof data === 'object' && data !== null ? data : {}) as { code?: unknown; authCode?: unknown }
  return String([code, authCode].find((one) => typeof one === 'string' || typeof one === 'number') ?? '')
}
