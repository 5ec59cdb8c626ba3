import type { Manifest } from '@wamux/core'
import { expect, it } from 'vitest'
import { placeholder } from '../src/request/captured-request.ts'
import { curlText, shownRequest } from '../src/request/show-request.ts'

const manifest = {
  credentials: [{ field: 'password', label: 'Password', env: 'WAMUX_ACME_PASSWORD', secret: true, required: true }],
} as unknown as Manifest
const none = new Set<string>()
const requestWith = (authorization: string) => ({ method: 'GET', url: 'http://acme.test/x', headers: { authorization }, body: undefined })
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

it('shows HTTP Basic by the name of the variable', async () => {
  const { headers } = await shownRequest(requestWith(basic(`it's me:${placeholder('WAMUX_ACME_PASSWORD')}`)), manifest, none)
  expect(headers).toEqual({ authorization: "Basic base64(it's me:[WAMUX_ACME_PASSWORD])" })
})

it('lets curl make HTTP Basic from the variable', async () => {
  const text = await curlText(requestWith(basic(`it's me:${placeholder('WAMUX_ACME_PASSWORD')}`)), manifest, none)
  expect(text.split(' \\\n  ')).toEqual(["curl -X GET 'http://acme.test/x'", `-u 'it'\\''s me:'"$WAMUX_ACME_PASSWORD"\n`])
})

it.each(['Basic ', 'Basic !', basic('nobody:nothing'), 'Bearer x'])('leaves others as they are: %j', async (value) => {
  expect((await shownRequest(requestWith(value), manifest, none)).headers).toEqual({ authorization: value })
  expect(await curlText(requestWith(value), manifest, none)).toContain(`-H 'authorization: ${value}'`)
})
