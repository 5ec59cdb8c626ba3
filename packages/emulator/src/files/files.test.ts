import { expect, test } from 'vitest'
import { createEmulator } from '../emulator.ts'
import { createIds } from '../ids.ts'
import { MAX_MEDIA_BYTES } from '../network/limits.ts'
import { createMediaStore } from '../network/messages/media.ts'
import { createFiles, decodeBase64 } from './files.ts'

const bytes = new Uint8Array([1, 2, 3])

test('a file of the network is served, and got again by its address', async () => {
  const media = createMediaStore(createIds(1))
  const files = createFiles(media, () => 'http://127.0.0.1:4010', undefined)
  const url = files.urlOf(media.add({ bytes, mimetype: 'image/png', filename: 'a.png' }))
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:4010\/_emulator\/files\/[0-9a-f]{32}$/)
  expect(await files.fetch(url)).toEqual({ bytes, mimetype: 'image/png', filename: 'a.png' })
  expect(await files.fetch('http://x.invalid/_emulator/files/none')).toBeUndefined()
})

test('other addresses: data is read, what is not to be fetched is made up, else fetched', async () => {
  const media = createMediaStore(createIds(1))
  const closed = createFiles(media, () => '', undefined)
  expect(await closed.fetch('data:image/gif;base64,AQID')).toEqual({ bytes, mimetype: 'image/gif' })
  expect(await closed.fetch('https://example.invalid/doc.pdf')).toMatchObject({ mimetype: 'application/pdf', filename: 'doc.pdf' })
  expect(await closed.fetch('no address')).toBeUndefined()
  const open = createFiles(
    media,
    () => '',
    async (url) => {
      return url.endsWith('gone') ? new Response('', { status: 404 }) : new Response(bytes, { headers: { 'content-type': 'image/webp' } })
    },
  )
  expect(await open.fetch('https://example.invalid/a')).toEqual({ bytes, mimetype: 'image/webp', filename: 'a' })
  expect(await open.fetch('https://example.invalid/gone')).toBeUndefined()
})

test('the emulator serves files without credentials', async () => {
  const emulator = createEmulator()
  const { url } = await emulator.control.file({ base64: 'AQID', mimetype: 'image/png' })
  const answer = await emulator.fetch(url)
  expect([answer.status, answer.headers.get('content-type'), new Uint8Array(await answer.arrayBuffer())]).toEqual([200, 'image/png', bytes])
  expect((await emulator.fetch(`${url}0`)).status).toBe(404)
})

test('the oldest files go when there are too many bytes', () => {
  const media = createMediaStore(createIds(1))
  const big = new Uint8Array(MAX_MEDIA_BYTES / 2)
  const [first, second, third] = [1, 2, 3].map(() => media.add({ bytes: big, mimetype: 'video/mp4' }))
  expect([first, second, third].map((one) => media.bytes(one?.id ?? '') !== undefined)).toEqual([false, true, true])
})

test('text that is no base64', () => {
  expect(decodeBase64('AQID')?.bytes).toEqual(bytes)
  expect(decodeBase64('***')).toBeUndefined()
})
