import { type ErrorKind, group, lid } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { createWarest } from '../src/index.ts'
import { answers, connect, type Perform } from './fixtures/verb-case.ts'

const session = 'main'
const to = '+6281111111111'
const chat = '6282222222222@c.us'
const message = 'A1'
const gid = '120363000000000001@g.us'
const file = { url: 'https://example.com/a.png' }
const many = (count: number, make: (index: number) => object) => Array.from({ length: count }, (_, index) => make(index))
const ok = (results: unknown, more: object = {}) => ({ status: 200, body: { status: true, code: 1000, message: 'OK', results, ...more } })
const page = (data: readonly object[], total?: number) => ({
  status: 200,
  body: { status: true, code: 1000, message: 'OK', result: { data, pagination: { limit: 500, offset: 0, total } } },
})

const refusals: Readonly<Record<string, readonly [Perform, ErrorKind, field: string]>> = {
  'a hidden id as recipient': [(w) => w.message.sendText({ session, to: lid('123456789'), text: 'x' }), 'unsupported', 'to'],
  'a hidden id as chat': [(w) => w.chat.archive({ session, chat: '123456789@lid' }), 'unsupported', 'chat'],
  'a hidden id as participant': [
    (w) => w.group.addParticipants({ session, group: gid, participants: [to, '123@lid'] }),
    'unsupported',
    'participants[1]',
  ],
  'no session': [(w) => w.message.sendText({ session: '', to, text: 'x' }), 'invalid_request', 'session'],
  'a session that a form would change': [
    (w) => w.message.sendImage({ session: 'a\ud83d', to, file: { data: new Uint8Array(1) } }),
    'invalid_request',
    'session',
  ],
  'a session that leaves its place': [(w) => w.webhook.list({ session: '..' }), 'invalid_request', 'session'],
  'no text': [(w) => w.message.sendText({ session, to, text: '' }), 'invalid_request', 'text'],
  'a mention that the text lacks': [
    (w) => w.message.sendText({ session, to, text: 'Hi @62822222222223', mentions: [chat] }),
    'invalid_request',
    'mentions[0]',
  ],
  'a mention in a caption': [(w) => w.message.sendImage({ session, to, file, mentions: [chat] }), 'unsupported', 'mentions'],
  'a video as picture': [
    (w) => w.message.sendImage({ session, to, file: { url: 'https://example.com/a.mp4' } }),
    'invalid_request',
    'file.mimetype',
  ],
  'a file that is none': [(w) => w.message.sendDocument({ session, to, file: {} as never }), 'invalid_request', 'file'],
  'no file at all': [(w) => w.message.sendDocument({ session, to } as never), 'invalid_request', 'file'],
  'a place that is none': [(w) => w.message.sendLocation({ session, to, latitude: 91, longitude: 0 }), 'invalid_request', 'latitude'],
  'two cards': [
    (w) => w.message.sendContact({ session, to, contacts: [1, 2].map((n) => ({ name: `A${n}`, phone: to })) }),
    'unsupported',
    'contacts',
  ],
  'one answer': [(w) => w.message.sendPoll({ session, to, question: 'Q', options: ['A'] }), 'invalid_request', 'options'],
  'a time to pin': [(w) => w.message.pin({ session, chat, message, durationMs: 86_400_000 }), 'unsupported', 'durationMs'],
  'no messages to mark': [(w) => w.message.markSeen({ session, chat, messages: [] }), 'invalid_request', 'messages'],
  'a mute of 31 days': [(w) => w.chat.mute({ session, chat, durationMs: 31 * 86_400_000 }), 'invalid_request', 'durationMs'],
  'a page of none': [(w) => w.chat.list({ session, limit: 0 }), 'invalid_request', 'limit'],
  'a cursor of another list': [(w) => w.message.list({ session, chat, cursor: 'abc' }), 'invalid_request', 'cursor'],
  'a group as person': [(w) => w.contact.about({ session, contact: group(gid) }), 'invalid_request', 'contact'],
  'a person as group': [(w) => w.group.get({ session, group: to }), 'invalid_request', 'group'],
  'no participants': [(w) => w.group.create({ session, subject: 'x', participants: [] }), 'invalid_request', 'participants'],
  'an invite that is none': [(w) => w.group.join({ session, invite: 'abc' }), 'invalid_request', 'invite'],
  'a switch without position': [(w) => w.group.setLocked({ session, group: gid } as never), 'invalid_request', 'locked'],
  'a profile picture that is none': [
    (w) => w.profile.setPicture({ session, file: { data: new Uint8Array(1), mimetype: 'text/plain' } }),
    'invalid_request',
    'file.mimetype',
  ],
  'a picture that is too large': [
    (w) => w.group.setPicture({ session, group: gid, file: { data: new Uint8Array(1_500_001) } }),
    'invalid_request',
    'file',
  ],
}

