import { type Clock, type Message, type Page, systemClock } from '@wamux/core'
import type { SeenRequest } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { failure, SESSION as session, verbs } from './fixtures/scripted.ts'

const person = '12025550143@c.us'
const group = '120363000000000000@g.us'
const messageOf = (n: number) => ({ id: `true_${person}_${n}`, timestamp: 1_000_000_000 + n, from: person, fromMe: true, hasMedia: false })

/** A WAHA with so many things, some of which it counts and then leaves out. */
function listing<Item>(all: readonly (Item | undefined)[]) {
  return ({ url }: SeenRequest) => {
    const query = new URL(url).searchParams
    const from = Number(query.get('offset'))
    const items = all.slice(from, from + Number(query.get('limit'))).filter((item) => item !== undefined)
    return { status: 200, body: items }
  }
}

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

describe('messages of a chat', () => {
  it('come page by page, without files', async () => {
    const { waha, calls } = verbs(listing([1, 2, 3].map(messageOf)))
    const page = await waha.message.list({ session, chat: person, limit: 2 })
    expect(page).toEqual({ items: page.items, next: '2', raw: [messageOf(1), messageOf(2)] })
    expect(page.items.map(({ id }) => id)).toEqual([`true_${person}_1`, `true_${person}_2`])
    expect(calls()).toEqual([[`GET /api/${session}/chats/${person}/messages?limit=2&offset=0&downloadMedia=false`]])
  })

  it('are all told, also where a page is short or empty because some are left out', async () => {
    const some = [1, undefined, 3, undefined, undefined, undefined, undefined, 8, 9]
    for (const limit of [1, 2, 3, 100]) {
      const { waha } = verbs(listing(some.map((n) => (n === undefined ? undefined : messageOf(n)))))
      const ids = (await all<Message>(waha.message.list({ session, chat: person, limit }))).map(({ at }) => (at ?? 0) / 1000 - 1e9)
      expect([limit, ids]).toEqual([limit, [1, 3, 8, 9]])
    }
  })

  it('end', async () => {
    const { waha, requests } = verbs(listing([]))
    expect(await waha.message.list({ session, chat: person, limit: 2 })).toEqual({ items: [], raw: [] })
    expect(requests).toHaveLength(2)
    const three = verbs(listing([1, 2, 3].map(messageOf)))
    const last = await three.waha.message.list({ session, chat: person, limit: 2, cursor: '2' })
    expect([last.items.length, last.next]).toEqual([1, undefined])
  })
})

describe('own messages in groups', () => {
  const lid = '222000000000000@lid'
  const me = { id: '4915112345678@c.us', lid: '222000000000000:7@lid', pushName: 'Us' }
  const inGroup = (n: number, author: string) => ({
    id: `false_${group}_${n}_${author}`,
    timestamp: n,
    from: group,
    participant: author,
    fromMe: false,
    hasMedia: false,
  })
  const ME = `GET /api/sessions/${session}/me`
  const asked = (rows: readonly unknown[], account: { status: number; body?: unknown } = { status: 200, body: me }) =>
    verbs(({ url }) =>
      url.endsWith('/me')
        ? account
        : new URL(url).pathname.endsWith('/messages')
          ? { status: 200, body: rows }
          : { status: 200, body: rows[0] },
    )
  const count = (calls: readonly (readonly unknown[])[]) => calls.filter(([call]) => call === ME).length
  const list = { session, chat: group, limit: 2 }

  it('are known by the LID of the account, in a list and alone', async () => {
    const { waha, calls } = asked([inGroup(1, lid), inGroup(2, '333000000000000@lid')])
    const { items } = await waha.message.list(list)
    expect(items.map(({ fromMe, from, person }) => [fromMe, from, person])).toEqual([
      [true, lid, undefined],
      [false, '333000000000000@lid', { id: '333000000000000@lid', lid: '333000000000000@lid' }],
    ])
    expect((await waha.message.get({ session, chat: group, message: `false_${group}_1_${lid}` })).fromMe).toBe(true)
    // the account is remembered for a while
    expect(count(calls())).toBe(1)
  })

  it('are asked for again after a minute', async () => {
    let now = 0
    const { waha, calls } = verbs(({ url }) => ({ status: 200, body: url.endsWith('/me') ? me : [inGroup(1, lid), inGroup(2, lid)] }), {
      clock: { ...systemClock, now: () => now },
    })
    for (const at of [0, 59_999, 60_000]) {
      now = at
      await waha.message.list(list)
    }
    expect(count(calls())).toBe(2)
  })

  it.each([
    ['of persons by number', [inGroup(1, person), inGroup(2, person)]],
    ['that the engine knows as own', [1, 2].map((n) => ({ ...inGroup(n, lid), fromMe: true }))],
    ['of a chat with one person', [messageOf(1), messageOf(2)]],
  ])('cost no question where they are %s', async (_name, rows) => {
    const { waha, requests } = asked(rows)
    await waha.message.list(list)
    expect(requests).toHaveLength(1)
  })

  it.each([
    ['fails', { status: 500, body: {} }],
    ['is empty', { status: 200 }],
    ['is something else', { status: 200, body: [1] }],
    ['has no LID', { status: 200, body: { id: me.id } }],
  ])('stay as the engine has them where the account %s', async (_name, account) => {
    const { waha, calls } = asked([inGroup(1, lid), inGroup(2, lid)], account)
    expect((await waha.message.list(list)).items.map(({ fromMe }) => fromMe)).toEqual([false, false])
    expect(count(calls())).toBe(1)
  })
})

