import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EchoServer, serveEcho } from './echo-server.ts'
import { invoke } from './in-process.ts'

let gateway: EchoServer
let env: Record<string, string>
beforeAll(async () => {
  gateway = await serveEcho()
  env = { WAMUX_WAHA_BASE_URL: gateway.url, WAMUX_WAHA_API_KEY: 'own-key' }
})
beforeEach(() => {
  gateway.came.length = 0
})
afterAll(() => gateway.close())

const api = (...args: string[]) => invoke(['api', ...args], { env })

describe('wamux api', () => {
  it.each([
    ['POST', '/nowhere'],
    ['DELETE', '/nowhere'],
    ['PUT', '/api/sessions'],
    ['PATCH', '/'],
    ['POST', '/api/{what}/x/logout', '-f', 'what=sessions'],
    ['POST', '/api/sessions/{session}/logout', '-f', 'session=x'],
    ['GET', '/api/sessions', '--header', 'X-HTTP-Method-Override: DELETE'],
    ['GET', '/api/sessions?_method=DELETE'],
    ['POST', '/api/sessions/x%2flogout'],
  ])('asks before %s %s', async (...args) => {
    expect(await api(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect(gateway.came).toEqual([])
    for (const yes of ['--yes', '-y']) expect((await api(...args, yes)).code).toBe(0)
    expect(gateway.came.length).toBe(2)
  })

  it.each([
    ['GET', '/nowhere', '/nowhere'],
    ['GET', '/nowhere/', '/nowhere'],
    ['GET', '//nowhere//x/./y/../z#f', '/nowhere/x/z'],
    ['GET', '/api/sessions/', '/api/sessions'],
    ['GET', '/API/Sessions', '/api/sessions'],
    ['GET', '/api/%73essions', '/api/sessions'],
    ['GET', 'api\\sessions', '/api/sessions'],
    ['POST', '/api/sessions/x/start/', '/api/sessions/x/start'],
  ])('does not ask before %s %s, and sends %s', async (method, path, sent) => {
    expect(await api(method, path)).toMatchObject({ code: 0 })
    expect(gateway.came.map(({ url }) => url)).toEqual([sent])
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype'])('takes a field that is called %s', async (name) => {
    expect((await api('GET', `/nowhere?${name}=1&a=2`)).code).toBe(0)
    expect((await api('GET', '/nowhere', '-f', `${name}=1`)).code).toBe(0)
    expect((await api('POST', '/nowhere', '--query', `${name}=1`, '-f', `${name}=2`, '--yes')).code).toBe(0)
    expect(await api('GET', `/{${name}}`)).toMatchObject({ code: 2, stderr: expect.stringContaining('has no value') })
    expect((await api('GET', `/{${name}}`, '-f', `${name}=there`)).code).toBe(0)
    expect(gateway.came.map(({ url, body }) => [url, body])).toEqual([
      [`/nowhere?${name}=1&a=2`, ''],
      [`/nowhere?${name}=1`, ''],
      [`/nowhere?${name}=1`, `{"${name}":"2"}`],
      ['/there', ''],
    ])
  })
})