describe('refused before anything is sent', () => {
  it.each(Object.entries(refusals))('%s', async (_name, [perform, kind, field]) => {
    const { warest, requests } = connect([ok([])])
    await expect(perform(warest)).rejects.toMatchObject({ kind, field, reached: 'no' })
    expect(requests).toEqual([])
  })
})

describe('files', () => {
  it('go as a form, byte for byte, with the fields beside them', async () => {
    const forms: FormData[] = []
    const headers: unknown[] = []
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      forms.push(init?.body as FormData)
      headers.push(init?.headers)
      return Response.json(answers['messages.sendDocument'])
    }
    const warest = createWarest({ baseUrl: 'http://warest.test', apiKey: 'k', fetch })
    const data = new Blob([Uint8Array.from([0, 255, 1])])
    await warest.message.sendDocument({ session, to, file: { data, filename: 'a=b;c.pdf' }, replyTo: 'A1' })
    const [form] = forms
    const entries = [...(form?.entries() ?? [])].filter(([name]) => name !== 'document')
    expect(entries).toEqual([
      ['sessionId', session],
      ['to', '6281111111111@s.whatsapp.net'],
      ['replyMessageId', 'A1'],
      ['filename', 'a=b;c.pdf'],
    ])
    const part = form?.get('document') as File
    expect([part.name, part.type, [...new Uint8Array(await part.arrayBuffer())]]).toEqual(['a_b_c.pdf', 'application/pdf', [0, 255, 1]])
    expect(headers).toEqual([{ accept: 'application/json', 'x-warest-api-key': 'k' }])
  })
})

describe('what WhatsApp refuses with a success', () => {
  const refused: Readonly<Record<string, readonly [Perform, { status: number; body: object }]>> = {
    'leaving a group': [
      (w) => w.group.leave({ session, group: gid }),
      { ...ok([{ groupId: gid, status: 'failed' }], { code: 1004 }), status: 207 },
    ],
    'an invite link': [(w) => w.group.inviteLink({ session, group: gid }), ok([{ groupId: gid, inviteLink: null }])],
    'a new invite link': [(w) => w.group.revokeInvite({ session, group: gid }), ok([{ groupId: gid, inviteLink: null, status: 'failed' }])],
  }

  it.each(Object.entries(refused))('%s', async (_name, [perform, answer]) => {
    await expect(perform(connect([answer]).warest)).rejects.toMatchObject({ kind: 'permission', status: answer.status })
  })

  it('but an answer without an invite link is none of it', async () => {
    const answer = connect([ok([{ groupId: gid }])]).warest.group.inviteLink({ session, group: gid })
    await expect(answer).rejects.toMatchObject({ kind: 'bad_response', reached: 'yes' })
  })

  it('a part of the participants', async () => {
    const answer = { ...ok([{ addedParticipants: ['6281111111111'], failedToAdd: ['6282222222222'], status: 'partial' }]), status: 207 }
    const { participants } = await connect([answer]).warest.group.addParticipants({
      session,
      group: gid,
      participants: [to, chat, '+6283333333333'],
    })
    expect(participants).toEqual([
      { id: '6281111111111@c.us', ok: true },
      { id: chat, ok: false, reason: 'WhatsApp refused' },
      { id: '6283333333333@c.us', ok: false, reason: 'WARest does not tell' },
    ])
  })

  it('an unknown group, told with a 500', async () => {
    const answer = { status: 500, body: { status: false, code: 8000, message: 'item-not-found', results: [] } }
    await expect(connect([answer]).warest.group.get({ session, group: gid })).rejects.toMatchObject({ kind: 'not_found', status: 500 })
    // nothing was done, which a 500 alone would not say
    await expect(connect([answer]).warest.group.addParticipants({ session, group: gid, participants: [to] })).rejects.toMatchObject({
      kind: 'not_found',
    })
  })
})

