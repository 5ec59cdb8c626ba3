import type { VerbId } from '@wamux/core'
import type { Script } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { failure, request, SESSION, TOKEN, verbs } from './fixtures/stubbed.ts'

const TO = '+12025550143'
const chatId = '12025550143@c.us'
const base = { session: SESSION, to: TO }
const url = 'https://files.example.com/a%20b/holiday%20one.png?key=1'
const file = (name: string, type: string, address: string) => ({ 'file[url]': address, 'file[filename]': name, 'file[mimetype]': type })
const picture = file('holiday one.png', 'image/png', url)
const webjs = { id: 'true_12025550143@c.us_AB', ack: 0, _data: { id: { _serialized: 'true_12025550143@c.us_AB' } } }

const start = (script: Script = [{ status: 200, body: webjs }]) => verbs(script)

describe('what is sent', () => {
  const replyTo = 'false_12025550143@c.us_CD'
  const card = { name: 'Ada', phone: '+1 202-555-0199' }
  const cases: readonly [VerbId, object, string, object][] = [
    ['message.sendText', { ...base, text: 'Hi' }, 'send/text', { chatId, message: 'Hi' }],
    ['message.sendText', { ...base, text: 'Hi', replyTo, mentions: [] }, 'send/text', { chatId, message: 'Hi', reply_to: replyTo }],
    ['message.sendImage', { ...base, file: { url } }, 'send/image', { chatId, ...picture }],
    [
      'message.sendImage',
      { ...base, file: { url, filename: 'x.bin', mimetype: 'image/webp' }, caption: 'Look', replyTo },
      'send/image',
      { chatId, reply_to: replyTo, ...file('x.bin', 'image/webp', url), caption: 'Look' },
    ],
    // an address that ends in no file name
    [
      'message.sendImage',
      { ...base, file: { url: 'https://x.test/7' } },
      'send/image',
      { chatId, ...file('file', 'image/jpeg', 'https://x.test/7') },
    ],
    [
      'message.sendVideo',
      { ...base, file: { url: 'https://x.test/a.mp4' }, caption: 'Film' },
      'send/video',
      { chatId, ...file('a.mp4', 'video/mp4', 'https://x.test/a.mp4'), caption: 'Film' },
    ],
    [
      'message.sendVideo',
      { ...base, file: { url: 'https://x.test/a.mov' } },
      'send/video',
      { chatId, ...file('a.mov', 'video/quicktime', 'https://x.test/a.mov'), convert: true },
    ],
    [
      'message.sendVoice',
      { ...base, file: { url: 'https://x.test/a.ogg' } },
      'send/voice',
      { chatId, ...file('a.ogg', 'audio/ogg; codecs=opus', 'https://x.test/a.ogg'), convert: false },
    ],
    [
      'message.sendVoice',
      { ...base, file: { url: 'https://x.test/a.mp3' } },
      'send/voice',
      { chatId, ...file('a.mp3', 'audio/mpeg', 'https://x.test/a.mp3'), convert: true },
    ],
    [
      'message.sendDocument',
      { ...base, file: { url: 'https://x.test/a.pdf' }, caption: 'Read' },
      'send/pdf',
      { chatId, ...file('a.pdf', 'application/pdf', 'https://x.test/a.pdf'), caption: 'Read' },
    ],
    [
      'message.sendLocation',
      { ...base, latitude: 52.5, longitude: -13.4, name: 'Here', address: 'Street 1' },
      'send/location',
      { chatId, latitude: 52.5, longitude: -13.4, title: 'Here', message: 'Street 1' },
    ],
    [
      'message.sendLocation',
      { ...base, latitude: 0, longitude: 0 },
      'send/location',
      { chatId, latitude: 0, longitude: 0, title: '', message: '' },
    ],
    [
      'message.sendContact',
      { ...base, contacts: [{ ...card, organization: 'Club' }, card] },
      'send/contact',
      {
        chatId,
        contacts: [
          { fullName: 'Ada', organization: 'Club', phoneNumber: '+12025550199', whatsappId: '12025550199' },
          { fullName: 'Ada', phoneNumber: '+12025550199', whatsappId: '12025550199' },
        ],
      },
    ],
    [
      'message.sendPoll',
      { ...base, question: 'Tea?', options: ['Yes', 'No'] },
      'send/poll',
      { chatId, poll: { name: 'Tea?', options: ['Yes', 'No'] } },
    ],
    [
      'message.sendPoll',
      { ...base, to: '120363000000000000@g.us', question: 'Tea?', options: ['Yes', 'No'], multiple: true },
      'send/poll',
      { chatId: '120363000000000000@g.us', poll: { name: 'Tea?', options: ['Yes', 'No'], multipleAnswers: true } },
    ],
    ['status.sendText', { session: SESSION, text: 'News' }, 'status/text', { text: 'News', backgroundColor: '#38b42f', font: 0 }],
    [
      'status.sendText',
      { session: SESSION, text: 'News', backgroundColor: '#Ff0000' },
      'status/text',
      { text: 'News', backgroundColor: '#Ff0000', font: 0 },
    ],
    ['status.sendImage', { session: SESSION, file: { url }, caption: 'Look' }, 'status/image', { ...picture, caption: 'Look' }],
    [
      'status.sendVideo',
      { session: SESSION, file: { url: 'https://x.test/a.mp4' } },
      'status/video',
      file('a.mp4', 'video/mp4', 'https://x.test/a.mp4'),
    ],
    [
      'status.sendVideo',
      { session: SESSION, file: { url: 'https://x.test/a.webm' } },
      'status/video',
      { ...file('a.webm', 'video/webm', 'https://x.test/a.webm'), convert: true },
    ],
    [
      'status.sendVoice',
      { session: SESSION, file: { url: 'https://x.test/a.wav' } },
      'status/voice',
      { ...file('a.wav', 'audio/wav', 'https://x.test/a.wav'), convert: true },
    ],
  ]
  it.each(cases)('%s %j', async (id, input, path, fields) => {
    const { run, calls } = start()
    const result = await run(id, input)
    expect(calls()).toEqual([request(`POST /v2/${path}`, { body: fields })])
    const to = id.startsWith('status.') ? {} : { to: (fields as { chatId: string }).chatId }
    expect(result).toMatchObject({ session: SESSION, ...to, id: 'true_12025550143@c.us_AB', status: 'queued', raw: webjs })
  })
})

