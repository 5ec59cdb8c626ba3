import type { Plugin } from '../src/gateway/contract.ts'
import { definePlugin } from '../src/gateway/define-plugin.ts'
import type { GatewayConfig, OperationTable, Route, SessionInfo, SessionRef } from '../src/index.ts'
import type { FetchInit } from '../src/request/transport.ts'
import type { Clock } from '../src/time/clock.ts'
import type { Manifest } from '../src/vocabulary/manifest.ts'

/** A little gateway of three operations, for core's own tests. */
export const manifest: Manifest = {
  contract: 1,
  id: 'sample',
  name: 'Sample',
  packageName: '@wamux/sample',
  factory: 'createSample',
  about: 'Made up.',
  docs: 'https://example.invalid',
  api: { version: '1' },
  sessionTerm: 'session',
  credentials: [{ field: 'apiKey', label: 'API key', env: 'WAMUX_SAMPLE_API_KEY', secret: true, required: true }],
  capabilities: { 'session.get': 'native', 'session.logout': 'native' },
}

interface SampleConfig extends GatewayConfig {
  readonly apiKey: string
}

interface Json<Body> {
  headers: Record<string, unknown>
  content: { 'application/json': Body }
}
type Thing = { state: string }

export interface calls {
  'sessions.get': {
    parameters: { path: { session: string }; query?: { expand?: string[] } }
    requestBody?: never
    responses: { 200: Json<Thing> }
  }
  'messages.sendText': {
    parameters: { query?: never }
    requestBody: { content: { 'application/json': { chatId: string; text: string; mood?: 'glad' | 'sad'; hookSecret?: string } } }
    responses: { 201: Json<{ id: string }> }
  }
  'files.get': {
    parameters: { path: { id: string } }
    requestBody?: never
    responses: { 200: { headers: object; content: { 'image/png': Uint8Array } } }
  }
  'sessions.delete': {
    parameters: { path: { session: string } }
    requestBody?: never
    responses: { 200: { headers: object; content?: never } }
  }
}

export interface paths {
  '/api/sessions/{session}': { get: calls['sessions.get']; delete: calls['sessions.delete'] }
  '/api/sendText': { post: calls['messages.sendText'] }
  '/api/files/{id}': { get: calls['files.get'] }
}

const getSession: Route<calls['sessions.get']> = { id: 'sessions.get', method: 'GET', path: '/api/sessions/{session}', safety: 'read' }
export const sendText: Route<calls['messages.sendText']> = {
  id: 'messages.sendText',
  method: 'POST',
  path: '/api/sendText',
  safety: 'send',
  secrets: ['hookSecret'],
}

const base = { audience: 'nobody', evidence: 'verified', about: 'x', produces: ['application/json'] } as const
const session = { name: 'session', in: 'path', type: 'string', required: true } as const

export const operations: OperationTable = {
  resources: [{ name: 'sessions', label: 'Sessions' }],
  operations: {
    'sessions.get': {
      ...base,
      ...getSession,
      resource: 'sessions',
      label: 'Get Session',
      parameters: [session, { name: 'expand', in: 'query', type: 'array', items: { type: 'string' }, comma: true }],
    },
    'sessions.delete': {
      ...base,
      id: 'sessions.delete',
      resource: 'sessions',
      label: 'Delete Session',
      method: 'DELETE',
      path: getSession.path,
      safety: 'danger',
      parameters: [session],
    },
    'messages.sendText': {
      ...base,
      ...sendText,
      resource: 'messages',
      label: 'Send Text',
      body: {
        required: true,
        kinds: [
          {
            content: 'application/json',
            fields: [
              { name: 'chatId', type: 'string', required: true },
              { name: 'text', type: 'string', required: true },
              { name: 'mood', type: 'string', enum: ['glad', 'sad'] },
              { name: 'hookSecret', type: 'string', secret: true },
            ],
          },
        ],
      },
    },
    'files.get': {
      ...base,
      id: 'files.get',
      resource: 'files',
      label: 'Get File',
      method: 'GET',
      path: '/api/files/{id}',
      safety: 'read',
      produces: ['image/png'],
      parameters: [{ name: 'id', in: 'path', type: 'string', required: true }],
    },
    'files.upload': {
      ...base,
      id: 'files.upload',
      resource: 'files',
      label: 'Upload File',
      method: 'POST',
      path: '/api/files',
      safety: 'create',
      body: {
        required: true,
        kinds: [
          { content: 'application/json', fields: [{ name: 'file', type: 'string', format: 'byte', required: true }] },
          {
            content: 'multipart/form-data',
            fields: [
              { name: 'file', type: 'binary', required: true },
              { name: 'tags', type: 'array', items: { type: 'string' } },
            ],
          },
        ],
      },
    },
  },
}

export interface SampleCapabilities {
  readonly session: {
    get(input: SessionRef): Promise<SessionInfo<Thing>>
    logout(input: SessionRef): Promise<SessionInfo<Thing>>
  }
}

export const createSample: Plugin<SampleConfig, SampleCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: async () => ({ operations }),
  auth: (config: SampleConfig) => ({
    secrets: [config.apiKey],
    queryNames: ['key'],
    apply(draft) {
      draft.headers['x-api-key'] = config.apiKey
    },
  }),
  failures: async () => ({ readFailure: () => undefined }),
  create: ({ send }): SampleCapabilities => {
    const get = async ({ session: name }: SessionRef) => {
      const { data } = await send(getSession, { path: { session: name } })
      return { session: name, state: 'unknown', account: 'unknown', nextActions: [], raw: data } as const
    }
    return { session: { get, logout: get } }
  },
})

export interface Seen extends FetchInit {
  readonly url: string
}

export interface Script {
  readonly fetch: (url: string, init: FetchInit) => Promise<Response>
  readonly seen: Seen[]
}

/** A fetch that answers as told and remembers what it was asked. */
export function scripted(...answers: (Response | Error | ((seen: Seen) => Response | Promise<Response>))[]): Script {
  const seen: Seen[] = []
  const fetch = async (url: string, init: FetchInit): Promise<Response> => {
    const request = { ...init, url }
    seen.push(request)
    const answer = answers[Math.min(seen.length, answers.length) - 1]
    if (answer instanceof Error) throw answer
    if (typeof answer === 'function') return answer(request)
    return (answer as Response).clone()
  }
  return { fetch, seen }
}

/** Time that passes only when somebody waits for it. */
export function jumpingClock(): Clock & { readonly waits: number[] } {
  let now = 1_000
  const waits: number[] = []
  return {
    waits,
    now: () => now,
    after(ms, callback) {
      let cancelled = false
      // deadlines never pass by themselves here, pauses pass at once
      if (ms < 25_000) {
        queueMicrotask(() => {
          if (cancelled) return
          waits.push(ms)
          now += ms
          callback()
        })
      }
      return () => {
        cancelled = true
      }
    },
  }
}

export const config: { baseUrl: string; apiKey: string } = { baseUrl: 'http://gateway.invalid/prefix/', apiKey: 'canary-7f3e' }
