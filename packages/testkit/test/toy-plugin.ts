import {
  type Capabilities,
  definePlugin,
  type GatewayConfig,
  GatewayError,
  invalidInput,
  type Manifest,
  meaningOf,
  parseAddress,
  type Route,
  type Send,
  type SessionInfo,
  type SessionRef,
  type StateTable,
  sessionInfo,
  toJid,
  waitForSession,
} from '@wamux/core'
import type { PluginFactory } from '../src/index.ts'
import { operations, routes } from './toy-operations.ts'

/** What a plugin's author may get wrong. */
export type Fault =
  | 'stop logs out'
  | 'error shows the key'
  | 'send is repeated'
  | 'new states throw'
  | 'path is glued together'
  | 'manifest claims restart'
  | 'restart is not in the manifest'
  | 'missing session is no error'
  | 'delete is repeated'
  | 'errors are plain'
  | 'sent without an id is a failure'
  | 'no answer is an empty list'
  | 'base64 of the key is no secret'

interface ToyConfig extends GatewayConfig {
  readonly apiKey: string
  /** How the key is sent. Default: as it is. */
  readonly basic?: boolean
}

const STATES: StateTable<'off' | 'pairing' | 'on'> = {
  off: { state: 'stopped' },
  pairing: { state: 'pairing', challenge: 'qr' },
  on: { state: 'connected' },
}

const manifest: Manifest = {
  contract: 1,
  id: 'toy',
  name: 'Toy',
  packageName: '@wamux/toy',
  factory: 'createToy',
  about: 'Made up.',
  docs: 'https://toy.invalid/docs',
  api: { version: '1' },
  sessionTerm: 'session',
  credentials: [{ field: 'apiKey', label: 'API key', env: 'WAMUX_TOY_API_KEY', secret: true, required: true }],
  capabilities: {
    'session.list': 'native',
    'session.get': 'native',
    'session.create': 'native',
    'session.delete': 'native',
    'session.start': 'native',
    'session.stop': 'native',
    'session.logout': 'native',
    'session.qr': 'native',
    'session.requestPairingCode': 'native',
    'session.waitFor': 'composed',
    'message.sendText': 'native',
  },
}

/** A plugin for the toy gateway, right in all but the one thing that is asked for. */
export function toyPlugin(fault?: Fault): PluginFactory {
  const is = (one: Fault) => one === fault
  const own: Manifest = is('manifest claims restart')
    ? { ...manifest, capabilities: { ...manifest.capabilities, 'session.restart': 'native' } }
    : manifest

  return definePlugin<object, Record<string, unknown>>()({
    contract: 1,
    manifest: own,
    operations: async () => ({ operations }),
    failures: async () => ({ readFailure: () => undefined, sessionOf: (_, field) => field('session') }),
    auth: ({ apiKey, basic }: ToyConfig) => {
      const token = btoa(`toy:${apiKey}`)
      return {
        // core hides what it knows, also in what a plugin throws: only a secret that it was not told of comes to light
        secrets: is('error shows the key') ? [] : is('base64 of the key is no secret') ? [] : [apiKey, token],
        apply(draft) {
          if (basic) draft.headers.authorization = `Basic ${token}`
          else draft.headers['x-key'] = apiKey
        },
      }
    },
    create: ({ config, send: perform, clock }): Capabilities => {
      const send: Send = async (route, parts, options) => {
        try {
          return await perform(route, parts, options)
        } catch (error) {
          if (is('error shows the key')) throw new GatewayError('It failed', { kind: (error as GatewayError).kind, hint: config.apiKey })
          throw is('errors are plain') ? new Error((error as GatewayError).message) : error
        }
      }
      return verbsOf(send, clock, is)
    },
  })
}

type Is = (fault: Fault) => boolean

function verbsOf(send: Send, clock: Parameters<typeof waitForSession>[1], is: Is): Capabilities {
  const on = (route: Route) => {
    return async ({ session }: SessionRef, options?: object): Promise<SessionInfo> => {
      const glued = { ...route, path: route.path.replace('{session}', session) }
      const { data } = await send(is('path is glued together') ? glued : route, { path: { session } }, options)
      return describe(session, data)
    }
  }

  function describe(session: string, raw: unknown): SessionInfo {
    const { state } = (raw ?? {}) as { state?: string }
    if (is('new states throw') && !Object.hasOwn(STATES, state ?? '')) throw new TypeError(`what is ${state}?`)
    const meaning = meaningOf(STATES, state)
    return sessionInfo(manifest, { session, ...meaning, account: meaning.state === 'connected' ? 'ok' : 'unknown', raw })
  }

  const get = async (input: SessionRef, options?: object): Promise<SessionInfo> => {
    try {
      return await on(routes.get)(input, options)
    } catch (error) {
      const missing = GatewayError.is(error) && error.kind === 'not_found'
      if (missing && is('missing session is no error')) return describe(input.session, undefined)
      throw error
    }
  }

  return {
    session: {
      async list(_input, options) {
        const { data } = await send(routes.list, {}, options)
        const answered = Array.isArray(data)
        if (!answered && !is('no answer is an empty list')) throw new GatewayError('no list', { kind: 'bad_response', reached: 'yes' })
        const raw = answered ? data : []
        return { sessions: raw.map((one) => describe(textIn(one, 'name') ?? '', one)), raw }
      },
      get,
      async create({ session = '' }, options) {
        const { data } = await send(routes.create, { body: { name: session } }, options)
        return describe(session, data)
      },
      async delete({ session }, options) {
        const route: Route = is('delete is repeated') ? { ...routes.remove, safety: 'converge' } : routes.remove
        const { data } = await send(route, { path: { session } }, options)
        return { session, deleted: true, raw: data }
      },
      start: on(routes.start),
      stop: on(is('stop logs out') ? routes.logout : routes.stop),
      logout: on(routes.logout),
      ...(is('restart is not in the manifest') ? { restart: on(routes.start) } : {}),
      async qr({ session }, options) {
        const { data } = await send(routes.qr, { path: { session } }, options)
        return { session, value: textIn(data, 'text') ?? '', raw: data }
      },
      async requestPairingCode({ session, phone }, options) {
        const { data } = await send(routes.code, { path: { session }, body: { phone } }, options)
        return { session, code: textIn(data, 'code') ?? '', raw: data }
      },
      waitFor: waitForSession(get, clock),
    },
    message: {
      async sendText({ session, to, text }, options) {
        const route: Route = is('send is repeated') ? { ...routes.send, safety: 'converge' } : routes.send
        const jid = toJid(parseAddress(to))
        if (typeof text !== 'string') throw invalidInput('text', 'expected text')
        const { data } = await send(route, { body: { session, to: jid, text } }, options)
        const id = textIn(data, 'id')
        if (id === undefined && is('sent without an id is a failure')) {
          throw new GatewayError('no id', { kind: 'bad_response' })
        }
        return { session, to: jid, ...(id === undefined ? {} : { id }), status: 'sent', raw: data }
      },
    },
  }
}

function textIn(data: unknown, name: string): string | undefined {
  const value = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : undefined
}
