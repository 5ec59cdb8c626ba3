import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const SRC = new URL('../src/', import.meta.url)
/** What knows nothing of the simulated network, or only for as long as the process runs. */
const OUTSIDE = /^(scenario\/(apply|read)\.ts|page|server|sockets|clock|memory|control|generated|namespaces\.ts|vitest)/
/** Variables that are no state of the emulator, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'network/network.ts listeners': 'functions, which register again',
  'network/limits.ts oldest': 'a place in a part of the memory',
  'network/people/people.ts lids': 'made from the accounts',
  'network/messages/media.ts total': 'made from the files',
  'sessions/session-events.ts subscriptions': 'functions, which register again',
  'sessions/session-events.ts connected': 'made from the sessions',
  'sessions/session.ts #listeners': 'functions, which register again',
  'state.ts sessions': 'objects over the data of the sessions',
  'state.ts closing': 'functions, which register again',
  'webhooks/webhooks.ts senders': 'functions, which register again',
  'webhooks/webhooks.ts open': 'requests under way',
  'webhooks/webhooks.ts closed': 'the state has ended',
  'faces/waha/events.ts listening': 'open sockets',
  'faces/warest/limits.ts headers': 'answers under way',
  'faults/answers.ts sent': 'an answer under way',
  'faults/answers.ts cancel': 'an answer under way',
  'faults/answers.ts left': 'an answer under way',
  'faults/answers.ts begun': 'an answer under way',
}

/** Names of variables of a file that change or contain what changes, and are no part of the memory. */
function loose(text: string): readonly string[] {
  const found: string[] = []
  // the indent of what lives as long as a factory or an object
  for (const [, name = '', value = ''] of text.matchAll(
    /^(?: {2})?(?:const|let|(?:private )?(?:readonly )?(?=#)) ?(#?\w+)(?::[^=\n]+)? = (.*)$/gm,
  )) {
    if (/^new (Weak)?(Map|Set)\b|^\[\]$/.test(value)) found.push(name)
  }
  for (const [, name = ''] of text.matchAll(/^(?: {2})?let (\w+)/gm)) if (!found.includes(name)) found.push(name)
  for (const [, name = ''] of text.matchAll(/^ {2}#(\w+)(?::[^=\n]+)? = /gm)) found.push(`#${name}`)
  return found
}

test('a file with loose state is found', () => {
  expect(
    loose(
      '  const calls = new Map<string, Call>()\n  let made = 0\n    let inner = 0\n  #count = 0\n  readonly #seen = new Set<string>()\n',
    ),
  ).toEqual(['calls', '#seen', 'made', '#count'])
})

test('whatever changes is a part of the memory, so that snapshots keep it', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
  const ours = files.filter((name) => name.endsWith('.ts') && !/\.test\.ts$/.test(name) && !OUTSIDE.test(name))
  expect(ours.length).toBeGreaterThan(60)
  const found = ours.flatMap((name) => loose(readFileSync(new URL(name, SRC), 'utf8')).map((variable) => `${name} ${variable}`))
  expect(found.filter((one) => !Object.hasOwn(EXCEPTIONS, one) && !HELPERS.test(one))).toEqual([])
  expect(Object.keys(EXCEPTIONS).filter((one) => !found.includes(one))).toEqual([])
})

test('timers are kinds with data, so that snapshots keep them', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
  const found = files.filter(
    (name) =>
      /^(network|faces|sessions|webhooks|scenario)\/.*(?<!\.test)\.ts$/.test(name) &&
      /\bclock\.after\(/.test(readFileSync(new URL(name, SRC), 'utf8')),
  )
  // only a request that waits for its session
  expect(found).toEqual(['sessions/session.ts'])
})

/** Functions that fill a variable of their own before they return. */
const HELPERS =
  /^(files\/(png|qr)\.ts|ids\.ts (value|state|counts)|emulator\.ts|faces\/router\.ts|faces\/example\.ts|faces\/warest\/webhooks\.ts read|network\/messages\/message\.ts NOBODY|network\/messages\/messages\.ts found|gateways\.ts|causes\/|test-gateway\.ts|faces\/engine\/events\.ts roles|network\/messages\/message\.ts changed|network\/messages\/receipts\.ts #ack|faces\/waha\/server\/session-input\.ts problems|faults\/account\.ts states)|.* [A-Z_]+$/
