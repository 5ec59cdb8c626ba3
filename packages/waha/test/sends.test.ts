import type { VerbId } from '@wamux/core'
import type { Script } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { failure, SESSION as session, verbs } from './fixtures/scripted.ts'

const TO = '+12025550143'
const chatId = '12025550143@c.us'
const group = '120363000000000000@g.us'
const replyTo = `false_${chatId}_CD`
const url = 'https://files.example.com/holiday.png?key=1'
const bytes = new Uint8Array([1, 2, 3])
const data = 'AQID'
const card = { name: 'Ada', phone: '+1 202-555-0199' }
const engineCard = { fullName: 'Ada', phoneNumber: '+12025550199', whatsappId: '12025550199' }

// the same sent message in the words of three engines
const NOWEB = {
  key: { remoteJid: '12025550143@s.whatsapp.net', fromMe: true, id: 'AB' },
  messageTimestamp: '1795223577',
  status: 'PENDING',
}
const WEBJS = { id: { fromMe: true, remote: chatId, id: 'AB', _serialized: `true_${chatId}_AB` }, ack: 0 }
const GOWS = { id: `true_${chatId}_AB`, _data: null }

const cases: readonly [VerbId, object, string, object][] = [
  ['message.sendText', { to: TO, text: 'Hi' }, '/api/sendText', { session, chatId, text: 'Hi' }],
  [
    'message.sendText',
    { to: group, text: 'Hi @12025550199', replyTo, mentions: [card.phone, '99@lid'] },
    '/api/sendText',
    { session, chatId: group, text: 'Hi @12025550199', reply_to: replyTo, mentions: ['12025550199@c.us', '99@lid'] },
  ],
  ['message.sendText', { to: TO, text: 'Hi', mentions: [] }, '/api/sendText', { session, chatId, text: 'Hi' }],
  ['message.sendImage', { to: TO, file: { url } }, '/api/sendImage', { session, chatId, file: { url, mimetype: 'image/png' } }],
  [
    'message.sendImage',
    { to: TO, file: { data: bytes, filename: 'x.webp' }, caption: 'Look', replyTo },
    '/api/sendImage',
    { session, chatId, reply_to: replyTo, file: { data, mimetype: 'image/webp', filename: 'x.webp' }, caption: 'Look' },
  ],
  [
    'message.sendVideo',
    { to: TO, file: { base64: 'data:video/webm;base64,AQID' }, caption: '' },
    '/api/sendVideo',
    { session, chatId, file: { data, mimetype: 'video/webm' }, convert: true, caption: '' },
  ],
  [
    'message.sendVideo',
    { to: TO, file: { data: new Blob([bytes]) } },
    '/api/sendVideo',
    { session, chatId, file: { data, mimetype: 'video/mp4' }, convert: false },
  ],
  [
    'message.sendVoice',
    { to: TO, file: { data: bytes } },
    '/api/sendVoice',
    { session, chatId, file: { data, mimetype: 'audio/ogg; codecs=opus' }, convert: false },
  ],
  [
    'message.sendVoice',
    { to: TO, file: { url: 'https://x.test/a.mp3' } },
    '/api/sendVoice',
    { session, chatId, file: { url: 'https://x.test/a.mp3', mimetype: 'audio/mpeg' }, convert: true },
  ],
  [
    'message.sendDocument',
    { to: TO, file: { data: bytes, filename: 'a.pdf' }, caption: 'Read' },
    '/api/sendFile',
    { session, chatId, file: { data, mimetype: 'application/pdf', filename: 'a.pdf' }, caption: 'Read' },
  ],
  [
    'message.sendLocation',
    { to: TO, latitude: 52.5, longitude: -13.4, name: 'Here' },
    '/api/sendLocation',
    { session, chatId, latitude: 52.5, longitude: -13.4, title: 'Here' },
  ],
  [
    'message.sendLocation',
    { to: TO, latitude: 0, longitude: 0 },
    '/api/sendLocation',
    { session, chatId, latitude: 0, longitude: 0, title: '' },
  ],
  [
    'message.sendContact',
    { to: TO, contacts: [{ ...card, organization: 'Club' }, card] },
    '/api/sendContactVcard',
    { session, chatId, contacts: [{ ...engineCard, organization: 'Club' }, engineCard] },
  ],
  [
    'message.sendPoll',
    { to: TO, question: 'Tea?', options: ['Yes', 'No'], replyTo },
    '/api/sendPoll',
    { session, chatId, reply_to: replyTo, poll: { name: 'Tea?', options: ['Yes', 'No'], multipleAnswers: false } },
  ],
  [
    'message.sendPoll',
    { to: TO, question: 'Tea?', options: ['Yes', 'No'], multiple: true },
    '/api/sendPoll',
    { session, chatId, poll: { name: 'Tea?', options: ['Yes', 'No'], multipleAnswers: true } },
  ],
  ['message.forward', { chat: group, message: 'false_x', to: TO }, '/api/forwardMessage', { session, chatId, messageId: 'false_x' }],
]

