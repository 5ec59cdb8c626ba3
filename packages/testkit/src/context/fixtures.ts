import type { Channel, Group, Label, Media, SentMessage, SentStatus, VerbId, Webhook } from '@wamux/core'
import { perform } from '../running/call-verb.ts'
import { type Live, retryUntilDone } from '../running/live-gateway.ts'
import { asBytes, base64Of, FILES, type FileKind } from '../samples/files.ts'
import { type Fixtures, HOOK_URL, type Need, OTHER, PHONE, samples } from '../samples/verb-samples.ts'
import type { PhoneMessage, TestPhones } from '../subject/phones.ts'

/** Digits of a number. */
export function digits(phone: string): string {
  return phone.replace(/\D/g, '')
}

/** The other phones. Calling something that the test gateway lacks throws an error that names the test. */
export function phonesOf({ test: { phones = {} } }: Live, what: string): TestPhones {
  return new Proxy(phones, {
    get(given, name) {
      const act = given[name as keyof TestPhones]
      if (act) return act
      throw new Error(`${what}: to try this the suite needs phones.${String(name)} of the test gateway`)
    },
  }) as TestPhones
}

/** Creates everything that a verb needs: a session at the right stage, and messages, groups or whatever else it is about. */
export async function prepare(live: Live, id: VerbId): Promise<Fixtures> {
  const { stage, needs, file } = samples[id]
  const session = await live.bring(stage)
  const ids: Partial<Record<Need, string>> = {}
  for (const need of needs) ids[need] = await createNeeds[need](live, session, ids)
  return { session, ids, file: await fileFor(live, id, file ?? 'image') }
}

/** A file in a form that the gateway accepts: bytes where possible, otherwise a URL. */
export async function fileFor({ gateway, test }: Live, id: VerbId, kind: FileKind): Promise<Media> {
  const ways = gateway.manifest.limits?.[id]?.media
  if (!ways || ways.includes('bytes')) return asBytes(kind)
  const file = { ...FILES[kind], base64: base64Of(kind) }
  const { url } = (await test.phones?.file?.(file)) ?? { url: `https://files.invalid/${file.filename}` }
  return { ...FILES[kind], url }
}

/** Waits until a phone has got a message of the wanted kind. */
export function arrived(phones: TestPhones, phone: string, wanted: (message: PhoneMessage) => boolean): Promise<PhoneMessage> {
  return retryUntilDone(async () => {
    const found = (await phones.messages({ phone: digits(phone) })).filter(wanted).at(-1)
    if (!found) throw new Error(`nothing of the kind arrived at ${phone}`)
    return found
  })
}

async function sentTo(phones: TestPhones, chat: string): Promise<PhoneMessage> {
  const found = (await phones.messages({})).find(({ to }) => to === chat)
  if (!found) throw new Error(`nothing went to ${chat}`)
  return found
}

/** Sends a text from the session to {@link PHONE} and waits until it arrived. Returns its id. */
export async function writeOwn(live: Live, session: string, text: string): Promise<string> {
  const sent = (await perform(live.gateway, 'message.sendText', { session, to: PHONE, text })) as SentMessage
  if (live.test.phones?.messages) await arrived(phonesOf(live, 'what the session writes'), PHONE, (message) => message.text === text)
  return sent.id ?? ''
}

/** Sends a message to the session and waits until it arrived. Returns the gateway's id for it where the gateway lists messages. */
export async function writeTheirs(
  live: Live,
  session: string,
  content: { readonly text: string; readonly withFile?: FileKind },
  from: string = PHONE,
): Promise<string> {
  const phones = phonesOf(live, 'messages of others')
  const account = live.accountOf(session)
  const file = content.withFile && { ...FILES[content.withFile], base64: base64Of(content.withFile) }
  await phones.phone({ phone: account, reads: false })
  const sent = await phones.message({ from: digits(from), to: account, text: content.text, ...(file ? { file } : {}) })
  await arrived(phones, account, (message) => message.id === sent.id)
  return (await idInGateway(live, session, from, content.text)) ?? sent.id
}

