import type { StoredInput } from '../message/message.ts'
import { type OutboxState, outboxStates } from '../message/states.ts'
import type { Move, OutboxStore } from './store.ts'

/** One property that every store has to have. */
export interface StoreCase {
  /** What is shown, as a sentence. */
  readonly name: string
  /**
   * Tries it on an empty store.
   *
   * @param store an empty store
   * @returns resolves when the store has the property
   * @throws {Error} the store does not have it; the message says what was seen
   */
  run(store: OutboxStore): Promise<void>
}

const AT = 1_700_000_000_000
const SENDER = 'waha:shop'

const input = (key: string, more: Partial<StoredInput> = {}): StoredInput => ({
  key,
  sender: SENDER,
  to: '+12025550101',
  list: '',
  text: 'Hi',
  notBefore: 0,
  ...more,
})

function same(what: string, seen: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(seen), JSON.stringify(expected)]
  if (left !== right) throw new Error(`${what}: expected ${right}, saw ${left}`)
}

async function owned(store: OutboxStore): Promise<(move: Omit<Move, 'at' | 'key'> & { key?: string }) => ReturnType<OutboxStore['move']>> {
  const lease = await store.acquire(SENDER, AT, 1_000)
  if (!lease) throw new Error('acquire: a free number gave no lease')
  return (move) => store.move({ key: 'a', at: AT, lease, ...move })
}

const keysOf = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key)

