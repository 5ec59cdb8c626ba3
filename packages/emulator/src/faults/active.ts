import type { GatewayId } from '../sessions/session.ts'
import type { State } from '../state.ts'
import { USUAL_DELIVERY } from '../webhooks/webhooks.ts'
import { statesOfPhone, statesOfSession } from './account.ts'
import type { AccountFault, FaultArea, FaultName } from './kinds.ts'
import { FAULT_KINDS } from './table/fault-kinds.ts'
import type { WaitingFault } from './wires.ts'

/** Something that is wrong at the moment. */
export interface ActiveFault extends Omit<WaitingFault, 'fault'> {
  /** Which kind; absent for one that was made of single fields. */
  readonly fault?: FaultName | AccountFault
  /** Where it is. */
  readonly area: FaultArea
  /** In words, with its values. */
  readonly text: string
  /** The session that it concerns, for what concerns one. */
  readonly session?: string
  /** The phone that it concerns, for what concerns one. */
  readonly phone?: string
}

/** Stands for no limit of requests: WARest limits the recipients only. */
export const NO_MAX = 1_000_000

interface Active {
  readonly view: ActiveFault
  end(): void
}

/** What is wrong at the moment. */
export function activeFaults(state: State): readonly ActiveFault[] {
  return allActive(state).map(({ view }) => view)
}

/** Ends what has this id; `undefined` when nothing has it. */
export function endingOf(state: State, id: string): (() => void) | undefined {
  return allActive(state).find(({ view }) => view.id === id)?.end
}

function allActive(state: State): readonly Active[] {
  return [...ofAccounts(state), ...ofGateways(state), ...ofWebhooks(state), ...ofWires(state)]
}

function named(
  fault: FaultName | AccountFault,
  id: string,
  more: Partial<ActiveFault>,
  values: Readonly<Record<string, unknown>> = {},
): ActiveFault {
  const kind = FAULT_KINDS.find(({ name }) => name === fault)
  const said = Object.entries(values).map(([field, value]) => `${field} ${String(value)}`)
  const text = [kind?.title ?? fault, ...said].join(', ')
  return { id, fault, area: kind?.area ?? 'wire', text, ...more }
}

function* ofAccounts(state: State): Iterable<Active> {
  for (const account of state.network.accounts()) {
    for (const { name, values, end } of statesOfPhone(state, account)) {
      yield { view: named(name, `${account.phone}/${name}`, { phone: account.phone }, values), end }
    }
  }
  for (const gateway of ['waha', 'wawp', 'warest', 'sparkbot'] as const) {
    for (const session of state.sessions(gateway).list()) {
      for (const { name, values, end } of statesOfSession(state, session)) {
        yield { view: named(name, `${gateway}/${session.id}/${name}`, { gateway, session: session.id }, values), end }
      }
    }
  }
}

function* ofGateways(state: State): Iterable<Active> {
  const { settings } = state
  const { max = NO_MAX, windowMs = 60_000, cooldownMs = 0 } = settings.warestLimits ?? {}
  const at: { readonly gateway: GatewayId } = { gateway: 'warest' }
  const change = (changes: object) => () => {
    const limits = { max, windowMs, cooldownMs, ...changes }
    settings.warestLimits = limits.max >= NO_MAX && limits.cooldownMs <= 0 ? undefined : limits
  }
  if (max < NO_MAX) yield { view: named('rate-limit', 'rate-limit', at, { max, windowMs }), end: change({ max: NO_MAX }) }
  if (cooldownMs > 0) yield { view: named('cooldown', 'cooldown', at, { cooldownMs }), end: change({ cooldownMs: 0 }) }
  for (const session of state.sessions('sparkbot').list()) {
    const word = String(session.settings.queue)
    const name = Object.hasOwn(QUEUES, word) ? QUEUES[word] : undefined
    if (!name) continue
    const end = () => {
      session.settings.queue = 'active'
      // the code that runs the queue notices it
      state.sessionEvents.emit(session, { type: 'queue', at: state.clock.now() })
    }
    yield { view: named(name, `sparkbot/${session.id}/${name}`, { gateway: 'sparkbot', session: session.id }), end }
  }
}

const QUEUES: Readonly<Record<string, FaultName | undefined>> = { pause: 'queue-held', freeze: 'queue-held', reject: 'queue-rejecting' }

function* ofWebhooks({ webhooks }: State): Iterable<Active> {
  const { copies, delayMs, reorder, hold } = webhooks.settings
  const usual = (field: 'copies' | 'delayMs' | 'reorder' | 'hold') => () => {
    webhooks.set({ [field]: USUAL_DELIVERY[field] })
    // otherwise nothing would ever release the deliveries that are held back
    if (field === 'hold') webhooks.release('first to last')
  }
  if (copies > 1) yield { view: named('webhooks-twice', 'webhooks-twice', {}, { copies }), end: usual('copies') }
  if (delayMs > 0) yield { view: named('webhooks-late', 'webhooks-late', {}, { delayMs }), end: usual('delayMs') }
  if (reorder > 1) yield { view: named('webhooks-reordered', 'webhooks-reordered', {}, { reorder }), end: usual('reorder') }
  if (hold) yield { view: named('webhooks-held', 'webhooks-held', {}), end: usual('hold') }
}

function* ofWires({ faults }: State): Iterable<Active> {
  for (const waiting of faults.list()) {
    const { fault, ...single } = waiting
    const end = () => void faults.remove(waiting.id)
    if (fault) {
      const kind = FAULT_KINDS.find(({ name }) => name === fault)
      const values = Object.fromEntries((kind?.values ?? []).flatMap(({ field }) => chosenIn(waiting, field)))
      yield { view: { ...single, ...named(fault, waiting.id, {}, values) }, end }
    } else yield { view: { ...single, area: 'wire', text: describe(waiting) }, end }
  }
}

function chosenIn(fault: WaitingFault, field: string): readonly (readonly [string, unknown])[] {
  const value: unknown = Object.hasOwn(fault, field) ? fault[field as keyof WaitingFault] : undefined
  return value === undefined ? [] : [[field, value]]
}

function describe({ lose, cut, status, delayMs, effect, location, bytes, bytesPerSecond }: WaitingFault): string {
  const parts = [
    lose && 'the connection breaks',
    cut && 'the answer breaks off',
    status !== undefined && `answers ${status}`,
    location !== undefined && `redirects to ${location}`,
    bytes !== undefined && `answers with ${bytes} bytes`,
    bytesPerSecond !== undefined && `${bytesPerSecond} bytes a second`,
    delayMs !== undefined && `takes ${delayMs} ms longer`,
    effect && 'and it is performed',
  ]
  return parts.filter(Boolean).join(', ')
}