describe('what is not sent', () => {
  const bytes = { data: new Uint8Array([1]) }
  const withFile: readonly VerbId[] = [
    'message.sendImage',
    'message.sendVideo',
    'message.sendVoice',
    'message.sendDocument',
    'status.sendImage',
    'status.sendVideo',
    'status.sendVoice',
    'profile.setPicture',
    'group.setPicture',
  ]
  it.each(withFile)('%s: bytes, which Wawp has no place for', async (id) => {
    const { run, requests } = start()
    for (const given of [bytes, { base64: 'AAAA' }, { data: new Blob(['x']) }]) {
      const error = await failure(run(id, { ...base, group: '1@g.us', file: given }))
      expect([error.kind, error.field, error.reached]).toEqual(['unsupported', 'file', 'no'])
      expect(error.message).toMatch(/https address only.*Nothing was sent/)
    }
    for (const [given, field] of [
      [{ url: 'http://x.test/a.png' }, 'file.url'],
      [{ url: 'ftp://x.test/a.png' }, 'file.url'],
      [{ url, base64: 'AAAA' }, 'file'],
      [{}, 'file'],
      [undefined, 'file'],
    ] as const) {
      const error = await failure(run(id, { ...base, group: '1@g.us', file: given }))
      expect([given, error.kind, error.field]).toEqual([given, 'invalid_request', field])
    }
    expect(requests).toEqual([])
  })

  it('but an address of the gateway itself, which may be one without https', async () => {
    const { run, calls } = start()
    await run('message.sendImage', { ...base, file: { url: 'http://wawp.test/files/a.png' } })
    expect(calls()).toMatchObject([{ body: { 'file[url]': 'http://wawp.test/files/a.png' } }])
  })

  it('reads no stream that it would refuse anyway', async () => {
    let read = false
    const data = new ReadableStream<Uint8Array>(
      {
        pull() {
          read = true
        },
      },
      { highWaterMark: 0 },
    )
    await failure(start().run('message.sendImage', { ...base, file: { data } }))
    expect(read).toBe(false)
  })

  it('mentions, in no send', async () => {
    const { run, requests } = start()
    const everything = { ...base, text: 'Hi', question: '?', options: ['a', 'b'], latitude: 1, longitude: 1, contacts: [], file: { url } }
    for (const id of Object.keys(start().wawp.message).filter((name) => name.startsWith('send'))) {
      const error = await failure(run(`message.${id}` as VerbId, { ...everything, contacts: [{ name: 'A', phone: TO }], mentions: [TO] }))
      expect([id, error.kind, error.field]).toEqual([id, 'unsupported', 'mentions'])
    }
    expect(requests).toEqual([])
  })

  it.each([
    ['message.sendText', { text: '' }, 'text'],
    ['message.sendText', { text: 'x'.repeat(4097) }, 'text'],
    ['message.sendText', { text: 5 }, 'text'],
    ['message.sendText', { text: 'Hi', to: 'nobody' }, 'to'],
    ['message.sendText', { text: 'Hi', session: '' }, 'session'],
    ['message.sendText', { text: 'Hi', replyTo: '' }, 'replyTo'],
    ['message.sendLocation', { latitude: 91, longitude: 0 }, 'latitude'],
    ['message.sendLocation', { latitude: 0, longitude: '13' }, 'longitude'],
    ['message.sendContact', { contacts: [] }, 'contacts'],
    ['message.sendContact', { contacts: [{ name: '', phone: TO }] }, 'contacts[0].name'],
    [
      'message.sendContact',
      {
        contacts: [
          { name: 'A', phone: TO },
          { name: 'B', phone: 'x' },
        ],
      },
      'contacts[1].phone',
    ],
    ['message.sendPoll', { question: '', options: ['a', 'b'] }, 'question'],
    ['message.sendPoll', { question: '?', options: ['a'] }, 'options'],
    ['message.sendPoll', { question: '?', options: Array.from({ length: 13 }, (_, at) => `${at}`) }, 'options'],
    ['message.sendPoll', { question: '?', options: ['a', 'x'.repeat(255)] }, 'options[1]'],
    ['status.sendText', { text: 'Hi', backgroundColor: 'green' }, 'backgroundColor'],
  ] as const)('%s %j', async (id, input, field) => {
    const { run, requests } = start()
    const error = await failure(run(id, { ...base, ...input }))
    expect([error.kind, error.field, requests]).toEqual(['invalid_request', field, []])
  })
})

