import type { FetchInit } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { createStubGateway } from '../src/index.ts'

const init = (more: Partial<FetchInit> = {}): FetchInit => {
  const { signal } = new AbortController()
  return { method: 'POST', headers: { a: 'b' }, signal, redirect: 'manual', ...more } as FetchInit
}

describe('createStubGateway', () => {
  it('answers in order, the last answer for good, and remembers the requests', async () => {
    const { fetch, requests } = createStubGateway([{ status: 503 }, { status: 200, body: { ok: true } }])
    const statuses = []
    for (const body of ['one', 'two', 'three']) statuses.push((await fetch('http://x.test/a?b=c', init({ body }))).status)
    expect(statuses).toEqual([503, 200, 200])
    expect(requests.map(({ body }) => body)).toEqual(['one', 'two', 'three'])
    expect(requests[0]).toEqual({ method: 'POST', url: 'http://x.test/a?b=c', headers: { a: 'b' }, body: 'one' })
  })

  it('answers by the request', async () => {
    const { fetch } = createStubGateway(({ method }, index) => ({ status: 200, body: `${method} ${index}` }))
    const answer = await fetch('http://x.test/', init())
    expect([await answer.text(), answer.headers.get('content-type')]).toEqual(['POST 0', 'text/plain'])
  })

  it('has no content type without a body, and writes data as JSON', async () => {
    const { fetch } = createStubGateway([{ status: 201 }, { status: 200, body: [1] }, { status: 200, body: new Uint8Array([1, 2]) }])
    const types = []
    for (let index = 0; index < 3; index++) types.push((await fetch('http://x.test/', init())).headers.get('content-type'))
    expect(types).toEqual([null, 'application/json', null])
  })

  it('reads bodies that are no text', async () => {
    const { fetch, requests } = createStubGateway()
    await fetch('http://x.test/', init({ body: new TextEncoder().encode('bytes') }))
    await fetch('http://x.test/', init({ body: new URLSearchParams({ a: 'b c' }) }))
    expect(requests.map(({ body }) => body)).toEqual(['bytes', 'a=b+c'])
  })

  it('fails as a network does', async () => {
    const failure = async (reply: 'refused' | 'lost') => {
      const error = await createStubGateway([reply])
        .fetch('http://x.test/', init())
        .catch((one: unknown) => one)
      return [(error as Error).name, ((error as Error).cause as { code: string }).code]
    }
    expect(await failure('refused')).toEqual(['TypeError', 'ECONNREFUSED'])
    expect(await failure('lost')).toEqual(['TypeError', 'UND_ERR_SOCKET'])
    const cut = await createStubGateway(['cut']).fetch('http://x.test/', init())
    expect(cut.status).toBe(200)
    await expect(cut.text()).rejects.toThrow('terminated')
  })

  it('is silent until the caller gives up', async () => {
    const controller = new AbortController()
    const answer = createStubGateway(['silent']).fetch('http://x.test/', init({ signal: controller.signal }))
    controller.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
  })
})
