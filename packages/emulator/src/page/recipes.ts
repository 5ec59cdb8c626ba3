import { EmulatorError } from '../errors.ts'
import type { GatewayCredentials } from '../gateways.ts'
import { MOUNTS } from '../mounts.ts'
import type { GatewayId } from '../sessions/session.ts'
import { type Answer, bytesOf } from '../wire/answer.ts'
import { type PlainRequest, ReceivedHeaders } from '../wire/request.ts'
import type { SessionAction } from './types.ts'

/** A request to a gateway's own API, below its base URL. */
export interface Recipe {
  readonly method: string
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** The request of a recipe, as the gateway gets it. */
export function requestOf(
  gateway: GatewayId,
  { method, path: target, body }: Recipe,
  headers: Readonly<Record<string, string>>,
): PlainRequest {
  const [path = '', query = ''] = target.split('?')
  return {
    method,
    path: MOUNTS[gateway] + path,
    search: query === '' ? '' : `?${query}`,
    query: new URLSearchParams(query),
    headers: new ReceivedHeaders(headers),
    body: body && new TextEncoder().encode(JSON.stringify(body)),
  }
}

/** How the page does through a gateway's own API what programs do with it. */
export interface Recipes {
  /** Whether the caller names a new session; otherwise the gateway names it. */
  readonly named: boolean
  headers(credentials: GatewayCredentials): Readonly<Record<string, string>>
  /** The requests that make a session and start it. `made` gives the answer of the one before. */
  readonly create: readonly ((session: string, made: () => unknown) => Recipe)[]
  readonly actions: Readonly<Partial<Record<SessionAction, (session: string) => Recipe>>>
  code(session: string, phone: string): Recipe
  send(session: string, to: string, text: string): Recipe
}

const part = encodeURIComponent
const digits = (to: string) => to.replace(/@c\.us$/, '')

const waha = (verb: string) => (session: string) => ({ method: 'POST', path: `/api/sessions/${part(session)}/${verb}` })
const wawp =
  (verb: string, method = 'POST') =>
  (session: string) => ({ method, path: `/v2/session/${verb}`, body: { instance_id: session } })
const warest =
  (verb: string, method = 'GET') =>
  (session: string) => ({ method, path: `/api/v1/session/${verb}?sessionId=${part(session)}` })
const sparkbot =
  (verb: string, method = 'POST') =>
  (session: string) => ({ method, path: `/devices/${part(session)}${verb}` })

/** Each gateway has the actions that its API has; a missing one is not replaced by another. */
export const RECIPES: Readonly<Record<GatewayId, Recipes>> = {
  waha: {
    named: true,
    headers: ({ waha: { apiKey } }) => ({ 'x-api-key': apiKey }),
    create: [(name) => ({ method: 'POST', path: '/api/sessions', body: { name, start: true } })],
    actions: {
      start: waha('start'),
      stop: waha('stop'),
      restart: waha('restart'),
      logout: waha('logout'),
      delete: (session) => ({ method: 'DELETE', path: `/api/sessions/${part(session)}` }),
    },
    code: (session, phoneNumber) => ({ method: 'POST', path: `/api/${part(session)}/auth/request-code`, body: { phoneNumber } }),
    send: (session, chatId, text) => ({ method: 'POST', path: '/api/sendText', body: { session, chatId, text } }),
  },
  wawp: {
    named: false,
    headers: ({ wawp: { accessToken } }) => ({ 'access-token': accessToken }),
    create: [
      () => ({ method: 'POST', path: '/v2/session/create', body: {} }),
      (_, made) => wawp('start')(String((made() as { instance_id?: unknown }).instance_id)),
    ],
    actions: {
      start: wawp('start'),
      stop: wawp('stop'),
      restart: wawp('restart'),
      logout: wawp('logout'),
      delete: wawp('delete', 'DELETE'),
    },
    code: (session, phone) => ({ method: 'POST', path: '/v2/auth/request-code', body: { instance_id: session, phone_number: phone } }),
    send: (session, chatId, message) => ({ method: 'POST', path: '/v2/send/text', body: { instance_id: session, chatId, message } }),
  },
  warest: {
    named: true,
    headers: ({ warest: { apiKey } }) => ({ 'x-warest-api-key': apiKey }),
    create: [warest('create')],
    actions: {
      restart: warest('reconnect'),
      logout: warest('logout'),
      delete: warest('delete', 'DELETE'),
    },
    code: (session, phone) => ({
      method: 'GET',
      path: `/api/v1/session/create/pair-code?sessionId=${part(session)}&phone=${part(phone)}`,
    }),
    send: (sessionId, to, message) => ({
      method: 'POST',
      path: '/api/v1/messages/send/text',
      body: { sessionId, to: digits(to), message },
    }),
  },
  sparkbot: {
    named: false,
    headers: ({ sparkbot: { apiKey } }) => ({ token: apiKey }),
    create: [() => ({ method: 'POST', path: '/devices', body: {} })],
    actions: {
      start: sparkbot('/start'),
      restart: sparkbot('/reboot'),
      reset: sparkbot('/reset'),
      delete: sparkbot('', 'DELETE'),
    },
    code: (session, phone) => ({ method: 'POST', path: `/devices/${part(session)}/authcode`, body: { phone } }),
    send: (device, to, message) => ({
      method: 'POST',
      path: '/messages',
      body: to.endsWith('@g.us') ? { device, group: to, message } : { device, phone: `+${digits(to)}`, message },
    }),
  },
}

/**
 * The recipe of an action.
 *
 * @throws {EmulatorError} `invalid`: the gateway's API has no such action
 */
export function recipeOf(gateway: GatewayId, action: unknown, session: string): Recipe {
  const { actions } = RECIPES[gateway]
  const recipe = Object.hasOwn(actions, String(action)) ? actions[action as SessionAction] : undefined
  if (!recipe) throw new EmulatorError('invalid', `do: ${gateway} has ${Object.keys(actions).join(', ')}`)
  return recipe(session)
}

/**
 * What a gateway answers to a recipe: JSON, or the text.
 *
 * @throws {EmulatorError} `conflict`: the gateway refuses
 */
export async function answerOf(gateway: GatewayId, answer: Answer): Promise<unknown> {
  const text = new TextDecoder().decode(await bytesOf(answer))
  const { status } = answer
  if (status < 200 || status > 299) throw new EmulatorError('conflict', `${gateway} answers ${status}: ${text.slice(0, 500)}`)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