describe('a message is sent', () => {
  it.each(cases)('%s %j', async (id, input, path, body) => {
    for (const answer of [NOWEB, WEBJS, GOWS]) {
      const { run, calls } = verbs([{ status: 201, body: answer }])
      const result = await run(id, input)
      expect(calls()).toEqual([[`POST ${path}`, body]])
      const to = (body as { chatId: string }).chatId
      // pending is what the first two say
      const status = answer === GOWS ? 'sent' : 'queued'
      expect(result).toMatchObject({ session, to, id: `true_${chatId}_AB`, status, raw: answer })
    }
  })

  it.each([undefined, '', [], 'ok', { key: null, id: 5 }])('but not by an answer that says nothing: %j', async (body) => {
    const { run } = verbs([{ status: 201, ...(body === undefined ? {} : { body }) }])
    expect(await failure(run('message.sendText', { to: TO, text: 'Hi' }))).toMatchObject({ kind: 'unknown_outcome', reached: 'yes' })
  })

  it('reads a stream once', async () => {
    const { run, calls } = verbs([{ status: 201, body: GOWS }])
    await run('message.sendImage', { to: TO, file: { data: new Blob([bytes]).stream(), mimetype: 'image/gif' } })
    expect(calls()).toEqual([['POST /api/sendImage', { session, chatId, file: { data, mimetype: 'image/gif' } }]])
  })
})

describe('a message is sent under an id where the config asks for it', () => {
  const withId: readonly VerbId[] = [
    'message.sendText',
    'message.sendLocation',
    'message.sendContact',
    'message.sendPoll',
    'message.forward',
  ]
  const found = { ...GOWS, ack: 1 }
  const script: Script = ({ method, url: asked }) => {
    if (asked.endsWith('/new-message-id')) return { status: 200, body: { id: 'AB' } }
    return method === 'POST' ? 'lost' : { status: 200, body: found }
  }

  it.each(cases.filter(([id]) => withId.includes(id)))('%s %j', async (id, input, path, body) => {
    const { run, calls } = verbs(script, { idempotency: 'reconcile' })
    const to = (body as { chatId: string }).chatId
    expect(await run(id, input)).toMatchObject({ session, to, id: found.id, status: 'sent', raw: found })
    const look = `GET /api/${session}/chats/${to}/messages/true_${to}_AB?downloadMedia=false&merge=true`
    expect(calls()).toEqual([[`GET /api/${session}/new-message-id`], [`POST ${path}`, { ...body, id: 'AB' }], [look]])
  })

  it.each(cases.filter(([id]) => !withId.includes(id)))('%s takes none: its outcome stays unknown', async (id, input, path) => {
    const { run, calls } = verbs(script, { idempotency: 'reconcile' })
    expect(await failure(run(id, input))).toMatchObject({ kind: 'unknown_outcome' })
    expect(calls().map(([call]) => call)).toEqual([`POST ${path}`])
  })
})

const statuses: readonly [VerbId, object, string, object][] = [
  ['status.sendText', { text: 'News' }, 'text', { text: 'News', backgroundColor: '#38b42f', font: 0 }],
  ['status.sendText', { text: 'News', backgroundColor: '#Ff0000' }, 'text', { text: 'News', backgroundColor: '#Ff0000', font: 0 }],
  ['status.sendImage', { file: { url }, caption: 'Look' }, 'image', { file: { url, mimetype: 'image/png' }, caption: 'Look' }],
  ['status.sendVideo', { file: { data: bytes } }, 'video', { file: { data, mimetype: 'video/mp4' }, convert: false }],
  [
    'status.sendVoice',
    { file: { data: bytes, filename: 'a.wav' } },
    'voice',
    { file: { data, mimetype: 'audio/wav', filename: 'a.wav' }, convert: true, backgroundColor: '#38b42f' },
  ],
]

