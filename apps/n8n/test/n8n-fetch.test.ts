import { createWaha } from '@wamux/waha'
import { describe, expect, it } from 'vitest'
import { n8nFetch, type RequestContext } from '../src/wire/n8n-fetch.ts'

interface Options {
  url: string
  headers: Record<string, string>
  body?: Buffer
  timeout?: number
}

function adapter(answer: (options: Options) => unknown, places = {}) {
  const asked: Options[] = []
  const httpRequestWithAuthentication = async (_credential: string, options: Options) => {
    asked.push(options)
    return answer(options)
  }
  const context = { helpers: { httpRequestWithAuthentication } } as unknown as RequestContext
  return { asked, fetch: n8nFetch(context, 'wamuxTestApi', places, { timeoutMs: 5_000 }) }
}

const init = { method: 'POST', headers: {}, signal: new AbortController().signal, redirect: 'manual', duplex: 'half' } as const
const ok = { statusCode: 200, headers: { 'content-type': 'application/json', 'x-list': ['a', 'b'] }, body: Buffer.from('{"a":1}') }

describe('the way through n8n', () => {
  it('gives an answer back as it came', async () => {
    const { fetch } = adapter(() => ok)
    const answer = await fetch('http://a.test/x', init)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Type')).toBe('application/json')
    expect(answer.headers.get('x-list')).toBe('a, b')
    expect(answer.headers.get('nothing')).toBeNull()
    expect(new TextDecoder().decode((await answer.readAll?.(100)) as Uint8Array)).toBe('{"a":1}')
  })

  it('refuses an answer that is too large', async () => {
    const { fetch } = adapter(() => ok)
    await expect((await fetch('http://a.test/x', init)).readAll?.(3)).rejects.toMatchObject({ code: 'WAMUX_BODY_TOO_LARGE' })
  })

  it('takes out the credentials that the plugin put in', async () => {
    const { fetch, asked } = adapter(() => ok, { headers: ['x-api-key'], query: ['access_token'] })
    await fetch('http://a.test/x?a=1&access_token=s&b=2', { ...init, headers: { 'X-Api-Key': 's', accept: 'x' } })
    await fetch('http://a.test/x?access_token=s', init)
    expect(asked.map(({ url }) => url)).toEqual(['http://a.test/x?a=1&b=2', 'http://a.test/x'])
    expect(asked[0]).toMatchObject({ headers: { accept: 'x' }, timeout: 5_000, disableFollowRedirect: true })
    expect(JSON.stringify(asked[0])).not.toContain('x-api-key')
  })

  it('writes a form with its boundary', async () => {
    const { fetch, asked } = adapter(() => ok)
    const form = new FormData()
    form.append('file', new File(['hi'], 'a.txt', { type: 'text/plain' }))
    await fetch('http://a.test/x', { ...init, body: form })
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(asked[0]?.headers['content-type'] ?? '')?.[1]
    expect(boundary).toMatch(/^\S{10,70}$/)
    expect(asked[0]?.body?.toString()).toContain(`--${boundary}`)
    expect(asked[0]?.body?.toString()).toContain('filename="a.txt"')
  })

  // what n8n throws has the request in it, with its headers
  const thrown = (code: string, syscall?: string) =>
    Object.assign(new Error('failed with X-Api-Key: s3cret'), {
      name: 'NodeApiError',
      cause: Object.assign(new Error('s3cret'), { code, ...(syscall ? { syscall } : {}), config: { headers: { 'X-Api-Key': 's3cret' } } }),
    })

  it('keeps of an error no more than its code', async () => {
    const { fetch } = adapter(() => {
      throw thrown('ECONNREFUSED', 'connect')
    })
    const error = await fetch('http://a.test/x', init).catch((one: unknown) => one as Error)
    expect(error).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' })
    expect(`${JSON.stringify(error)} ${String(error)} ${(error as Error).stack}`).not.toContain('s3cret')
  })

  it.each([
    ['ECONNREFUSED', 'connect', 'network', 3],
    ['ECONNRESET', undefined, 'unknown_outcome', 1],
    ['ECONNABORTED', undefined, 'unknown_outcome', 1],
  ])('%s of a send ends as it has to', async (code, syscall, kind, attempts) => {
    const { fetch, asked } = adapter(() => {
      throw thrown(code, syscall)
    })
    const waha = createWaha({ baseUrl: 'http://a.test', apiKey: 's3cret', fetch, random: () => 0 })
    await expect(waha.message.sendText({ session: 'a', to: '+12025550177', text: 'Hi' })).rejects.toMatchObject({ kind })
    expect(asked).toHaveLength(attempts)
  })
})
