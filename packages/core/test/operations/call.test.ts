import { describe, expect, it } from 'vitest'
import { config, createSample, scripted } from '../sample-gateway.ts'

const ok = () => Response.json({ id: '1' })

function sample(answer: Response | (() => Response) = ok) {
  const script = scripted(answer)
  // ids as text: this is how the CLI and n8n call
  const call = createSample({ ...config, fetch: script.fetch }).call as (id: string, input: object, options?: object) => Promise<unknown>
  return { call, seen: script.seen }
}

describe('call', () => {
  it('puts flat input where it belongs', async () => {
    const { call, seen } = sample()
    await call('sessions.get', { session: 'a b', expand: ['x', 'y'] })
    expect(seen[0]?.url).toBe('http://gateway.invalid/prefix/api/sessions/a%20b?expand=x%2Cy')
  })

  it.each<[string, object, string, RegExp]>([
    ['messages.sendText', { text: 't' }, 'chatId', /required/],
    ['messages.sendText', { chatId: 'c', text: 1 }, 'text', /expected text, got 1/],
    ['messages.sendText', { chatId: 'c', text: 't', mood: 'grim' }, 'mood', /one of "glad", "sad"/],
    ['messages.sendText', { chatId: 'c', texd: 't' }, 'texd', /expected one of chatId, text/],
    ['sessions.get', {}, 'session', /required/],
    ['sessions.get', { session: '..' }, 'session', /dot segment/],
    ['sessions.get', { session: 's', expand: 'x' }, 'expand', /a list of text/],
  ])('refuses wrong input of %s before anything is sent: %j', async (id, input, field, words) => {
    const { call, seen } = sample()
    const error = await call(id, input).then(
      () => undefined,
      (caught: unknown) => caught,
    )
    expect(error).toMatchObject({ kind: 'invalid_request', field, reached: 'no', message: expect.stringMatching(words) })
    expect(seen).toHaveLength(0)
  })

  it('names the operations of the family when one is unknown', async () => {
    await expect(sample().call('sessions.nap', {})).rejects.toMatchObject({ kind: 'unsupported', hint: 'sessions has get, delete' })
  })

  it('adds fields that the document does not know when asked to', async () => {
    const { call, seen } = sample()
    await call('messages.sendText', { chatId: 'c', text: 't' }, { extra: { brandNew: true } })
    expect(JSON.parse(seen[0]?.body as string)).toEqual({ chatId: 'c', text: 't', brandNew: true })
  })

  it('chooses multipart for bytes and JSON for text', async () => {
    const { call, seen } = sample()
    await call('files.upload', { file: 'AA==' })
    await call('files.upload', { file: new Uint8Array([1]), tags: ['a', 'b'] })
    expect(seen[0]?.body).toBe('{"file":"AA=="}')
    const form = seen[1]?.body as FormData
    expect(form.getAll('tags')).toEqual(['a', 'b'])
    expect((await (form.get('file') as File).bytes?.()) ?? new Uint8Array(await (form.get('file') as File).arrayBuffer())).toEqual(
      new Uint8Array([1]),
    )
    expect(seen[1]?.headers['content-type']).toBeUndefined()
  })

  it('asks for what the operation gives, and hands bytes over', async () => {
    const { call, seen } = sample(new Response(new Uint8Array([7]), { headers: { 'content-type': 'image/png' } }))
    expect(await call('files.get', { id: '1' })).toMatchObject({ status: 200, contentType: 'image/png', data: new Uint8Array([7]) })
    expect(seen[0]?.headers.accept).toBe('image/png')
  })
})
