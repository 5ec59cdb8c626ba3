import type { VirtualClock } from '../clock/virtual-clock.ts'
import { GATEWAYS } from '../control/control.ts'
import { isJson, problem, problemOf } from '../control/routes.ts'
import { EmulatorError } from '../errors.ts'
import { isRecord } from '../faces/http.ts'
import { qrSvg } from '../files/qr.ts'
import type { GatewayCredentials, Gateways } from '../gateways.ts'
import { parsePhone } from '../network/phone-number.ts'
import type { GatewayId, Session } from '../sessions/session.ts'
import type { State } from '../state.ts'
import { Answer, content, json } from '../wire/answer.ts'
import type { PlainRequest } from '../wire/request.ts'
import { createAssets } from './assets.ts'
import { createChanges } from './changes.ts'
import { operationIds } from './operations.ts'
import { answerOf, RECIPES, type Recipe, recipeOf, requestOf } from './recipes.ts'
import type { RequestLog } from './request-log.ts'
import { createRequestDisplay } from './show-request.ts'
import type { DeliveryDetails, DeliveryRow, Overview, Part, RequestRow } from './types.ts'
import { accountIn, chatIn, chatsOf, conversationOf, messageOf, overviewOf, partOf, phonesOf, wanted, wholeNumber } from './views.ts'

export const PAGE_PATH = '/_emulator/page/'

/** The server's side of the web page. */
export interface Page {
  /** Answers `/` and what is below {@link PAGE_PATH}. */
  handle(request: PlainRequest): Promise<Answer>
  close(): void
}

/** What the page shows and steers. */
export interface PageInput {
  readonly state: () => State
  readonly clock: VirtualClock
  readonly log: RequestLog
  readonly gateways: () => Gateways
  /** Performs a request to a gateway and logs it as one of the page. */
  perform(request: PlainRequest): Promise<Answer>
}

type Query = Readonly<Record<string, unknown>>
type Act = (input: Query) => unknown

