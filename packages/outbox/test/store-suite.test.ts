import { expect, it } from 'vitest'
import { createMemoryStore, type OutboxStore } from '../src/index.ts'
import { storeCases } from '../src/store/store-suite.ts'

/** Stores with one mistake each. */
const MISTAKES: Readonly<Record<string, (store: OutboxStore) => Partial<OutboxStore>>> = {
  'adds a key twice': (store) => ({
    add: (messages, at) =>
      store.add(
        messages.map((one, index) => ({ ...one, key: `${one.key}${index}` })),
        at,
      ),
  }),
  'forgets the content': (store) => ({
    add: (messages, at) =>
      store.add(
        messages.map((one) => ({ ...one, text: '' })),
        at,
      ),
  }),
  'needs no lease': (store) => ({
    move: async (move) => store.move({ ...move, lease: move.lease ?? (await store.acquire('waha:shop', 1e15, 1)) }),
  }),
  'takes any attempt': (store) => ({ move: ({ attempts: _attempts, ...move }) => store.move(move) }),
  'lets two own a number': (store) => ({ acquire: async (sender) => store.acquire(sender, 1e15, 1) }),
  'gives everybody a lease of the past': () => ({ renew: async (lease, until) => ({ ...lease, until }) }),
  'releases what belongs to another': (store) => ({
    release: async ({ sender }) => {
      const lease = await store.acquire(sender, 1e15, 0)
      if (lease) await store.release(lease)
    },
  }),
  'gives messages before their time': (store) => ({ next: (query) => store.next({ ...query, now: 1e15 }) }),
  'knows every chat': (store) => ({ next: (query) => store.next({ ...query, newChats: true }) }),
  'gives more than asked for': (store) => ({ next: (query) => store.next({ ...query, limit: 99 }) }),
  'notes no reason': (store) => ({ move: ({ reason: _reason, ...move }) => store.move(move) }),
  'forgets opt-outs': () => ({ addOptOuts: async () => {} }),
  'keeps opt-outs for ever': () => ({ removeOptOuts: async () => {} }),
  'begins a message to somebody who opted out': (store) => ({
    move: async (move) => {
      const { to = '' } = (await store.get(move.key)) ?? {}
      await store.removeOptOuts([to])
      return store.move(move)
    },
  }),
  'takes everybody for known': (store) => ({
    next: async (query) => {
      const { messages, ...more } = await store.next(query)
      return { ...more, messages: messages.map((one) => ({ ...one, newChat: false })) }
    },
  }),
  'forgets a pause': () => ({ setPause: async () => {} }),
  'does not know where the changes end': () => ({ lastChange: async () => 0 }),
  'begins the changes anew': (store) => ({ changes: (_after, limit) => store.changes(0, limit) }),
  'counts all numbers together': (store) => ({ count: () => store.count() }),
  'finds nothing by an id': () => ({ find: async () => undefined }),
  'defers nothing': () => ({ defer: async () => {} }),
}

it.each(Object.entries(MISTAKES))('the suite sees a store that %s', async (_name, mistake) => {
  const failures: string[] = []
  for (const { name, run } of storeCases) {
    const store = createMemoryStore()
    await run({ ...store, ...mistake(store) }).catch(() => failures.push(name))
  }
  expect(failures.length).toBeGreaterThan(0)
})