describe('answers that are odd', () => {
  const odd = [
    '',
    null,
    5,
    'text',
    [],
    {},
    { results: null },
    { results: [null] },
    { results: [{}] },
    { result: null },
    { result: { data: 5 } },
  ]
  // none of these answers has a list, a group, a number or the id of a message
  function endingOf(name: string): string {
    const read = /\.(list|check|about|get|joinRequests|promote)$/.test(name)
    return read ? 'bad_response' : 'unknown_outcome'
  }

  const reads: Readonly<Record<string, Perform>> = {
    'message.list': (w) => w.message.list({ session, chat }),
    'chat.list': (w) => w.chat.list({ session }),
    'contact.list': (w) => w.contact.list({ session }),
    'contact.check': (w) => w.contact.check({ session, phone: to }),
    'contact.about': (w) => w.contact.about({ session, contact: to }),
    'group.list': (w) => w.group.list({ session }),
    'group.get': (w) => w.group.get({ session, group: gid }),
    'group.joinRequests': (w) => w.group.joinRequests({ session, group: gid }),
    'profile.get': (w) => w.profile.get({ session }),
    'message.sendText': (w) => w.message.sendText({ session, to, text: 'x' }),
    'message.sendImage': (w) => w.message.sendImage({ session, to, file }),
    'message.react': (w) => w.message.react({ session, chat, message, emoji: 'x' }),
    'group.promote': (w) => w.group.promote({ session, group: gid, participants: [to] }),
    'group.removeParticipants': (w) => w.group.removeParticipants({ session, group: gid, participants: [to] }),
    'group.revokeInvite': (w) => w.group.revokeInvite({ session, group: gid }),
  }

  it.each(Object.entries(reads))('%s leaves out what is not there', async (name, perform) => {
    for (const body of odd) {
      const { warest } = connect([{ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }])
      const ended = await perform(warest).then(
        (result) => typeof result,
        (error: { kind?: string }) => error.kind,
      )
      expect([body, ended]).toEqual([body, endingOf(name)])
    }
  })

  it('do not give a group without a name a second chance', async () => {
    const made = connect([ok([{ groupId: null }])]).warest.group.create({ session, subject: 'x', participants: [to] })
    await expect(made).rejects.toMatchObject({ kind: 'unknown_outcome', hint: expect.stringMatching(/before you make it again/) })
  })
})

describe('lists', () => {
  const stored = (index: number) => ({
    id: `M${index}`,
    toJid: '6282222222222@s.whatsapp.net',
    messageType: 'image',
    body: '([Image]) Sea',
  })

  it('end where the server says that they end', async () => {
    const full = await connect([page(many(2, stored), 4)]).warest.message.list({ session, chat, limit: 2, cursor: '2' })
    expect(full.next).toBeUndefined()
    const more = await connect([page(many(2, stored), 5)]).warest.message.list({ session, chat, limit: 2, cursor: '2' })
    expect(more.next).toBe('4')
    const untold = await connect([page(many(2, stored))]).warest.message.list({ session, chat, limit: 2 })
    expect(untold.next).toBe('2')
  })

  it('are iterated over page by page', async () => {
    const { warest, requests } = connect([page(many(2, stored), 3), page(many(1, stored), 3)])
    const ids: string[] = []
    for await (const { id, text } of warest.message.list({ session, chat, limit: 2 })) ids.push(`${id} ${text}`)
    expect(ids).toEqual(['M0 Sea', 'M1 Sea', 'M0 Sea'])
    expect(requests.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['0', '2'])
  })

  it('are searched to their end for one entry', async () => {
    const rows = many(500, stored)
    const { warest, requests } = connect([
      page(rows, 501),
      page([{ ...stored(500), mediaMetadata: { mimeType: 'image/png', fileSize: 5 } }], 501),
    ])
    const found = await warest.message.get({ session, chat, message: 'M500' })
    expect(found).toMatchObject({ id: 'M500', chat, type: 'image', text: 'Sea', media: { mimetype: 'image/png', size: 5 } })
    expect(requests).toHaveLength(2)
    await expect(connect([page(rows), page([])]).warest.message.get({ session, chat, message: 'M9999' })).rejects.toMatchObject({
      kind: 'not_found',
    })
  })

  it('are not searched for ever where the server gives the same page again and again', async () => {
    const { warest, requests } = connect([page(many(500, stored))])
    await expect(warest.message.get({ session, chat, message: 'none' })).rejects.toMatchObject({ kind: 'not_found' })
    expect(requests).toHaveLength(2)
    await expect(connect([page([])]).warest.chat.get({ session, chat })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(connect([ok([{ data: [] }])]).warest.contact.get({ session, contact: to })).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('tell persons of a group by number where they go by a hidden id', async () => {
    const members = [{ id: '123@lid', jid: '6281111111111@s.whatsapp.net', isAdmin: false, isSuperAdmin: false }, { id: '456@lid' }]
    const { warest } = connect([
      ok([{ data: { id: gid, owner: '9@lid', ownerJid: '62811@s.whatsapp.net' } }]),
      ok([{ participants: members }]),
    ])
    expect(await warest.group.get({ session, group: gid })).toMatchObject({
      owner: '62811@c.us',
      participants: [
        { id: '6281111111111@c.us', phone: '+6281111111111', role: 'member' },
        { id: '456@lid', role: 'unknown' },
      ],
    })
  })
})