export function createPage({ state, clock, log, gateways, perform }: PageInput): Page {
  const assets = createAssets()
  const changes = createChanges({ state, log })
  const baseUrlOf = (gateway: GatewayId) => gateways()[gateway].baseUrl
  const credentials = Object.fromEntries(
    GATEWAYS.map((gateway) => [gateway, gateways()[gateway].credentials]),
  ) as unknown as GatewayCredentials
  const display = createRequestDisplay(credentials, baseUrlOf)

  function sessionIn({ gateway, session }: Query): Session {
    const found = state().sessions(gatewayIn(gateway)).get(String(session))
    if (!found) throw new EmulatorError('not_found', `session: ${gateway} has no session ${JSON.stringify(session)}`)
    return found
  }

  /**
   * Asks a gateway as a program would, and gives its answer.
   *
   * @throws {EmulatorError} `conflict`: the gateway refused it, in its own words
   */
  async function ask(gateway: GatewayId, recipe: Recipe): Promise<unknown> {
    const headers = { ...RECIPES[gateway].headers(credentials), ...(recipe.body ? { 'content-type': 'application/json' } : {}) }
    return answerOf(gateway, await perform(requestOf(gateway, recipe, headers)))
  }

  async function create(gateway: GatewayId, name: unknown): Promise<Session | undefined> {
    const { named, create: steps } = RECIPES[gateway]
    if (named && (typeof name !== 'string' || !/^[\w.-]{1,64}$/.test(name))) {
      throw new EmulatorError('invalid', 'session: expected a name of letters, digits, - and _')
    }
    const before = new Set(state().sessions(gateway).list())
    let made: unknown
    for (const step of steps)
      made = await ask(
        gateway,
        step(String(name ?? ''), () => made),
      )
    return state()
      .sessions(gateway)
      .list()
      .find((one) => !before.has(one))
  }

  function deliveryRow({ id, gateway, session, event, url, state: reached, attempts, error }: DeliveryRow): DeliveryRow {
    return { id, gateway, session, event, url: display.url(url), state: reached, attempts, ...(error === undefined ? {} : { error }) }
  }

  const looks: Readonly<Record<string, Act>> = {
    overview: (): Overview => {
      const { network, webhooks } = state()
      const totals = {
        phones: network.accounts().length,
        messages: network.messages().length,
        requests: log.count,
        deliveries: webhooks.list().length,
      }
      return { ...overviewOf(state(), clock, baseUrlOf), totals }
    },
    phones: (query) => phonesOf(state(), query),
    chats: (query) => chatsOf(state(), query.phone, query),
    messages: (query) => conversationOf(state(), query.phone, query.chat, query),
    message: ({ phone, id }) => messageOf(state(), phone, id),
    requests: (query): Part<RequestRow> => {
      const fits = wanted(query.search)
      const only = query.only === 'errors'
      const rows = log.list().filter((one) => {
        if (query.gateway && one.gateway !== query.gateway) return false
        if (only && !isError(one.answer?.status)) return false
        if (!query.search) return true
        const { operation, path, method, status = '', namespace = '' } = display.row(one)
        return fits(operation, path, `${method} ${path}`, String(status), `@${namespace}`)
      })
      return partOf(rows, query, display.row)
    },
    request: ({ id }) => {
      const found = log.get(wholeNumber(id, 'id', 0))
      if (!found) throw new EmulatorError('not_found', `there is no request ${id} any more`)
      return display.details(found)
    },
    deliveries: (query): Part<DeliveryRow> => {
      const fits = wanted(query.search)
      const rows = state()
        .webhooks.list()
        .filter((one) => (!query.gateway || one.gateway === query.gateway) && fits(one.event, one.url, one.session, one.state))
      return partOf([...rows].reverse(), query, deliveryRow)
    },
    delivery: ({ id }): DeliveryDetails => {
      const found = state()
        .webhooks.list()
        .find((one) => one.id === id)
      if (!found) throw new EmulatorError('not_found', `there is no delivery ${id} any more`)
      return { ...deliveryRow(found), ...display.clean(Object.entries(found.headers), found.body) }
    },
    operations: ({ gateway }) => ({ operations: operationIds(gatewayIn(gateway)) }),
    qr: (query) => {
      const { qr } = sessionIn(query)
      if (!qr) throw new EmulatorError('conflict', 'the session shows no QR code')
      return content(200, 'image/svg+xml', qrSvg(qr.value))
    },
    changes: () => changes.stream(),
  }

  const acts: Readonly<Record<string, Act>> = {
    session: async ({ gateway: id, session, do: action, phone }) => {
      const gateway = gatewayIn(id)
      if (action === 'create') return { session: (await create(gateway, session))?.id }
      const { id: known } = sessionIn({ gateway, session })
      if (action === 'code') {
        const digits = parsePhone(phone)
        if (digits === undefined) throw new EmulatorError('invalid', 'phone: expected a number with country code')
        await ask(gateway, RECIPES[gateway].code(known, digits))
      } else await ask(gateway, recipeOf(gateway, action, known))
      return { session: known }
    },
    send: async ({ gateway: id, session, to, text }) => {
      const gateway = gatewayIn(id)
      if (typeof text !== 'string' || text === '') throw new EmulatorError('invalid', 'text: required')
      await ask(gateway, RECIPES[gateway].send(sessionIn({ gateway, session }).id, chatIn(state(), to), text))
    },
    answer: ({ phone, call, accept }) => {
      state().network.calls.answer(accountIn(state(), phone), String(call), accept === true ? 'accepted' : 'rejected')
    },
    forget: () => log.clear(),
  }

  async function handle(request: PlainRequest): Promise<Answer> {
    const { method, path: pathname, query } = request
    if (pathname === '/') return method === 'GET' || method === 'HEAD' ? assets.answer('index.html') : notAllowed(method)
    const name = pathname.slice(PAGE_PATH.length)
    try {
      const act = Object.hasOwn(acts, name) ? acts[name] : undefined
      if (act && method === 'POST') {
        if (!isJson(request)) return problem(415, 'invalid', 'expected a body of type application/json')
        return json(200, (await act(inputOf(request))) ?? { ok: true })
      }
      const look = Object.hasOwn(looks, name) ? looks[name] : undefined
      if (method !== 'GET' && method !== 'HEAD') return notAllowed(method)
      if (!look) return await assets.answer(name)
      const answer = await look(Object.fromEntries(query))
      return answer instanceof Answer ? answer : json(200, answer)
    } catch (error) {
      return problemOf(error)
    }
  }

  return { handle, close: () => changes.close() }
}

function isError(status: number | undefined): boolean {
  return status !== undefined && (status === 0 || status >= 400)
}

function notAllowed(method: string): Answer {
  return problem(405, 'invalid', `${method} is not supported here`)
}

function gatewayIn(value: unknown): GatewayId {
  const found = GATEWAYS.find((one) => one === value)
  if (!found) throw new EmulatorError('invalid', `gateway: expected one of ${GATEWAYS.join(', ')}`)
  return found
}

function inputOf({ body }: PlainRequest): Query {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    if (isRecord(value)) return value
  } catch {}
  throw new EmulatorError('invalid', 'expected a JSON object as body')
}