describe('other lists', () => {
  const chats = ['12025550143@s.whatsapp.net', group, '99@lid', '1@newsletter'].map((id, n) => ({ id, conversationTimestamp: 100 - n }))

  it('of chats: newest first, ids in one form', async () => {
    const { waha, calls } = verbs(listing(chats))
    const page = await waha.chat.list({ session, limit: 3 })
    expect(page.items.map(({ id, kind, at }) => [id, kind, at])).toEqual([
      [person, 'person', 100_000],
      [group, 'group', 99_000],
      ['99@lid', 'person', 98_000],
    ])
    expect(page.next).toBe('3')
    expect(await waha.chat.list({ session, limit: 3, cursor: '3' })).toMatchObject({ items: [{ kind: 'channel' }] })
    expect(calls()).toEqual([
      [`GET /api/${session}/chats?sortBy=conversationTimestamp&sortOrder=desc&limit=3&offset=0`],
      [`GET /api/${session}/chats?sortBy=conversationTimestamp&sortOrder=desc&limit=3&offset=3`],
    ])
  })

  it('of contacts', async () => {
    const { waha, calls } = verbs(listing([{ id: person, name: 'Ada' }, { broken: true }, null]))
    expect((await waha.contact.list({ session })).items.map(({ id, name }) => [id, name])).toEqual([[person, 'Ada']])
    expect(calls()).toEqual([[`GET /api/contacts/all?session=${session}&limit=100&offset=0`]])
  })

  it('of groups: NOWEB gives an object, other engines a list', async () => {
    const groups = [{ id: group, subject: 'Club', participants: [{ id: person, admin: 'superadmin' }] }]
    const webjs = [
      { id: { _serialized: group }, name: 'Club', groupMetadata: { participants: [{ id: { _serialized: person }, isSuperAdmin: true }] } },
    ]
    const gows = [{ JID: group, Name: 'Club', Participants: [{ JID: '12025550143@s.whatsapp.net', IsSuperAdmin: true }] }]
    for (const body of [{ [group]: groups[0] }, groups, webjs, gows]) {
      const { waha, calls } = verbs([{ status: 200, body }])
      const { items } = await waha.group.list({ session, limit: 10, cursor: '0' })
      const participants = [{ id: person, phone: '+12025550143', role: 'owner' }]
      expect(items.map(({ raw, ...known }) => known)).toEqual([{ session, id: group, subject: 'Club', participants }])
      expect(calls()).toEqual([[`GET /api/${session}/groups?limit=10&offset=0`]])
    }
    expect(await verbs([{ status: 200, body: {} }]).waha.group.list({ session })).toEqual({ items: [], raw: {} })
  })

  it.each([
    ['label.list', {}, `labels`, [{ id: '1' }, { id: '2' }, { id: '3' }]],
    ['label.chats', { label: '7' }, `labels/7/chats`, chats.slice(0, 3)],
    ['channel.list', {}, `channels`, [{ id: '1@newsletter' }, { id: '2@newsletter' }, { id: '3@newsletter' }]],
  ] as const)('%s comes whole and is cut here', async (id, input, path, body) => {
    const { run, calls } = verbs([{ status: 200, body }])
    const whole = (await run(id, input)) as unknown as Page<unknown>
    expect([whole.items.length, whole.next]).toEqual([3, undefined])
    const first = (await run(id, { ...input, limit: 2 })) as unknown as Page<unknown>
    expect([first.items.length, first.next]).toEqual([2, '2'])
    const last = (await run(id, { ...input, limit: 2, cursor: '2' })) as unknown as Page<unknown>
    expect([last.items.length, last.next]).toEqual([1, undefined])
    expect(calls()[0]).toEqual([`GET /api/${session}/${path}`])
  })
})

