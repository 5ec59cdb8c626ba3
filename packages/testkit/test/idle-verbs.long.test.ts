import { type Gateway, type VerbId, verbIds, verbSafety } from '@wamux/core'
import { openTestGateway } from '@wamux/emulator'
import { createWaha, parseWebhook as parseWaha } from '@wamux/waha'
import { createWarest, parseWebhook as parseWarest } from '@wamux/warest'
import { describe, expect, it } from 'vitest'
import { prepare } from '../src/context/fixtures.ts'
import { conformance, type PluginFactory, type Runner, type Subject } from '../src/index.ts'
import { perform } from '../src/running/call-verb.ts'
import { openLive } from '../src/running/live-gateway.ts'
import { samples } from '../src/samples/verb-samples.ts'

/** Groups of the suite that look at what a verb does, by its namespace. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  message: ['sends', 'messages'],
  chat: ['chats', 'events'],
  contact: ['contacts'],
  group: ['groups'],
  status: ['account'],
  presence: ['account'],
  profile: ['account'],
  label: ['account'],
  channel: ['account'],
  webhook: ['webhooks'],
}

/** Together these have every verb. */
const SUBJECTS: readonly Subject[] = [
  { plugin: createWaha, gateway: () => openTestGateway('waha'), parseWebhook: parseWaha },
  { plugin: createWarest, gateway: () => openTestGateway('warest'), parseWebhook: parseWarest },
]

/** The same plugin, but one verb only says that it did something. */
async function withIdle(subject: Subject, id: VerbId): Promise<Subject> {
  const told = verbSafety[id] === 'read' ? {} : await toldBy(subject, id)
  const [namespace = '', name = ''] = id.split('.')
  const plugin = (config: never) => {
    const gateway = subject.plugin(config) as unknown as Record<string, Record<string, unknown>>
    const idle = async ({ session }: { session: string }) => ({ items: [], raw: {}, ...told, session })
    return { ...gateway, [namespace]: { ...gateway[namespace], [name]: idle } }
  }
  return { ...subject, plugin: Object.assign(plugin, { contract: 1, manifest: subject.plugin.manifest }) as PluginFactory }
}

/** What the verb answers when it does its work. */
async function toldBy({ plugin, gateway }: Subject, id: VerbId): Promise<object> {
  const test = await gateway()
  const live = openLive(test, (config) => plugin(config as never) as Gateway)
  const fixtures = await prepare(live, id)
  const told = await perform(live.gateway, id, samples[id].input(fixtures))
  await test.close?.()
  return told as object
}

/** Runs tests of the suite until one fails; gives its name. */
async function firstFailure(subject: Subject, id: VerbId): Promise<string | undefined> {
  const tests: { readonly name: string; readonly body: () => Promise<void> }[] = []
  const path: string[] = []
  const runner: Runner = {
    describe(name, body) {
      path.push(name)
      body()
      path.pop()
    },
    it: (name, body) => tests.push({ name: [...path.slice(1), name].join(': '), body }),
    expect: (actual) => ({ toEqual: (expected) => expect(actual).toStrictEqual(expected) }),
  }
  conformance(runner, subject)
  const [namespace = ''] = id.split('.')
  const behaviour = tests.filter(({ name }) => GROUPS[namespace]?.some((group) => name.startsWith(`${group}: `)))
  behaviour.sort((one, other) => Number(other.name.includes(id)) - Number(one.name.includes(id)))
  for (const { name, body } of behaviour) {
    const failed = await body().then(
      () => false,
      () => true,
    )
    if (failed) return name
  }
  return undefined
}

const tried = new Set<VerbId>()
for (const subject of SUBJECTS) {
  const { name, capabilities } = subject.plugin.manifest
  describe(`${name}: the suite notices`, () => {
    const fresh = verbIds().filter((id) => id in capabilities && !id.startsWith('session.') && !tried.has(id))
    for (const id of fresh) {
      tried.add(id)
      it(`that ${id} does nothing`, async () => {
        expect(await firstFailure(await withIdle(subject, id), id)).toBeDefined()
      })
    }
  })
}

it('every verb was tried', () => {
  expect(verbIds().filter((id) => !id.startsWith('session.') && !tried.has(id))).toEqual([])
})