async function idInGateway({ gateway }: Live, session: string, chat: string, text: string): Promise<string | undefined> {
  if (!('message.list' in gateway.manifest.capabilities)) return undefined
  return retryUntilDone(async () => {
    const { items } = (await perform(gateway, 'message.list', { session, chat, limit: 10 })) as { items: { id: string; text?: string }[] }
    const found = items.find((message) => message.text === text)
    if (!found) throw new Error(`"${text}" is not among the messages of ${chat}`)
    return found.id
  })
}

type CreateNeed = (live: Live, session: string, ids: Readonly<Partial<Record<Need, string>>>) => Promise<string>

async function joinedBy(live: Live, session: string): Promise<string> {
  const phones = phonesOf(live, 'groups with join requests')
  const account = live.accountOf(session)
  const { id, invite } = await phones.group({ phone: account, subject: 'Asking', participants: [digits(PHONE)], approval: true })
  await phones.join({ phone: digits(OTHER), invite })
  return id
}

const has = ({ gateway }: Live, id: VerbId) => id in gateway.manifest.capabilities

const createNeeds: Readonly<Record<Need, CreateNeed>> = {
  own: (live, session) => writeOwn(live, session, 'What I wrote'),
  theirs: (live, session) => writeTheirs(live, session, { text: 'What they wrote' }),
  picture: (live, session) => writeTheirs(live, session, { text: 'What they show', withFile: 'image' }),

  async group(live, session) {
    if (has(live, 'group.create')) {
      const input = { session, subject: 'Conformance', participants: [PHONE] }
      return ((await perform(live.gateway, 'group.create', input)) as Group).id
    }
    const phones = phonesOf(live, 'groups')
    return (await phones.group({ phone: live.accountOf(session), subject: 'Conformance', participants: [digits(PHONE)] })).id
  },

  async invite(live) {
    const { invite } = await phonesOf(live, 'joining groups').group({
      phone: digits(PHONE),
      subject: 'Open',
      participants: [digits(OTHER)],
    })
    return `https://chat.whatsapp.com/${invite}`
  },

  request: async (live, session, ids) => {
    const id = await joinedBy(live, session)
    // the verb is tried on the group that somebody asked to join
    Object.assign(ids, { group: id })
    return id
  },

  async status(live, session) {
    const posted = has(live, 'status.sendText')
      ? await perform(live.gateway, 'status.sendText', { session, text: 'On holiday' })
      : await perform(live.gateway, 'status.sendImage', { session, file: await fileFor(live, 'status.sendImage', 'image') })
    // a post that still waits in the queue cannot be deleted
    if (live.test.phones?.messages) await retryUntilDone(() => sentTo(phonesOf(live, 'status posts'), 'status@broadcast'))
    return (posted as SentStatus).id ?? ''
  },

  async label(live, session) {
    if (has(live, 'label.create')) return ((await perform(live.gateway, 'label.create', { session, name: 'Customer' })) as Label).id
    return (await phonesOf(live, 'labels').label({ phone: live.accountOf(session), name: 'Customer' })).id
  },

  async channel(live, session) {
    if (has(live, 'channel.create')) return ((await perform(live.gateway, 'channel.create', { session, name: 'News' })) as Channel).id
    return (await phonesOf(live, 'channels').channel({ phone: live.accountOf(session), name: 'News' })).id
  },

  theirChannel: async (live) => (await phonesOf(live, 'channels').channel({ phone: digits(PHONE), name: 'Theirs' })).id,

  async followed(live, session) {
    const { id } = await phonesOf(live, 'channels').channel({ phone: digits(PHONE), name: 'Theirs' })
    if (has(live, 'channel.follow')) await perform(live.gateway, 'channel.follow', { session, channel: id })
    return id
  },

  async webhook(live, session) {
    return ((await perform(live.gateway, 'webhook.create', { session, url: live.test.hooks?.url ?? HOOK_URL })) as Webhook).id
  },
}
