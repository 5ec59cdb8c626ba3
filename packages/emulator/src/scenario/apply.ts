import { isSteered } from '../clock/steered-clock.ts'
import type { VirtualClock } from '../clock/virtual-clock.ts'
import { EmulatorError, NetworkError } from '../errors.ts'
import { createFaultControl } from '../faults/fault-control.ts'
import type { GatewayCredentials } from '../gateways.ts'
import { parsePhone } from '../network/phone-number.ts'
import type { Account } from '../network/types.ts'
import { answerOf, type Recipe, requestOf } from '../page/recipes.ts'
import type { Session } from '../sessions/session.ts'
import type { State } from '../state.ts'
import type { Answer } from '../wire/answer.ts'
import type { PlainRequest } from '../wire/request.ts'
import { durationMs } from './duration.ts'
import { nameOf, readScenario } from './read.ts'
import { contentOf, ruleOf } from './replies.ts'
import { headersOf, SET_UP, startWawp } from './sessions.ts'
import type { Scenario, ScenarioSession, ScenarioView } from './types.ts'

/** What a scenario is put into. */
export interface ApplyInput {
  readonly clock: VirtualClock
  readonly credentials: GatewayCredentials
  /** Starts with an empty network, and gives the new state. */
  begin(seed: number | undefined): State
  /** Asks a gateway. */
  answer(request: PlainRequest): Promise<Answer>
}

type Named<One> = Readonly<Record<string, One>>

/**
 * Starts again with a scenario.
 *
 * @param source YAML text, or a {@link Scenario}
 * @throws {EmulatorError} `invalid`: the scenario is not valid, and nothing has changed; or WhatsApp or a gateway refused a part of it, and the network is empty
 */
export async function applyScenario(source: unknown, input: ApplyInput): Promise<ScenarioView> {
  const { scenario, locate } = readScenario(source)
  const { clock } = input
  const state = input.begin(scenario.seed)
  if (isSteered(clock)) clock.pause()
  try {
    if (scenario.time !== undefined) clock.set(Date.parse(scenario.time))
    const at = (path: readonly (string | number)[]) => `${locate(path)}${nameOf(path)}`
    const phones = addPhones(state, scenario)
    const groups = writeHistory(state, clock, scenario, phones, at)
    addReplies(state, scenario, phones, groups)
    const sessions: ScenarioView['sessions'][number][] = []
    for (const [index, one] of (scenario.sessions ?? []).entries()) {
      const account = phones[one.phone] as Account
      const session = await refusedAs(at(['sessions', index]), () => connect(state, input, one, account))
      sessions.push({ gateway: one.gateway, session: session.id, phone: account.phone })
    }
    const wrong = createFaultControl(() => state)
    for (const [index, fault] of (scenario.faults ?? []).entries()) await refusedAs(at(['faults', index]), () => wrong.fault(fault))
    for (const [index, { phone, ...rest }] of (scenario.accounts ?? []).entries()) {
      const session = rest.session ?? sessions.find(({ gateway }) => gateway === rest.gateway)?.session
      const target = {
        ...(session === undefined ? {} : { session }),
        ...(phone === undefined ? {} : { phone: phones[phone]?.phone ?? phone }),
      }
      await refusedAs(at(['accounts', index]), () => wrong.account({ ...rest, ...target }))
    }
    const numbers = Object.fromEntries(Object.entries(phones).map(([name, { phone }]) => [name, phone]))
    return { phones: numbers, groups, sessions, now: clock.now() }
  } catch (error) {
    // half a scenario is none
    input.begin(undefined)
    throw error
  } finally {
    if (isSteered(clock) && !scenario.paused) clock.resume()
  }
}

function addPhones({ network }: State, { phones = {} }: Scenario): Named<Account> {
  const accounts: Record<string, Account> = {}
  for (const [name, one] of Object.entries(phones)) {
    const own = typeof one === 'object' ? one : undefined
    const account = network.account(parsePhone(own ? own.number : one) ?? '')
    const { about, business, on, reads, registered } = own ?? {}
    network.change(account, { name: own?.name ?? name, about, business, on, reads, registered })
    accounts[name] = account
  }
  for (const [name, one] of Object.entries(phones)) {
    const contacts = typeof one === 'object' ? (one.contacts ?? {}) : {}
    for (const [other, called] of Object.entries(contacts))
      network.contacts.save(accounts[name] as Account, accounts[other] as Account, called)
  }
  return accounts
}

