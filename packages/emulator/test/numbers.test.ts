import type { GatewayBase } from '@wamux/core'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { expect, it } from 'vitest'

type Verbs = Readonly<Record<string, Readonly<Record<string, (input: object, options?: object) => Promise<Record<string, unknown>>>>>>
type How = 'never' | 'check' | 'always'

const SERVICE_ID = '0123456789abcdef01234567'
const session = '6526b8a5a5a5a5a5a5a5a5a5'

interface Face {
  readonly id: string
  readonly create: (fetch: typeof globalThis.fetch, resolveNumbers: How) => GatewayBase
  /** The number that is looked up, where the request is a look-up of one. */
  readonly lookedUp: (url: URL, body: string) => string | undefined
  readonly found: (digits: string, exists: boolean) => unknown
  readonly sent: (digits: string) => unknown
  /** The id by which a sent message is named. */
  readonly message: string
}

const common = { baseUrl: 'http://gateway.test', random: () => 0, retry: { attempts: 1 } }

const FACES: readonly Face[] = [
  {
    id: 'waha',
    create: (fetch, resolveNumbers) => createWaha({ ...common, apiKey: 'canary-key', fetch, resolveNumbers }) as never,
    lookedUp: (url) => (url.pathname.endsWith('/contacts/check-exists') ? (url.searchParams.get('phone') ?? '') : undefined),
    found: (digits, numberExists) => (numberExists ? { numberExists, chatId: `${digits}@c.us` } : { numberExists }),
    sent: (digits) => ({ key: { remoteJid: `${digits}@s.whatsapp.net`, fromMe: true, id: '3EB0AA' }, status: 2, id: '3EB0AA' }),
    message: '3EB0AA',
  },
  {
    id: 'wawp',
    create: (fetch, resolveNumbers) =>
      createWawp({ ...common, instanceId: session, accessToken: 'canary-token', fetch, resolveNumbers }) as never,
    lookedUp: (url) => (url.pathname.endsWith('/check-exists') ? (url.searchParams.get('phone') ?? '') : undefined),
    found: (digits, numberExists) => (numberExists ? { numberExists, chatId: `${digits}@c.us` } : { numberExists }),
    sent: (digits) => ({ id: '3EB0AA', _data: { key: { remoteJid: `${digits}@s.whatsapp.net`, fromMe: true, id: '3EB0AA' } } }),
    message: '3EB0AA',
  },
  {
    id: 'warest',
    create: (fetch, resolveNumbers) => createWarest({ ...common, apiKey: 'canary-token', fetch, resolveNumbers }) as never,
    lookedUp: (url) => url.searchParams.get('checkNumbers') ?? undefined,
    found: (digits, exists) => ({
      results: [{ data: [{ number: digits, isOnWhatsApp: exists, ...(exists ? { jid: `${digits}@s.whatsapp.net` } : {}) }] }],
    }),
    sent: (digits) => ({ results: [{ messageId: '3EB0AA', toJid: `${digits}@s.whatsapp.net`, status: 'sent' }] }),
    message: '3EB0AA',
  },
  {
    id: 'sparkbot',
    create: (fetch, resolveNumbers) => createSparkbot({ ...common, apiKey: 'canary-token', fetch, resolveNumbers }) as never,
    lookedUp: (url, body) => (url.pathname.endsWith('/numbers/exists') ? body : undefined),
    found: (digits, exists) => ({ exists, ...(exists ? { wid: `${digits}@c.us` } : {}) }),
    sent: (digits) => ({ id: SERVICE_ID, waId: '3EB0AA', wid: `${digits}@c.us`, status: 'processed', deliveryStatus: 'sent' }),
    message: '3EB0AA',
  },
]

// the form that people write, and the one under which WhatsApp knows the number
const NUMBERS = [
  ['5511987654321', '551187654321'],
  ['551187654321', '5511987654321'],
  ['5215512345678', '525512345678'],
  ['525512345678', '5215512345678'],
  ['5491123456789', '541123456789'],
  ['541123456789', '5491123456789'],
] as const
const [BRAZIL] = NUMBERS

