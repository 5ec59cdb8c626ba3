import type { State } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call } from '../handler.ts'
import { textOf } from '../http.ts'
import { REGISTRY } from './webhooks.ts'

const SESSION = { username: REGISTRY, role: 'admin', isAdmin: true } as const

/**
 * The pages of WARest's dashboard that programs use: login and the trial of a webhook. They are not in the OpenAPI document.
 *
 * @param apiKey also the password of the user `admin`
 * @returns `undefined` for every other path
 */
export async function dashboardResponse(state: State, call: Call, apiKey: string, key: string | undefined): Promise<Answer | undefined> {
  const { method, path, body } = call
  if (method === 'GET' && path === '/docs/openapi.json' && key === undefined) {
    return json(401, { error: 'LOGIN_REQUIRED', login: `/login?next=${encodeURIComponent(path)}` })
  }
  if (method !== 'POST') return undefined
  if (path === '/api/auth/login') {
    if (!textOf(body.username)?.trim() || !textOf(body.password)?.trim()) return json(400, { error: 'username/password required' })
    const right = body.username === REGISTRY && body.password === apiKey
    return right ? json(200, { apiKey, ...SESSION, registry: REGISTRY }) : json(401, { error: 'Invalid credentials' })
  }
  if (path === '/api/auth/logout') return json(200, { ok: true })
  if (path === '/api/auth/session') {
    const given = key ?? textOf(body.apiKey) ?? textOf(body.token)
    if (given === undefined) return json(400, { error: 'apiKey required' })
    return given === apiKey ? json(200, { ok: true, ...SESSION }) : json(401, { error: 'Invalid apiKey' })
  }
  if (key !== apiKey) return undefined
  if (path === '/api/webhooks/preflight') return preflight(state, call)
  return undefined
}

async function preflight({ webhooks, sessions }: State, { body }: Call): Promise<Answer> {
  const target = textOf(body.url)
  if (target === undefined || textOf(body.secret) === undefined) return json(400, { error: 'url and secret required' })
  if (body.sessionId !== undefined && !sessions('warest').get(String(body.sessionId))) return json(404, { error: 'Session not found' })
  const result = { target, ...(await webhooks.probe(target)) }
  return json(200, { ok: result.ok, results: [result] })
}
