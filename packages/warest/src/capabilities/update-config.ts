import { type CallOptions, fillPath, GatewayError, invalidInput, type Send } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { omitUndefined, textOf } from '@wamux/engine'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { resultOf, rowsOf } from './from-vendor.ts'

type Schemas = components['schemas']

/** The settings of a session. */
const SETTINGS: Readonly<Record<keyof Schemas['SessionConfig'], true>> = { webhookUrl: true, webhookSecret: true, preflight: true }

/** Where the webhook of a session goes, what it is signed with, and the answer that tells. */
export interface PresentConfig {
  readonly url: string
  readonly secret: string | undefined
  readonly raw: Schemas['SessionCreatedAnswer']
}

/** The create call's message for a session that was open before. */
const OPEN_ALREADY = 1104

/**
 * Reads the settings of a session. Only the answer of the create call has them, which would start a session that is stopped. So the session
 * is looked up right before it. Between the two calls it can still stop, and is then started; the server has no call that could prevent
 * that, but its answer shows it, and nothing is changed after that.
 *
 * @throws {GatewayError} `not_found`: there is no such session
 * @throws {GatewayError} `conflict`: the session is stopped, or was open and is not any more, so that reading may have started it
 * @throws {GatewayError} `bad_response`: the answer does not tell the settings
 */
export async function readConfig(send: Send, session: string, options?: CallOptions): Promise<PresentConfig> {
  const sessionId = textInput(session, 'session')
  // checked before the look-up, because the session is part of a path after it
  fillPath(routes.sessionsUpdateConfig.path, { sessionId })
  const { data: list } = await send(routes.sessionsList, {}, options)
  const found = rowsOf<Schemas['Session']>(resultOf(list).items).find(({ id }) => id === sessionId)
  if (!found) throw problem('not_found', `session "${session}" does not exist`)
  if (found.status === 'stopped' || found.status === 'logged_out') {
    throw problem('conflict', `session "${session}" is ${found.status}, and only of a running one it tells the webhook`)
  }
  const { data: raw } = await send({ ...routes.sessionsCreate, safety: 'converge' }, { query: { sessionId } }, options)
  if (found.status === 'open' && raw?.code !== undefined && raw.code !== OPEN_ALREADY) throw stoppedMeanwhile(session)
  const { webhookUrl, webhookSecret } = resultOf(raw)
  // settings that the response does not contain must not be overwritten
  if (typeof webhookUrl !== 'string') throw problem('bad_response', 'the answer does not tell the webhook')
  return { url: webhookUrl, secret: textOf(webhookSecret), raw }
}

/**
 * Changes settings of a session and keeps the others: without a secret the server makes a new one up (seen), so that what is not given is
 * looked up and sent along.
 *
 * @throws {GatewayError} `invalid_request`: a setting that there is not, which the server would take and ignore
 * @throws {GatewayError} `conflict`: a setting has to be looked up, and the session is stopped
 */
export async function updateConfig(
  send: Send,
  session: string,
  config: unknown,
  options?: CallOptions,
): Promise<Schemas['SessionConfiguredAnswer']> {
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw invalidInput('config', `expected an object with ${Object.keys(SETTINGS).join(', ')}`)
  const unknown = Object.keys(config).find((name) => !Object.hasOwn(SETTINGS, name))
  if (unknown !== undefined)
    throw invalidInput(`config.${unknown}`, `expected one of ${Object.keys(SETTINGS).join(', ')}. Nothing was changed`)
  const given = config as Schemas['SessionConfig']
  const whole = given.webhookUrl !== undefined && (given.webhookUrl === '' || given.webhookSecret !== undefined)
  const present = whole ? undefined : await readConfig(send, session, options)
  const kept = present && omitUndefined({ webhookUrl: present.url, webhookSecret: present.secret })
  return (await send(routes.sessionsUpdateConfig, { path: { sessionId: session }, body: { ...kept, ...given } }, options)).data
}

function stoppedMeanwhile(session: string): GatewayError {
  const text = `session "${session}" was open and is not any more: looking up its settings may have started it again`
  const hint = 'No setting was changed. Check the session: it may wait for a QR scan, or has to be stopped again.'
  return new GatewayError(`${manifest.name}: ${text}`, { kind: 'conflict', gateway: manifest.id, reached: 'yes', hint })
}

function problem(kind: 'not_found' | 'conflict' | 'bad_response', text: string): GatewayError {
  const reached = kind === 'bad_response' ? 'yes' : 'no'
  return new GatewayError(`${manifest.name}: ${text}`, { kind, gateway: manifest.id, reached })
}
