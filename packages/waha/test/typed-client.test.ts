import { describe, expect, it } from 'vitest'
import { createWahaClient } from '../src/client.ts'
import { operations } from '../src/generated/operations.ts'

describe('what an older server lacks', () => {
  const newer = Object.values(operations.operations).filter(({ since }) => since !== undefined)

  it.each(newer.map(({ id, method, path, since }) => [id, method, path, since] as const))(
    'the typed client, %s',
    async (_, method, path, since) => {
      let body: object = {}
      const fetch = async () => Response.json(body, { status: 404 })
      const client = createWahaClient({ baseUrl: 'http://waha.test', apiKey: 'key', fetch })
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, 'x'])
      const call = (client as unknown as Record<string, (path: string, init: object) => Promise<{ error?: object }>>)[method]
      const told = async () =>
        (await call?.(path, { params: { path: Object.fromEntries(names) }, body: method === 'GET' ? undefined : {} }))?.error
      body = { message: `Cannot ${method} ${path}`, error: 'Not Found', statusCode: 404 }
      expect(await told()).toEqual({ ...body, hint: `It needs WAHA ${since}.` })
      body = { message: 'Session not found', error: 'Not Found', statusCode: 404 }
      expect(await told()).toEqual(body)
    },
  )
})
