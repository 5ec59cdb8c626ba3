import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contextOf, createTypedClient } from '@wamux/core'
import { expect, it } from 'vitest'
import { createNodeFetch } from '../src/index.ts'

interface Paths {
  '/state': { get: { responses: { 200: { content: { 'application/json': { state: string } } } } } }
}

it('the typed client over the node transport hands on a whole Response', async () => {
  const server = createServer((_, response) => response.setHeader('x-team', 'a').end('{"state":"x"}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const fetch = createNodeFetch()
  const definition = {
    manifest: { id: 'sample', name: 'Sample', credentials: [] },
    auth: () => ({ apply: () => {}, secrets: [] }),
    failures: async () => ({ readFailure: () => undefined }),
  }
  const context = contextOf(definition, { baseUrl: `http://127.0.0.1:${port}`, fetch })
  const client = createTypedClient<Paths>(context, async () => ({ resources: [], operations: {} }))
  const { data, response } = await client.GET('/state')
  expect({ data, team: response.headers.get('x-team'), body: await response.json() }).toEqual({
    data: { state: 'x' },
    team: 'a',
    body: { state: 'x' },
  })
  await fetch.close()
  server.close()
})
