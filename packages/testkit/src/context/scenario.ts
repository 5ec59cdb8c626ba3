import type { Gateway, VerbId } from '@wamux/core'
import { type Ending, endingOf, perform } from '../running/call-verb.ts'
import { type Live, retryUntilDone } from '../running/live-gateway.ts'
import { type Fixtures, PHONE, samples } from '../samples/verb-samples.ts'
import type { PhoneMessage, TestPhones } from '../subject/phones.ts'
import type { Runner } from '../subject/runner.ts'
import type { SuiteContext } from './context.ts'
import { arrived, digits, fileFor, phonesOf, prepare, writeOwn, writeTheirs } from './fixtures.ts'

/** A connected session, the phones around it, and what WhatsApp knows. */
export interface Scenario {
  readonly gateway: Gateway
  readonly live: Live
  readonly session: string
  /** Digits of the session's own phone. */
  readonly account: string
  readonly phones: TestPhones
  /** Calls a verb for the session. */
  call<Result>(id: VerbId, input?: object): Promise<Result>
  /** Calls a verb for the session and returns how it ended. */
  ending(id: VerbId, input?: object): Promise<Ending>
  /** Calls a verb with its sample input, after creating everything that it needs. */
  sample<Result>(id: VerbId): Promise<{ readonly result: Result; readonly fixtures: Fixtures }>
  /** Sends a text to the session; returns the gateway's id for it. */
  theirs(text: string, from?: string): Promise<string>
  /** Sends a text from the session to {@link PHONE}; returns its id. */
  own(text: string): Promise<string>
  file(id: VerbId, kind: Parameters<typeof fileFor>[2]): ReturnType<typeof fileFor>
  arrives(phone: string, wanted: (message: PhoneMessage) => boolean): Promise<PhoneMessage>
  /** Reads until the value is as expected, for up to 3 s. */
  eventually(what: string, read: () => Promise<unknown>, expected: unknown): Promise<void>
}

export type When = (ids: VerbId | readonly VerbId[], name: string, run: (scenario: Scenario) => Promise<void>) => void

/** Registers tests on a connected session, for a gateway that has all of the verbs. */
export function scenarios({ it }: Runner, context: SuiteContext): When {
  return (ids, name, run) => {
    const all = typeof ids === 'string' ? [ids] : ids
    if (!all.every(context.has)) return
    it(name, () =>
      context.live(async (live) => {
        const session = await live.bring('connected')
        await run(open(live, session, name, context))
      }),
    )
  }
}

function open(live: Live, session: string, name: string, { check }: SuiteContext): Scenario {
  const { gateway } = live
  // creating what a verb needs must not pair another session
  const here: Live = { ...live, bring: async () => session }
  const call = <Result>(id: VerbId, input: object = {}) => perform(gateway, id, { session, ...input }) as Promise<Result>
  return {
    gateway,
    live: here,
    session,
    get account() {
      return live.accountOf(session)
    },
    get phones() {
      return phonesOf(live, name)
    },
    call,
    ending: (id, input) => endingOf(() => call(id, input)),
    async sample<Result>(id: VerbId) {
      const fixtures = await prepare(here, id)
      return { result: (await perform(gateway, id, samples[id].input(fixtures))) as Result, fixtures }
    },
    theirs: (text, from) => writeTheirs(here, session, { text }, from),
    own: (text) => writeOwn(here, session, text),
    file: (id, kind) => fileFor(live, id, kind),
    arrives: (phone, wanted) => arrived(phonesOf(live, name), phone, wanted),
    async eventually(what, read, expected) {
      let last: unknown
      await retryUntilDone(async () => {
        last = await read()
        if (JSON.stringify(last) !== JSON.stringify(expected)) throw new Error('not yet')
      }).catch(() => undefined)
      check(what, last, expected)
    },
  }
}

/** JID of a person, as results have it. */
export function jidOf(phone: string): string {
  return `${digits(phone)}@c.us`
}

/** JID of {@link PHONE}. */
export const PHONE_JID: string = jidOf(PHONE)