/** The properties of a store, for the tests of whoever writes one: run each case on an empty store of its own. */
export const storeCases: readonly StoreCase[] = [
  {
    name: 'adds a key once, whatever comes with it later',
    async run(store) {
      same('first', await store.add([input('a'), input('b'), input('a', { text: 'twice in one call' })], AT), 2)
      same('again', await store.add([input('b', { text: 'other' }), input('c')], AT + 1), 1)
      same('text', (await store.get('b'))?.text, 'Hi')
      same('order', keysOf(await store.list({ limit: 10 })), ['a', 'b', 'c'])
    },
  },
  {
    name: 'keeps everything that a message has',
    async run(store) {
      const file = { url: 'https://example.com/a.png', mimetype: 'image/png', filename: 'a.png' }
      await store.add([input('a', { text: 'ä😀\n"', file, as: 'image', list: 'may', notBefore: 7, expiresAt: AT + 9 })], AT)
      const seen = await store.get('a')
      same('content', [seen?.text, seen?.file, seen?.as, seen?.list], ['ä😀\n"', file, 'image', 'may'])
      same('times', [seen?.notBefore, seen?.expiresAt, seen?.changedAt, seen?.attempts], [7, AT + 9, AT, 0])
      same('nobody', await store.get('nobody'), undefined)
    },
  },
  {
    name: 'moves a message only along the arrows, from the states that are named, and by its owner',
    async run(store) {
      await store.add([input('a')], AT)
      same('without a lease', await store.move({ key: 'a', from: ['queued'], to: 'sending', at: AT }), undefined)
      const move = await owned(store)
      same('no arrow', await move({ from: ['queued'], to: 'sent' }), undefined)
      same('begun', (await move({ from: ['queued'], to: 'sending' }))?.attempts, 1)
      same('begun twice', await move({ from: ['queued'], to: 'sending' }), undefined)
      same('another attempt', await move({ from: ['sending'], to: 'sent', attempts: 2 }), undefined)
      same('sent', (await move({ from: ['sending'], to: 'sent', attempts: 1, messageId: 'true_1', messageKey: 'K' }))?.state, 'sent')
      same('by id', (await store.find(SENDER, 'true_1'))?.key, 'a')
      same('by bare id', (await store.find(SENDER, 'K'))?.key, 'a')
      same('of another number', await store.find('waha:other', 'K'), undefined)
    },
  },
  {
    name: 'refuses an owner of the past, also when the lease was not seen to end',
    async run(store) {
      await store.add([input('a')], AT)
      const old = await store.acquire(SENDER, AT, 1_000)
      same('taken', await store.acquire(SENDER, AT + 999, 1_000), undefined)
      const fresh = await store.acquire(SENDER, AT + 1_000, 1_000)
      if (!old || !fresh) throw new Error('acquire: no lease')
      same('greater token', fresh.token > old.token, true)
      same('old begins', await store.move({ key: 'a', from: ['queued'], to: 'sending', at: AT, lease: old }), undefined)
      same('old renews', await store.renew(old, AT + 9_000), undefined)
      await store.release(old)
      same('still taken', await store.acquire(SENDER, AT + 1_001, 1_000), undefined)
      same('new begins', (await store.move({ key: 'a', from: ['queued'], to: 'sending', at: AT, lease: fresh }))?.state, 'sending')
      await store.release(fresh)
      same('free again', ((await store.acquire(SENDER, AT + 1_002, 1_000))?.token ?? 0) > fresh.token, true)
    },
  },
  {
    name: 'gives what is due in order, and says when the next is',
    async run(store) {
      const others = [input('later', { notBefore: AT + 50 }), input('latest', { notBefore: AT + 70 }), input('other', { sender: 'x:y' })]
      await store.add([...others, input('a'), input('b')], AT)
      const query = { sender: SENDER, now: AT, newChats: true, limit: 10 }
      const due = await store.next(query)
      same('due', [keysOf(due.messages), due.nextAt], [['a', 'b'], AT + 50])
      same('limit', keysOf((await store.next({ ...query, limit: 1 })).messages), ['a'])
      await store.defer('a', AT + 60)
      same('deferred', keysOf((await store.next({ ...query, now: AT + 60 })).messages), ['b', 'later', 'a'])
    },
  },
  {
    name: 'tells known chats from new ones',
    async run(store) {
      await store.add([input('a'), input('b', { to: '+12025550102' }), input('c')], AT)
      const known = { sender: SENDER, now: AT, newChats: false, limit: 10 }
      same('none', keysOf((await store.next(known)).messages), [])
      await store.addChats(SENDER, ['+12025550102'])
      const all = await store.next({ ...known, newChats: true })
      same(
        'which are new',
        all.messages.map(({ newChat }) => newChat),
        [true, false, true],
      )
      const told = (await store.next(known)).messages
      same('told', [keysOf(told), told[0]?.newChat], [['b'], false])
      const move = await owned(store)
      await move({ from: ['queued'], to: 'sending' })
      await move({ from: ['sending'], to: 'sent' })
      same('sent to', keysOf((await store.next(known)).messages), ['b', 'c'])
      await move({ key: 'c', from: ['queued'], to: 'sending' })
      const { sends, firstAt } = await store.history(SENDER, AT)
      same('history', [sends.map(({ newChat }) => newChat), firstAt], [[true, false], AT])
      same('later history', (await store.history(SENDER, AT + 1)).sends, [])
    },
  },
  {
    name: 'notes every change in order, and counts states',
    async run(store) {
      same('nothing yet', await store.lastChange(), 0)
      await store.add([input('a'), input('b')], AT)
      const move = await owned(store)
      await move({ from: ['queued'], to: 'sending' })
      await move({ from: ['sending'], to: 'unknown', reason: 'lost' })
      const seen = await store.changes(0, 10)
      const short = seen.map(({ key, from, to, reason }) => [key, from ?? '', to, reason ?? ''].join(' ').trim())
      same('changes', short, ['a  queued', 'b  queued', 'a queued sending', 'a sending unknown lost'])
      same('end of the changes', await store.lastChange(), seen.at(-1)?.seq)
      same('later ones', (await store.changes(seen[2]?.seq ?? 0, 10)).length, 1)
      const counts: Partial<Record<OutboxState, number>> = { queued: 1, unknown: 1 }
      same('counts', await store.count(SENDER), Object.fromEntries(outboxStates.map((state) => [state, counts[state] ?? 0])))
      same('none', Object.values(await store.count('x:y')).join(''), '0'.repeat(outboxStates.length))
      same('by state', keysOf(await store.list({ state: 'unknown', sender: SENDER, limit: 5 })), ['a'])
    },
  },
  {
    name: 'keeps who wants no messages, and pauses',
    async run(store) {
      await store.add([input('a'), input('b', { to: '+12025550102' })], AT)
      const optedOut = async () =>
        (await store.next({ sender: SENDER, now: AT, newChats: true, limit: 10 })).messages.map((one) => one.optedOut)
      same('not yet', await optedOut(), [false, false])
      await store.addOptOuts(['+12025550101', '+12025550101'], AT)
      same('out', await optedOut(), [true, false])
      const move = await owned(store)
      same('begun nevertheless', await move({ from: ['queued'], to: 'sending' }), undefined)
      same('still queued', (await store.get('a'))?.state, 'queued')
      await store.removeOptOuts(['+12025550101'])
      same('back', await optedOut(), [false, false])
      same('begun', (await move({ from: ['queued'], to: 'sending' }))?.state, 'sending')
      const pause = { cause: 'person', reason: 'holiday', since: AT } as const
      await store.setPause(SENDER, pause)
      same('paused', await store.getPause(SENDER), pause)
      same('the pause leaves the lease free', (await store.acquire(SENDER, AT + 1_000, 1)) !== undefined, true)
      await store.setPause(SENDER, undefined)
      same('goes on', await store.getPause(SENDER), undefined)
    },
  },
]