describe('what came of it', () => {
  it.each([[{ sent: true, upstream_status: 201 }, undefined, 'sent']])(
    'an answer of %j says that it was sent',
    async (body, id, status) => {
      const result = await start([{ status: 200, body }]).run('message.sendImage', { ...base, file: { url } })
      expect([result.id, result.status, result.raw]).toEqual([id, status, body])
    },
  )

  it.each([[{}], [{ id: 5, _data: 'x' }], ['Message queued'], [[]], ['OK']])(
    'an answer of %j says nothing: it may have been sent',
    async (body) => {
      const error = await failure(start([{ status: 200, body }]).run('message.sendImage', { ...base, file: { url } }))
      expect([error.kind, error.reached, error.retryable]).toEqual(['unknown_outcome', 'yes', false])
    },
  )

  it('a lost answer is an unknown outcome, for every send, and is not sent again', async () => {
    for (const [id, input] of [
      ['message.sendImage', { file: { url } }],
      ['message.sendPoll', { question: '?', options: ['a', 'b'] }],
      ['message.react', { chat: TO, message: 'm1', emoji: '👍' }],
      ['message.edit', { chat: TO, message: 'm1', text: 'Hi' }],
      ['status.sendText', { text: 'Hi' }],
      ['group.addParticipants', { group: '1@g.us', participants: [TO] }],
    ] as const) {
      const { run, requests } = start(['lost'])
      const error = await failure(run(id, { ...base, ...input }))
      expect([id, error.kind, requests.length]).toEqual([id, 'unknown_outcome', 1])
    }
  })

  it('shows the token nowhere when a send fails', async () => {
    const echo: Script = ({ url: address, body = '' }) => ({
      status: 400,
      body: { status: 400, message: `cannot handle ${address} ${body}` },
    })
    const error = await failure(start(echo).run('message.sendImage', { ...base, file: { url } }))
    expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toContain(TOKEN)
    expect(error.message).toContain(SESSION)
  })
})