/** Makes the groups and writes what was written before, each message at its time. Gives the groups' JIDs. */
function writeHistory(
  state: State,
  clock: VirtualClock,
  scenario: Scenario,
  phones: Named<Account>,
  at: (path: readonly (string | number)[]) => string,
): Named<string> {
  const { network, timers } = state
  const { groups: wanted = {}, history = [] } = scenario
  const now = clock.now()
  const entries = history.map((entry, index) => ({ ...entry, index, ago: entry.ago === undefined ? 0 : durationMs(entry.ago) }))
  entries.sort((one, other) => other.ago - one.ago)
  const groups: Record<string, string> = {}
  try {
    clock.set(now - (entries[0]?.ago ?? 0))
    for (const [name, { subject, owner, members, admins = [], description, announcement, approval }] of Object.entries(wanted)) {
      const [by, persons] = [phones[owner] as Account, members.map((one) => phones[one] as Account)]
      const { id } = network.groups.create(by, { subject, participants: persons })
      network.groups.promote(
        by,
        id,
        admins.map((one) => phones[one] as Account),
      )
      if (description !== undefined || announcement !== undefined || approval !== undefined)
        network.groups.change(by, id, { description, announcement, approval })
      groups[name] = id
    }
    for (const { from, to, index, ago, unread, ...content } of entries) {
      clock.set(now - ago)
      const path = ['history', index]
      try {
        network.send({ ...contentOf(network, content), from: phones[from] as Account, to: groups[to] ?? (phones[to] as Account).jid })
      } catch (error) {
        throw refusal(at(path), error)
      }
      // what happened before has happened
      timers.flush((kind) => kind === 'message/server' || kind === 'message/device')
      if (unread) timers.drop((kind) => kind.startsWith('message/'))
      else timers.flush((kind) => kind.startsWith('message/'))
    }
  } finally {
    clock.set(now)
  }
  return groups
}

function addReplies(state: State, { replies = [] }: Scenario, phones: Named<Account>, groups: Named<string>): void {
  for (const reply of replies) {
    const { from, in: chat, ...when } = reply.when ?? {}
    const known = {
      ...when,
      ...(from === undefined ? {} : { from: (phones[from] as Account).phone }),
      ...(chat === undefined ? {} : { in: groups[chat] ?? chat }),
    }
    state.replies.add({ ...ruleOf(reply), phone: (phones[reply.phone] as Account).phone, when: known })
  }
}

/** Makes a session through its gateway's own API and pairs it, without letting time pass. */
async function connect(
  state: State,
  { answer, credentials }: ApplyInput,
  { gateway, name = 'default', webhook }: ScenarioSession,
  account: Account,
): Promise<Session> {
  const store = state.sessions(gateway)
  const { timers } = state
  const setUp = SET_UP[gateway]
  const before = new Set(store.list())
  const isStarting = (kind: string) => kind === `session/${gateway}`

  async function ask(recipe: Recipe): Promise<unknown> {
    let done = false
    const answering = answer(requestOf(gateway, recipe, headersOf(gateway, credentials))).finally(() => {
      done = true
    })
    answering.catch(() => {})
    // some answer only when the session has started
    while (!done) {
      timers.flush(isStarting)
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    return answerOf(gateway, await answering)
  }

  // Wawp has one instance from the beginning, to which the credentials lead
  const first =
    gateway === 'wawp' ? store.list().find((one) => one.id === credentials.wawp.instanceId && !one.running && !one.account) : undefined
  let made: unknown
  if (first) await ask(startWawp(first.id))
  else for (const step of setUp.create(name, webhook)) made = await ask(step(() => made))
  timers.flush(isStarting)
  const session = first ?? store.list().find((one) => !before.has(one))
  if (!session) throw new EmulatorError('conflict', `${gateway} made no session ${name}`)
  if (webhook && setUp.register) await ask(setUp.register(session.id, webhook))
  if (!session.link(account)) throw new EmulatorError('conflict', `${gateway} session ${session.id} is ${session.phase}`)
  timers.flush(isStarting)
  return session
}

async function refusedAs<Result>(where: string, act: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    throw refusal(where, error)
  }
}

function refusal(where: string, error: unknown): unknown {
  if (error instanceof NetworkError || error instanceof EmulatorError) return new EmulatorError('invalid', `${where}: ${error.message}`)
  return error
}
