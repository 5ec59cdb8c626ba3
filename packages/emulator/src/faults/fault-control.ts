import { findSession, phoneFrom, type SessionTarget, type SessionView, viewSession } from '../control/targets.ts'
import { EmulatorError } from '../errors.ts'
import type { GatewayId } from '../sessions/session.ts'
import type { State } from '../state.ts'
import { checkDelivery } from '../webhooks/webhooks.ts'
import { DO, PHONE_FAULTS } from './account.ts'
import { type ActiveFault, activeFaults, endingOf, NO_MAX } from './active.ts'
import { gatewayFor, valuesFor } from './check.ts'
import type { AccountFault, FaultKind, FaultName } from './kinds.ts'
import { sessionsOf } from './limit-ends.ts'
import { accountKind, FAULT_KINDS, faultKind } from './table/fault-kinds.ts'
import type { Fault } from './wires.ts'

/** What `control.fault` takes: one of the named kinds with its values, or the fields of a {@link Fault}. */
export interface FaultInput extends Omit<Fault, 'fault'> {
  /** Which kind; `control.faultKinds` lists them with what can be chosen. */
  readonly fault?: FaultName
  /** The session whose queue is meant, for kinds that concern one. Default: the only one. */
  readonly session?: string
  /** `webhooks-twice`: how often each goes out. */
  readonly copies?: number
  /** `webhooks-reordered`: how many are turned round at a time. */
  readonly reorder?: number
  /** `rate-limit`: requests of one key in a window. */
  readonly max?: number
  /** `rate-limit`: length of a window, ms. */
  readonly windowMs?: number
  /** `cooldown`: pause between two messages to one recipient, ms. */
  readonly cooldownMs?: number
}

/** What `control.account` takes. */
export interface AccountInput extends Partial<SessionTarget> {
  /** The state; `ok` ends all of them. */
  readonly state: AccountFault | 'ok'
  /** For what concerns a phone, its number instead of a session; for passkeys the phone that scans. */
  readonly phone?: string
  /** `timelock`, `capping`: until it ends, minutes. */
  readonly minutes?: number
  /** `capping`: new chats of this cycle that are used up. */
  readonly used?: number
  /** `capping`: new chats that a cycle allows. */
  readonly quota?: number
  /** `qr-expired`: how many QR codes are still shown. */
  readonly codes?: number
}

/** Lets things go wrong. The part of `EmulatorControl` that faults are in. */
export interface FaultControl {
  /**
   * Lets something go wrong: on the wire, with webhooks, by a limit of a gateway.
   *
   * @param input a kind by its name and values, or the single fields of a fault
   * @returns its id, for `stopFault`
   * @throws {EmulatorError} `invalid`: names the field and what was expected, or why the gateway shows nothing of it
   */
  fault(input: FaultInput): Promise<{ readonly id: string }>
  /**
   * Puts an account or its session into a state that real ones get into.
   *
   * @param input the session or phone, the state, and its values
   * @returns the session afterwards; for a phone the first of its sessions, if it has one
   * @throws {EmulatorError} `invalid`: names the field and what was expected, or why the gateway shows nothing of it
   * @throws {EmulatorError} `conflict`: it cannot be in that state now
   */
  account(input: AccountInput): Promise<SessionView | { readonly phone: string }>
  /**
   * What is wrong at the moment, the states of accounts included.
   *
   * @returns each with its id and in words
   */
  faults(): Promise<readonly ActiveFault[]>
  /**
   * Everything that can go wrong, with what each gateway makes of it and where that is known from.
   *
   * @returns the table that the command line, the web page and the documentation show, too
   */
  faultKinds(): Promise<readonly FaultKind[]>
  /**
   * Ends something that is wrong.
   *
   * @param input `id` as `faults` gives it, or the name of a kind: then all of that kind
   * @throws {EmulatorError} `not_found`: nothing of that id or name is wrong
   */
  stopFault(input: { readonly id: string }): Promise<{ readonly stopped: number }>
  /** Ends everything that is wrong, the states of accounts included. */
  clearFaults(): Promise<void>
}

const WIRE_FIELDS = ['fault', 'gateway', 'operation', 'times', 'probability', 'effect', 'delayMs', 'headers']

