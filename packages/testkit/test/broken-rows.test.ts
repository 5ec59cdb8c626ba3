import type { VerbId } from '@wamux/core'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { expect, it } from 'vitest'
import { createStubGateway } from '../src/index.ts'

const C = '12025550143@c.us'
const G = '120363000000000001@g.us'

/** One readable entry of each list of each gateway, and what is around the list. */
const lists: Readonly<Record<string, Partial<Record<VerbId, object>>>> = {
  waha: {
    'session.list': { name: 'a', status: 'WORKING' },
    'chat.list': { id: C },
    'message.list': { id: `true_${C}_AA` },
    'contact.list': { id: C },
    'group.list': { id: G },
    'group.joinRequests': { requesterId: C },
    'channel.list': { id: '1@newsletter' },
    'label.list': { id: '1', name: 'x' },
  },
  wawp: {
    'chat.list': { id: C },
    'message.list': { id: `true_${C}_AA` },
    'contact.list': { id: C },
    'group.list': { id: G },
    'channel.list': { id: '1@newsletter' },
    'label.list': { id: '1', name: 'x' },
  },
  warest: {
    'session.list': { id: 'a', status: 'open' },
    'chat.list': { jid: C },
    'message.list': { id: 'AA' },
  },
  sparkbot: {
    'session.list': { id: 'a', status: 'operative' },
    'chat.list': { wid: C },
    'message.list': { id: 'AA' },
    'contact.list': { wid: C },
    'group.list': { wid: G },
    'group.joinRequests': { wid: C },
    'channel.list': { wid: '1@newsletter' },
    'webhook.list': { id: 'a', url: 'https://x.test' },
  },
}

const around: Readonly<Record<string, (verb: string, rows: readonly unknown[]) => unknown>> = {
  warest: (verb, rows) =>
    verb === 'session.list'
      ? { status: true, code: 1000, results: [{ items: rows }] }
      : { status: true, code: 1000, results: rows, result: { data: rows } },
}

/** Entries that name nothing. */
const BROKEN: readonly unknown[] = [
  null,
  1,
  true,
  [],
  {},
  ...['id', 'jid', 'wid', 'name'].flatMap((field) =>
    [null, '', {}, [], { toString: 1 }, { _serialized: null }].map((value) => ({ [field]: value })),
  ),
]

const makers: Readonly<Record<string, (config: never) => unknown>> = {
  waha: createWaha,
  wawp: createWawp,
  warest: createWarest,
  sparkbot: createSparkbot,
}

const cases = Object.entries(lists).flatMap(([gateway, verbs]) => Object.entries(verbs).map(([verb, row]) => [gateway, verb, row] as const))

it.each(cases)('%s: %s leaves out entries that name nothing, and gives the others', async (gateway, verb, row) => {
  const given = async (rows: readonly unknown[]): Promise<readonly unknown[]> => {
    const { fetch } = createStubGateway([{ status: 200, body: around[gateway]?.(verb, rows) ?? rows }])
    const keys = { apiKey: 'k', accessToken: 'k', instanceId: 'i' }
    const made = makers[gateway]?.({ baseUrl: 'http://gateway.test', ...keys, fetch } as never) as Record<string, Record<string, unknown>>
    const [namespace = '', name = ''] = verb.split('.')
    const run = made[namespace]?.[name] as (input: object) => PromiseLike<Record<string, readonly unknown[]>>
    const result = await run({ session: 'aaaaaaaaaaaaaaaaaaaaaaaa', chat: C, group: G })
    return result.items ?? result.sessions ?? result.labels ?? result.requests ?? []
  }
  const alone = JSON.stringify(await given([row]))
  expect(JSON.parse(alone)).toHaveLength(1)
  expect(JSON.stringify(await given([...BROKEN, row, ...BROKEN]))).toBe(alone)
})
