import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createMediaFetch } from './media-fetch.ts'

let files: Server
let other: Server
let port = 0
let seen: string[] = []

const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

beforeAll(async () => {
  other = createServer((_, response) => {
    seen.push('other')
    response.end('secret of another port')
  })
  await listening(other)
  files = createServer(({ url = '' }, response) => {
    seen.push(url)
    if (url.startsWith('/away')) response.writeHead(302, { location: `http://127.0.0.1:${(other.address() as AddressInfo).port}/` }).end()
    else if (url.startsWith('/metadata')) response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    else response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([1, 2, 3]))
  })
  await listening(files)
  port = (files.address() as AddressInfo).port
})

afterEach(() => {
  seen = []
})

afterAll(() => {
  for (const server of [files, other]) server.close()
})

/** Other ways to write this machine, and the networks behind it. */
const PRIVATE = [
  ...[
    '127.0.0.1',
    'localhost',
    '127.1',
    '2130706433',
    '0x7f000001',
    '017700000001',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    'localhost.',
    'a.localhost',
  ],
  ...[
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '127.0.0.1.',
    '\u2460\u2461\u2466.0.0.1',
    '127\u30020\u30020\u30021',
  ],
  ...[
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fc00::1]',
    '100.64.0.1',
    '168.63.129.16',
  ],
]

async function bytesOf(allowed: readonly string[], url: string): Promise<number[] | undefined> {
  const response = await createMediaFetch(allowed)?.(url, {}).catch(() => undefined)
  return response && [...new Uint8Array(await response.arrayBuffer())]
}

describe('media by address', () => {
  test('nothing is fetched unless somebody said from where', () => {
    expect(createMediaFetch([])).toBeUndefined()
  })

  test('comes from the place that was named', async () => {
    for (const allowed of [[`127.0.0.1:${port}`], ['127.0.0.1'], ['*', `127.0.0.1:${port}`]]) {
      expect(await bytesOf(allowed, `http://127.0.0.1:${port}/a.png`)).toEqual([1, 2, 3])
    }
  })

  test.each(PRIVATE)('%s is not reached, whether all public addresses are allowed or another place', async (host) => {
    for (const allowed of [['*'], ['cdn.example'], [`127.0.0.1:${port + 1}`, '*']]) {
      for (const before of ['', 'user:pw@', 'cdn.example@']) {
        expect(await bytesOf(allowed, `http://${before}${host}:${port}/a.png`)).toBeUndefined()
      }
    }
    expect(seen).toEqual([])
  })

  test('a redirect leads to no other port and no other network', async () => {
    for (const allowed of [[`127.0.0.1:${port}`], [`127.0.0.1:${port}`, '*']]) {
      for (const path of ['/away', '/metadata']) expect(await bytesOf(allowed, `http://127.0.0.1:${port}${path}`)).toBeUndefined()
    }
    expect(seen).not.toContain('other')
  })

  test.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:text/plain,x', 'blob:x', 'javascript:1', '//127.0.0.1/', ''])(
    '%s is no address',
    async (url) => {
      expect(await bytesOf(['*', '127.0.0.1'], url)).toBeUndefined()
    },
  )
})
