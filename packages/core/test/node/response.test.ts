import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createNodeFetch } from '../../src/node/index.ts'
import { createSample } from '../sample-gateway.ts'

it('the typed client over the node transport hands on a whole Response', async () => {
  const server = createServer((_, response) => response.setHeader('x-team', 'a').end('{"state":"x"}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const fetch = createNodeFetch()
  const { client } = createSample({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'canary-7f3e', fetch })
  const { data, response } = await client.GET('/api/sessions/{session}', { params: { path: { session: 's' } } })
  expect({ data, team: response.headers.get('x-team'), body: await response.json() }).toEqual({
    data: { state: 'x' },
    team: 'a',
    body: { state: 'x' },
  })
  await fetch.close()
  server.close()
})