/** The fault control of an emulator in this process. */
export function createFaultControl(state: () => State): FaultControl {
  return {
    async fault(input) {
      const { fault: name, ...fields } = input
      if (name === undefined) return { id: state().faults.add(fields) }
      const kind = faultKind(name)
      if (!kind) throw unknown('fault', name, (area) => area !== 'account', accountKind(name) ? 'control.account' : undefined)
      const gateway = gatewayFor(kind, input.gateway)
      return { id: start(state(), kind, gateway, input) }
    },

    async account(input) {
      const { state: name, gateway, session: id, phone } = input
      const { network } = state()
      const digits = phoneFrom(phone)
      const account = digits === undefined ? undefined : network.account(digits)
      const session =
        id === undefined && account ? undefined : findSession(state(), { gateway: gateway as GatewayId, session: id as string })
      const shown = () => {
        const view = session ?? (account && sessionsOf(state(), account)[0])
        return view ? viewSession(view) : { phone: account?.phone ?? '' }
      }
      if (name === 'ok') {
        const owner = account ?? session?.account
        const here = ({ phone: one, gateway: at, session: of }: ActiveFault) =>
          (owner !== undefined && one === owner.phone) || (session !== undefined && at === session.gateway && of === session.id)
        for (const { id: active } of activeFaults(state()).filter(here)) endingOf(state(), active)?.()
        return shown()
      }
      const kind = accountKind(name)
      if (!kind) throw unknown('state', name, (area) => area === 'account', faultKind(name) ? 'control.fault' : undefined)
      if (!session && !PHONE_FAULTS.includes(kind.name)) throw new EmulatorError('invalid', `session: required for ${kind.name}`)
      gatewayFor(kind, session?.gateway)
      const values = valuesFor(kind, { ...input }, ['state', 'gateway', 'session', 'phone'])
      DO[kind.name]({ state: state(), session, phone: account, values })
      return shown()
    },

    faults: async () => activeFaults(state()),
    faultKinds: async () => FAULT_KINDS,

    async stopFault({ id }) {
      const name = faultKind(id)?.name ?? accountKind(id)?.name ?? id
      const meant = activeFaults(state()).filter((one) => one.id === id || one.fault === name)
      if (meant.length === 0) throw new EmulatorError('not_found', `nothing is wrong that is called ${String(id)}`)
      for (const one of meant) endingOf(state(), one.id)?.()
      return { stopped: meant.length }
    },

    async clearFaults() {
      for (const { id } of activeFaults(state())) endingOf(state(), id)?.()
    },
  }
}

function start(state: State, kind: FaultKind & { readonly name: FaultName }, gateway: GatewayId | undefined, input: FaultInput): string {
  const { area, name, fixed = {} } = kind
  if (area === 'wire') {
    const values = valuesFor(kind, { ...input }, WIRE_FIELDS)
    const { operation, times, probability, effect, delayMs, headers } = input
    const chosen = omitUndefined({ gateway, operation, times, probability, effect, delayMs, headers })
    return state.faults.add({ ...chosen, ...fixed, ...values, fault: name } as Fault)
  }
  if (area === 'webhook') {
    const settings = { ...valuesFor(kind, { ...input }, ['fault']), ...fixed }
    checkDelivery(settings)
    state.webhooks.set(settings)
    return name
  }
  if (name === 'queue-held' || name === 'queue-rejecting') {
    valuesFor(kind, { ...input }, ['fault', 'gateway', 'session'])
    const devices = state.sessions('sparkbot').list()
    const [only] = devices
    const device = input.session === undefined && only && devices.length === 1 ? only.id : (input.session as string)
    const session = findSession(state, { gateway: 'sparkbot', session: device })
    Object.assign(session.settings, fixed)
    return `sparkbot/${session.id}/${name}`
  }
  const values = valuesFor(kind, { ...input }, ['fault', 'gateway'])
  const before = state.settings.warestLimits ?? { max: NO_MAX, windowMs: 60_000, cooldownMs: 0 }
  state.settings.warestLimits = { ...before, ...values }
  return name
}

function unknown(field: string, name: unknown, fits: (area: FaultKind['area']) => boolean, elsewhere: string | undefined): EmulatorError {
  const names = FAULT_KINDS.filter(({ area }) => fits(area)).map((kind) => kind.name)
  const hint = elsewhere === undefined ? '' : `; ${String(name)} is one of ${elsewhere}`
  return new EmulatorError('invalid', `${field}: expected one of ${names.join(', ')}${hint}`)
}

function omitUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
