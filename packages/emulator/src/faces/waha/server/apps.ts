import { phoneInJid } from '../../../network/jid.ts'
import type { State } from '../../../state.ts'
import { type Answer, empty, json } from '../../../wire/answer.ts'
import type { Call, Handler } from '../../handler.ts'
import { isRecord, textOf } from '../../http.ts'
import { createConnectedHandlers, pageOf } from '../request-context.ts'
import { nestError, notFound } from '../serialize.ts'

interface App {
  readonly id: string
  readonly session: string
  readonly app: string
  readonly enabled: boolean
  readonly config: Readonly<Record<string, unknown>>
}

/** The apps that bring numbers into WhatsApp's form, by the word in their operations, and the numbers that each looks up. */
const NUMBER_APPS: readonly (readonly [word: string, app: string, prefix: string])[] = [
  ['', 'phone-numbers', ''],
  ['Brazilian', 'brazilian-phone-numbers', '55'],
  ['Argentine', 'argentine-phone-numbers', '54'],
  ['Mexican', 'mexican-phone-numbers', '52'],
]
const KNOWN: readonly string[] = ['chatwoot', 'calls', ...NUMBER_APPS.map(([, app]) => app)]

/** Apps of sessions; a session has each at most once. The emulator stores them, and plays the lists of numbers that they keep. */
export function appHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const apps = state.memory.part('waha/apps', () => new Map<string, App>())
  const purged = state.memory.part('waha/purged-numbers', () => new Map<string, readonly string[]>())

  function problem({ app, session }: Readonly<Record<string, unknown>>, id: string): Answer | undefined {
    if (!KNOWN.includes(String(app))) return nestError(400, 'Bad Request', [`app must be one of the following values: ${KNOWN.join(', ')}`])
    const name = textOf(session) ?? ''
    if (!state.sessions('waha').get(name)) return nestError(422, 'Unprocessable Entity', `Session "${name}" does not exist`)
    const taken = [...apps.values()].some((one) => one.id !== id && one.session === name && one.app === app)
    return taken ? nestError(422, 'Unprocessable Entity', `App '${app}' is already enabled for session '${name}'`) : undefined
  }

  function save(id: string, { session, app, enabled, config }: Readonly<Record<string, unknown>>): App {
    const made = { id, session: String(session), app: String(app), enabled: enabled !== false, config: isRecord(config) ? config : {} }
    apps.set(id, made)
    return made
  }

  const existing = (act: (app: App, call: Call) => Answer): Handler => {
    return (call) => {
      const found = apps.get(call.params.id ?? '')
      return found ? act(found, call) : notFound('App not found')
    }
  }

  const enabledIn = (session: string, app: string) =>
    [...apps.values()].find((one) => one.session === session && one.app === app && one.enabled)
  const placeOf = (session: string, app: string) => `${app} ${session}`

  /** The numbers of a session's chats that an app knows, until a call makes it forget them. */
  const numbersOf = (app: string, prefix: string, play: (numbers: readonly string[], session: string, call: Call) => Answer): Handler =>
    whenConnected(({ session, account, call }) => {
      if (!enabledIn(session.id, app))
        return nestError(422, 'Unprocessable Entity', `App '${app}' is not enabled for session '${session.id}'`)
      const forgotten = purged.get(placeOf(session.id, app)) ?? []
      const phones = state.network.chats.list(account).flatMap(({ id }) => phoneInJid(id) ?? [])
      return play(
        phones.filter((phone) => phone.startsWith(prefix) && !forgotten.includes(phone)),
        session.id,
        call,
      )
    })

  const firstOf = (numbers: readonly string[], call: Call) => {
    return call.query.has('limit') ? pageOf(numbers, call) : pageOf(numbers, call).slice(0, 100)
  }
  const numberApps = NUMBER_APPS.flatMap(([word, app, prefix]): [string, Handler][] => [
    [
      `numberApps.get${word}Stats`,
      numbersOf(app, prefix, ({ length }) => json(200, { memory: { total: length }, db: { total: length, verified: length } })),
    ],
    [
      `numberApps.list${word}Memory`,
      numbersOf(app, prefix, (numbers, _, call) => {
        const expiresAt = new Date(state.clock.now() + 24 * 3_600_000).toISOString()
        return json(
          200,
          firstOf(numbers, call).map((key) => ({ key, chatId: `${key}@c.us`, expiresAt })),
        )
      }),
    ],
    [
      `numberApps.list${word}Stored`,
      numbersOf(app, prefix, (numbers, session, call) => {
        const resolvedAt = new Date(state.startedAt).toISOString()
        const rows = firstOf(numbers, call).map((key) => {
          return { id: state.ids.of(`waha/number/${session}/${key}`, 12), key, chatId: `${key}@c.us`, verified: true, resolvedAt }
        })
        return json(200, rows)
      }),
    ],
    [
      `numberApps.purge${word}`,
      numbersOf(app, prefix, (numbers, session) => {
        const place = placeOf(session, app)
        purged.set(place, [...(purged.get(place) ?? []), ...numbers])
        return json(200, { deleted: numbers.length })
      }),
    ],
  ])

  return {
    'apps.list': ({ query }) =>
      json(
        200,
        [...apps.values()].filter(({ session }) => session === query.get('session')),
      ),
    'apps.create': ({ body }) => {
      const id = textOf(body.id) ?? `app_${state.ids.next('waha/app', 26, '0123456789abcdefghjkmnpqrstvwxyz')}`
      if (apps.has(id)) return nestError(422, 'Unprocessable Entity', `App '${id}' exists already`)
      return problem(body, id) ?? json(201, save(id, body))
    },
    'apps.get': existing((app) => json(200, app)),
    'apps.update': existing((app, { body }) => {
      const wanted = { ...app, ...body }
      return problem(wanted, app.id) ?? json(200, save(app.id, wanted))
    }),
    'apps.delete': existing(({ id }) => {
      apps.delete(id)
      return empty(200)
    }),
    'apps.purge': existing((app) => purge(app)),
    'apps.purgeOfSession': ({ params }) => {
      const found = enabledIn(params.session ?? '', params.app ?? '')
      return found
        ? purge(found)
        : nestError(422, 'Unprocessable Entity', `App '${params.app}' is not enabled for session '${params.session}'`)
    },
    ...Object.fromEntries(numberApps),
  }

  function purge({ session, app }: App): Answer {
    const account = state.sessions('waha').get(session)?.account
    const known = account ? state.network.chats.list(account).flatMap(({ id }) => phoneInJid(id) ?? []) : []
    purged.set(placeOf(session, app), known)
    return empty(201)
  }
}