describe('a status is posted', () => {
  it.each(statuses)('%s %j', async (id, input, path, body) => {
    const raw = { ...NOWEB, key: { remoteJid: 'status@broadcast', fromMe: true, id: 'AB' } }
    // also where the config asks for ids: there an id means one batch of several
    for (const idempotency of ['off', 'reconcile'] as const) {
      const { run, calls } = verbs([{ status: 201, body: raw }], { idempotency })
      expect(await run(id, input)).toMatchObject({ session, id: 'true_status@broadcast_AB', status: 'queued', raw })
      expect(calls()).toEqual([[`POST /api/${session}/status/${path}`, body]])
    }
  })

  it('and taken back', async () => {
    const { run, calls } = verbs([{ status: 201 }])
    expect(await run('status.delete', { message: 'AB' })).toMatchObject({ session, done: true, raw: undefined })
    expect(calls()).toEqual([[`POST /api/${session}/status/delete`, { id: 'AB' }]])
  })
})

describe('before anything is sent, refuses', () => {
  const files = ['sendImage', 'sendVideo', 'sendVoice', 'sendDocument'] as const
  it.each(files)('%s: a file that is none', async (name) => {
    const { run, requests } = verbs()
    const bad = [undefined, {}, { url: 'ftp://x.test/a' }, { url, data: bytes }, { data: new Uint8Array() }, { base64: '*' }]
    for (const file of bad) expect(await failure(run(`message.${name}`, { to: TO, file }))).toMatchObject({ kind: 'invalid_request' })
    const huge = { data: new Uint8Array(38_000_001) }
    const error = await failure(run(`message.${name}`, { to: TO, file: huge }))
    expect(error).toMatchObject({ kind: 'invalid_request', field: 'file', message: expect.stringContaining('38 MB') })
    expect(requests).toEqual([])
  })

  it('an answer to a message without an id, in all sends', async () => {
    const everything = { file: { url }, text: 'Hi', question: '?', options: ['a', 'b'], latitude: 1, longitude: 1, contacts: [card] }
    const { run, requests } = verbs()
    for (const name of [...files, 'sendText', 'sendLocation', 'sendContact', 'sendPoll'] as const) {
      const error = await failure(run(`message.${name}`, { to: TO, ...everything, replyTo: '' }))
      expect([name, error.kind, error.field]).toEqual([name, 'invalid_request', 'replyTo'])
    }
    expect(requests).toEqual([])
  })

  it('mentions, in all sends but that of text', async () => {
    const everything = { file: { url }, question: '?', options: ['a', 'b'], latitude: 1, longitude: 1, contacts: [card], mentions: [TO] }
    const { run, requests, waha } = verbs()
    const others = Object.keys(waha.message).filter((name) => name.startsWith('send') && name !== 'sendText')
    expect(others).toHaveLength(8)
    for (const name of others) {
      const error = await failure(run(`message.${name}` as VerbId, { to: TO, ...everything }))
      expect([name, error.kind, error.field, error.reached]).toEqual([name, 'unsupported', 'mentions', 'no'])
    }
    expect(requests).toEqual([])
  })

  it.each([
    ['message.sendText', { to: TO, text: '' }, 'text'],
    ['message.sendText', { to: 'nobody', text: 'Hi' }, 'to'],
    ['message.sendText', { to: TO, text: 'Hi', session: '' }, 'session'],
    ['message.sendText', { to: TO, text: 'Hi', mentions: [group] }, 'mentions[0]'],
    ['message.sendLocation', { to: TO, latitude: 91, longitude: 0 }, 'latitude'],
    ['message.sendLocation', { to: TO, latitude: 0, longitude: Number.NaN }, 'longitude'],
    ['message.sendContact', { to: TO, contacts: [] }, 'contacts'],
    ['message.sendContact', { to: TO, contacts: [{ name: 'A', phone: 'x' }] }, 'contacts[0].phone'],
    ['message.sendPoll', { to: TO, question: '', options: ['a', 'b'] }, 'question'],
    ['message.sendPoll', { to: TO, question: '?', options: ['a'] }, 'options'],
    ['message.sendPoll', { to: TO, question: '?', options: Array(13).fill('a') }, 'options'],
    ['message.sendPoll', { to: TO, question: '?', options: ['a', ''] }, 'options[1]'],
    ['message.forward', { chat: TO, message: '', to: TO }, 'message'],
    ['status.sendText', { text: 'x', backgroundColor: 'red' }, 'backgroundColor'],
  ] as const)('%s %j', async (id, input, field) => {
    const { run, requests } = verbs()
    expect(await failure(run(id, input))).toMatchObject({ kind: 'invalid_request', field, reached: 'no' })
    expect(requests).toEqual([])
  })

  it('an address of a location, which would be lost', async () => {
    const { run, requests } = verbs()
    const error = await failure(run('message.sendLocation', { to: TO, latitude: 1, longitude: 1, address: 'Street 1' }))
    expect(error).toMatchObject({ kind: 'unsupported', field: 'address' })
    expect(requests).toEqual([])
  })
})
