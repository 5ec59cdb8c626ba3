import { ANSWER_HEADER, createDocumentServer } from '@wamux/document-server'
import { testOperations } from '@wamux/document-server/suite'
import { describe, expect, it } from 'vitest'
import { operations } from '../src/generated/operations.ts'
import * as routes from '../src/generated/routes.ts'
import { createWarest } from '../src/index.ts'

const document = new URL('../openapi/warest.openapi.yaml', import.meta.url)
const credentials = [{ header: 'x-warest-api-key' }]
const apiKey = 'secret'

testOperations({
  document,
  schema: new URL('../src/generated/schema.ts', import.meta.url),
  table: operations,
  routes,
  credentials,
  create: (config) => createWarest({ ...config, apiKey }),
  totals: { actions: 90, operations: 90, alternates: 1, resources: 8 },
})

describe('WARest by hand', () => {
  const server = createDocumentServer(document, { credentials })
  const forms: FormData[] = []
  const fetch: typeof globalThis.fetch = (input, init) => {
    if (init?.body instanceof FormData) forms.push(init.body)
    return server.fetch(input, init)
  }
  const create = (headers: Record<string, string> = {}) =>
    createWarest({ baseUrl: 'http://gateway.test', apiKey, fetch, headers, retry: { attempts: 1 } })
  const warest = create()
  const last = () => server.requests.at(-1)
  const to = '4915112345678'
  const sessionId = 'main'
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('sends several files as parts of one name, byte for byte', async () => {
    const pdf = new File([bytes('%PDF\u0000')], 'Rechnung ä.pdf', { type: 'application/pdf' })
    const blob = new Blob([bytes('second')])
    await warest.call('messages.sendFiles', { sessionId, to, files: [pdf, blob], presence: true })
    expect(last()).toMatchObject({ problems: [], contentType: 'multipart/form-data' })
    expect(last()?.body).toEqual({ sessionId, to, files: [bytes('%PDF\u0000'), bytes('second')], presence: true })
    const parts = forms.at(-1)?.getAll('files') as File[]
    expect(parts.map(({ name, type }) => ({ name, type }))).toEqual([
      { name: 'Rechnung ä.pdf', type: 'application/pdf' },
      { name: 'file', type: '' },
    ])
  })

  it('sends the same operation as JSON when no bytes are given', async () => {
    const files = ['https://example.com/a.pdf', { file: `data:text/plain;base64,${btoa('hello')}`, filename: 'a.txt' }]
    await warest.call('messages.sendFiles', { sessionId, to: [to], files })
    expect(last()).toMatchObject({ problems: [], contentType: 'application/json', body: { sessionId, to: [to], files } })
  })

  it('sends a form with the typed client', async () => {
    const form = new FormData()
    form.append('sessionId', sessionId)
    form.append('to', to)
    form.append('media', new Blob([bytes('picture')], { type: 'image/png' }), 'a.png')
    const { data } = await warest.client.POST('/api/v1/messages/send/media', {
      body: { sessionId, to, media: new Blob() },
      bodySerializer: () => form,
    })
    expect(last()).toMatchObject({ problems: [], body: { sessionId, to, media: bytes('picture') } })
    expect(data).toEqual(last()?.answer.data)
  })

  it('takes 202 and 207 as success', async () => {
    const part = create({ [ANSWER_HEADER]: '207' })
    const answer = await part.call('messages.sendFiles', { sessionId, to, files: ['https://example.com/a.pdf'] })
    expect(answer).toMatchObject({ status: 207, data: { results: [expect.anything()], failed: [expect.anything()] } })
    const later = create({ [ANSWER_HEADER]: '202' })
    expect(await later.call('sessions.createPairCode', { sessionId, phone: to })).toMatchObject({
      status: 202,
      data: { code: expect.anything() },
    })
  })

  it('refuses a session id that the server would refuse', async () => {
    const sent = server.requests.length
    const bad = warest.call('sessions.create', { sessionId: '../a' })
    await expect(bad).rejects.toMatchObject({ kind: 'invalid_request', field: 'sessionId', reached: 'no' })
    expect(server.requests.length).toBe(sent)
  })

  it('refuses a file that is neither text nor bytes', async () => {
    // @ts-expect-error a number is no file
    const bad = warest.call('messages.sendMedia', { sessionId, to, media: 5 })
    await expect(bad).rejects.toMatchObject({ kind: 'invalid_request', field: 'media', reached: 'no' })
  })
})