describe('the file of a message', () => {
  const id = `false_${person}_AB`
  const withFile = (media: object | null, hasMedia = true) => ({ ...messageOf(1), id, hasMedia, media })
  const bytes = new Uint8Array([255, 216, 0, 10])
  const serve = (media: object | null, hasMedia?: boolean) =>
    verbs([
      { status: 200, body: withFile(media, hasMedia) },
      { status: 200, body: bytes, headers: { 'content-type': 'image/jpeg' } },
    ])

  it.each([
    'http://localhost:3000/api/files/main/a%20b.jpg',
    'https://waha.example/prefix/api/files/main/a%20b.jpg',
    '/api/files/main/a%20b.jpg',
  ])('is fetched from this server, whatever host it names: %s', async (url) => {
    const { waha, requests, calls } = serve({ url, mimetype: 'image/jpeg', filename: 'a b.jpg' })
    const file = await waha.message.downloadMedia({ session, chat: person, message: id })
    expect(file).toMatchObject({ session, data: bytes, mimetype: 'image/jpeg', filename: 'a b.jpg', raw: { id } })
    expect(calls()).toEqual([[`GET /api/${session}/chats/${person}/messages/${id}?downloadMedia=true`], ['GET /api/files/main/a b.jpg']])
    expect(new URL(requests[1]?.url ?? '').host).toBe('waha.test')
    expect(requests[1]?.headers['x-api-key']).toBe('canary-key')
  })

  it.each(['text/plain', 'application/json', 'text/html'])('may be %s: its bytes stay as they are', async (type) => {
    const { waha } = verbs([
      { status: 200, body: withFile({ url: '/api/files/a' }) },
      { status: 200, body: bytes, headers: { 'content-type': type } },
    ])
    const file = await waha.message.downloadMedia({ session, chat: person, message: id })
    expect([file.data, file.mimetype]).toEqual([bytes, type])
  })

  it('is not fetched from elsewhere, where the key would go along', async () => {
    const { waha, requests } = serve({ url: 'https://bucket.s3.example/a.jpg?signature=x' })
    const error = await failure(waha.message.downloadMedia({ session, chat: person, message: id }))
    expect(error).toMatchObject({ kind: 'unsupported', hint: expect.stringContaining('media.url') })
    expect(requests).toHaveLength(1)
  })

  it.each([
    [null, false],
    [null, true],
    [{ url: null, error: 'gone' }, true],
  ] as const)('is not there: %j', async (media, hasMedia) => {
    const { waha } = serve(media, hasMedia)
    expect(await failure(waha.message.downloadMedia({ session, chat: person, message: id }))).toMatchObject({ kind: 'not_found' })
  })
})

it('waits until a message is read', async () => {
  const acks = [0, 1, 2, 3]
  // a deadline never comes, a pause is over at once
  const clock: Clock = {
    now: () => 0,
    after(ms, callback) {
      if (ms < 10_000) queueMicrotask(callback)
      return () => {}
    },
  }
  const { waha, requests } = verbs((_, index) => ({ status: 200, body: { ...messageOf(1), ack: acks[index] } }), { clock })
  const found = await waha.message.waitFor({ session, chat: person, message: `true_${person}_1`, ack: 'read' })
  expect([found.ack, requests.length]).toEqual(['read', 4])
})
