import type { Gateway, VerbId } from '@wamux/core'
import { type Ending, endingOf, perform } from './calling.ts'
import type { Kit } from './kit.ts'
import { type Live, patiently } from './live.ts'
import type { PhoneMessage, TestPhones } from './phones.ts'
import type { Runner } from './runner.ts'
import { arrived, digits, fileFor, phonesOf, prepare, writeOwn, writeTheirs } from './stage.ts'
import { PHONE, type Staged, samples } from './verb-samples.ts'

/** A connected session, the phones around it, and what WhatsApp knows. */
export interface Scene {
  readonly gateway: Gateway
  readonly live: Live
  readonly session: string
  /** Digits of the session's own phone. */
  readonly account: string
  readonly phones: TestPhones
  /** Calls a verb for the session. */
  call<Result>(id: VerbId, input?: object): Promise<Result>
  /** The same, and tells how it ended. */
  ending(id: VerbId, input?: object): Promise<Ending>
  /** Calls a verb with its sample, after all that it needs was brought about. */
  sample<Result>(id: VerbId): Promise<{ readonly result: Result; readonly staged: Staged }>
  /** What others write to the session; gives its id as the gateway has it. */
  theirs(text: string, from?: string): Promise<string>
  /** What the session writes to {@link PHONE}; gives its id. */
  own(text: string): Promise<string>
  file(id: VerbId, kind: Parameters<typeof fileFor>[2]): ReturnType<typeof fileFor>
  arrives(phone: string, wanted: (message: PhoneMessage) => boolean): Promise<PhoneMessage>
  /** Looks until it is as expected: effects take their time. */
  eventually(what: string, read: () => Promise<unknown>, expected: unknown): Promise<void>
}

export type When = (ids: VerbId | readonly VerbId[], name: string, run: (scene: Scene) => Promise<void>) => void

/** Registers tests on a connected session, for a gateway that has all of the verbs. */
export function scenes({ it }: Runner, kit: Kit): When {
  return (ids, name, run) => {
    const all = typeof ids === 'string' ? [ids] : ids
    if (!all.every(kit.has)) return
    it(name, () =>
      kit.live(async (live) => {
        const session = await live.bring('connected')
        await run(open(live, session, name, kit))
      }),
    )
  }
}

function open(live: Live, session: string, name: string, { check }: Kit): Scene {
  const { gateway } = live
  // bringing about what a verb needs must not pair another session
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
      const staged = await prepare(here, id)
      return { result: (await perform(gateway, id, samples[id].input(staged))) as Result, staged }
    },
    theirs: (text, from) => writeTheirs(here, session, { text }, from),
    own: (text) => writeOwn(here, session, text),
    file: (id, kind) => fileFor(live, id, kind),
    arrives: (phone, wanted) => arrived(phonesOf(live, name), phone, wanted),
    async eventually(what, read, expected) {
      let last: unknown
      await patiently(async () => {
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
