import type { State } from '../../../state.ts'
import { type Answer, json } from '../../../wire/answer.ts'
import type { Handler } from '../../handler.ts'
import { isRecord, textOf } from '../../http.ts'
import { nestError, notFound, plusOnly } from '../serialize.ts'

interface ApiKey {
  readonly id: string
  readonly key: string
  readonly isActive: boolean
  readonly isAdmin: boolean
  readonly session: string | null
  readonly actions: Readonly<Record<string, boolean>>
}

const ACTIONS: readonly string[] = ['read', 'send', 'control', 'setting', 'app']

/** API keys. The emulator stores them; only the server's own key opens it. */
export function keyHandlers(state: State): Record<string, Handler> {
  const keys = state.memory.part('waha/keys', () => new Map<string, ApiKey>())

  function problem({ isAdmin, session }: Readonly<Record<string, unknown>>): Answer | undefined {
    const name = textOf(session)
    if (isAdmin === true && name !== undefined) return unprocessable('Session is not allowed for admin keys')
    if (isAdmin !== true && name === undefined) return unprocessable('Either isAdmin must be true or session must be provided')
    if (name !== undefined && !state.sessions('waha').get(name)) return unprocessable(`Session "${name}" does not exist`)
    return undefined
  }

  function save(id: string, body: Readonly<Record<string, unknown>>, actions: unknown, key = keys.get(id)?.key): ApiKey {
    const given = isRecord(actions) ? actions : {}
    const made: ApiKey = {
      id,
      key: key ?? `key_${state.ids.next('waha/key', 32)}`,
      isActive: body.isActive !== false,
      isAdmin: body.isAdmin === true,
      session: textOf(body.session) ?? null,
      actions: Object.fromEntries(ACTIONS.map((name) => [name, given[name] === undefined ? body.isAdmin === true : given[name] === true])),
    }
    keys.set(id, made)
    return made
  }

  const newId = () => `key_${state.ids.next('waha/key-id', 26, '0123456789abcdefghjkmnpqrstvwxyz')}`

  /** A key with one right on one session: the same one each time. */
  const scoped =
    (right: string): Handler =>
    ({ body }) => {
      const refused = problem({ session: body.session })
      if (refused) return refused
      const known = [...keys.values()].find(({ session, actions }) => session === body.session && actions[right] && !actions.setting)
      return json(201, known ?? save(newId(), { session: body.session }, { [right]: true, read: true }))
    }

  return {
    'keys.list': () => json(200, [...keys.values()]),
    'keys.create': ({ body }) => {
      const refused = problem(body)
      if (refused) return refused
      // the edition that was free until 2026.6.1 sells keys
      return state.settings.waha.edition === 'core' ? plusOnly() : json(201, save(newId(), body, body.actions))
    },
    'keys.createMedia': scoped('read'),
    'keys.createControl': scoped('control'),
    'keys.update': ({ params, body }) => {
      const id = params.id ?? ''
      if (!keys.has(id)) return notFound('API key not found')
      return problem(body) ?? json(200, save(id, body, body.actions))
    },
    'keys.delete': ({ params }) => json(200, { result: keys.delete(params.id ?? '') }),
  }
}

function unprocessable(message: string): Answer {
  return nestError(422, 'Unprocessable Entity', message)
}