const file = { url: 'https://files.example.com/file.bin' }
const SENDS: Readonly<Record<string, object>> = {
  sendText: { text: 'Hi' },
  sendImage: { file },
  sendVideo: { file },
  sendAudio: { file },
  sendVoice: { file },
  sendDocument: { file: { ...file, filename: 'a.pdf' } },
  sendSticker: { file },
  sendLocation: { latitude: 1, longitude: 2 },
  sendContact: { contacts: [{ name: 'Ada', phone: '+12025550199' }] },
  sendPoll: { question: 'Which?', options: ['a', 'b'] },
  forward: { chat: '12025550143@c.us', message: 'true_12025550143@c.us_AB' },
}
const ABOUT: Readonly<Record<string, object>> = {
  get: {},
  waitFor: { ack: 'sent', timeoutMs: 0 },
  edit: { text: 'Ho' },
  revoke: {},
  pin: {},
  star: {},
  react: { emoji: '👍' },
  downloadMedia: {},
  forward: { to: '12025550143@c.us' },
}

/** Operations that name a message without its chat. */
const BY_ID_ALONE = /^(sparkbot|waha (react|forward)$)/

interface Scene {
  readonly message: Verbs[string]
  /** Numbers that were looked up. */
  readonly checks: string[]
  /** Everything else that was asked: path, query and body. */
  readonly others: string[]
}

/** A gateway to which WhatsApp says that it knows one number only. @param broken look-ups fail with this status */
function scene(face: Face, how: How, known: string, broken?: number): Scene {
  const [checks, others]: string[][] = [[], []]
  const fetch = async (request: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
    const url = new URL(request instanceof Request ? request.url : String(request))
    const { body: given } = init ?? {}
    const body = given instanceof FormData ? JSON.stringify([...given]) : String(given ?? '')
    const looked = face.lookedUp(url, body)?.replace(/\D/g, '')
    if (looked === undefined) others?.push(decodeURIComponent(url.pathname + url.search) + body)
    else checks?.push(looked)
    if (looked !== undefined && broken !== undefined) return Response.json({ message: 'broken' }, { status: broken })
    return Response.json(looked === undefined ? face.sent(known) : face.found(looked, looked === known))
  }
  const { message = {} } = face.create(fetch as never, how) as unknown as { message?: Verbs[string] }
  return { message, checks: checks ?? [], others: others ?? [] }
}

const verbsOf = (face: Face, table: Readonly<Record<string, object>>) => {
  const { message } = scene(face, 'never', '')
  return Object.entries(table).flatMap(([name, input]) => (message[name] ? [[name, input] as const] : []))
}
const sends = FACES.flatMap((face) => verbsOf(face, SENDS).map(([name, input]) => [face.id, name, face, input] as const))
const about = FACES.flatMap((face) => verbsOf(face, ABOUT).map(([name, input]) => [face.id, name, face, input] as const))

it('all gateways together have so many of these verbs', () => {
  expect([sends.length, about.length]).toEqual([38, 28])
})

it.each(sends)('%s %s goes to the form of the number that WhatsApp knows', async (_id, verb, face, input) => {
  for (const [asked, known] of NUMBERS) {
    for (const how of ['check', 'always'] as const) {
      const { message, checks, others } = scene(face, how, known)
      for (const _ of [1, 2]) expect(await message[verb]?.({ session, to: `+${asked}`, ...input })).toMatchObject({ to: `${known}@c.us` })
      expect(checks).toEqual(how === 'check' ? [asked, known] : [asked, known, asked, known])
      expect(others.filter((one) => one.includes(asked))).toEqual([])
      expect(others.filter((one) => one.includes(known)).length).toBeGreaterThanOrEqual(2)
    }
  }
})

it.each(sends)('%s %s sends nothing when the look-up fails, or finds nobody', async (_id, verb, face, input) => {
  const [asked] = BRAZIL
  for (const [broken, kind] of [
    [500, 'server'],
    [429, 'rate_limited'],
    [401, 'auth'],
    [undefined, 'not_found'],
  ] as const) {
    const { message, others } = scene(face, 'check', '12025550143', broken)
    await expect(message[verb]?.({ session, to: `+${asked}`, ...input })).rejects.toMatchObject({ kind })
    expect(others).toEqual([])
  }
})

it.each(about)('%s %s is about the chat of the answer', async (_id, verb, face, input) => {
  const [asked, known] = BRAZIL
  const { message, others } = scene(face, 'never', known)
  expect(await message.sendText?.({ session, to: `+${asked}`, text: 'Hi' })).toMatchObject({ to: `${known}@c.us` })
  others.splice(0)
  await message[verb]?.({ session, chat: `+${asked}`, message: face.message, ...input }).catch(() => undefined)
  expect(others.length).toBeGreaterThan(0)
  expect(others.filter((one) => one.includes(asked))).toEqual([])
  if (!BY_ID_ALONE.test(`${face.id} ${verb}`)) expect(others.join()).toContain(known)
})
