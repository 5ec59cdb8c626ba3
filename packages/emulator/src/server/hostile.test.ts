import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmulatorServer, serveEmulator } from './serve.ts'

let server: EmulatorServer
let port = 0
const uncaught: unknown[] = []
const record = (error: unknown) => void uncaught.push(error)

beforeAll(async () => {
  process.on('uncaughtException', record)
  process.on('unhandledRejection', record)
  server = await serveEmulator({ timings: { starting: 0 } })
  port = Number(new URL(server.url).port)
})

afterAll(async () => {
  await server.close()
  process.off('uncaughtException', record)
  process.off('unhandledRejection', record)
})

/** Sends bytes and gives what comes back until the other side closes, or nothing more comes for a moment. */
function raw(text: string, after: (socket: Socket) => void = () => {}): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text, 'latin1')
      after(socket)
    })
    socket.setTimeout(300, () => socket.destroy())
    socket.setEncoding('latin1').on('data', (part) => {
      answer += part
      if (/\r\n\r\n/.test(answer)) setTimeout(() => socket.destroy(), 10)
    })
    socket.on('error', () => {}).on('close', () => resolve(answer))
  })
}

async function expectAlive(): Promise<void> {
  expect((await fetch(`${server.url}/_emulator/state`)).status).toBe(200)
  expect(uncaught).toEqual([])
}

const TARGETS = [
  '//',
  '///',
  '//host',
  '//:80/',
  '//[',
  '/\\',
  '\\\\',
  '/%',
  '/%zz',
  '/waha/%ff/api',
  '/waha/ws/%',
  '/_emulator//',
  '/?%',
  '/#',
  '*',
  'x',
  '',
  'http://',
  'http://[',
  'http://[::1',
  'http://%/',
  'http:///x',
  'ws://',
  'data:,x',
  `/${'a'.repeat(9000)}`,
  `/${'/'.repeat(2000)}`,
  '/\u00e4\u00ff',
  '/waha/api/../../..//',
]
const METHODS = ['GET', 'POST', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'M-SEARCH', 'get', 'X']
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'

describe('a malformed request never stops the server', () => {
  test.each(METHODS)('%s to odd addresses', async (method) => {
    const answers = await Promise.all(TARGETS.map((target) => raw(`${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)))
    for (const [index, answer] of answers.entries()) {
      // a status that blames the request, never a 5xx
      expect(answer, `${method} ${TARGETS[index]}`).not.toMatch(/^HTTP\/1\.1 5/)
    }
    await expectAlive()
  })

  test('upgrades to odd addresses', async () => {
    for (const target of TARGETS) {
      const answer = await raw(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${UPGRADE}\r\n`)
      expect(answer, target).toMatch(/^(HTTP\/1\.1 4|$)/)
    }
    await expectAlive()
  })

  test('odd upgrades to the event socket', async () => {
    const heads = [
      'Connection: Upgrade\r\nUpgrade: nothing\r\n',
      'Connection: Upgrade\r\nUpgrade: websocket\r\n',
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x\r\n',
      'Connection: Upgrade\r\nUpgrade: websocket, x\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \r\n',
      `${UPGRADE}Sec-WebSocket-Extensions: permessage-deflate; ;=\r\n`,
      `${UPGRADE}Sec-WebSocket-Protocol: \u00e4,,\r\n`,
      `${UPGRADE}Content-Length: 5\r\n`,
    ]
    for (const head of heads) {
      for (const method of ['GET', 'POST']) await raw(`${method} /waha/ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${head}\r\n`)
    }
    await expectAlive()
  })

  test('broken frames', async () => {
    const apiKey = server.gateways.waha.credentials.apiKey
    for (const frame of ['\xff\xff\xff', '\x81\x05hello', '\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff', '\x88\x81\0\0\0\0x', '\x8f\x80']) {
      await raw(`GET /waha/ws?x-api-key=${apiKey} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${UPGRADE}\r\n${frame}`)
    }
    await expectAlive()
  })

  test('a reset after a request, a refused upgrade and an accepted one', async () => {
    for (const path of ['/nowhere', '//', '/waha/ws', '/waha/ws?x-api-key=wrong', '/waha/api/sessions']) {
      for (const head of ['', UPGRADE]) {
        for (let round = 0; round < 5; round++) {
          await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${head}\r\n`, (socket) => {
            if (round === 0) socket.resetAndDestroy()
            else setTimeout(() => socket.resetAndDestroy(), round)
          })
        }
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    await expectAlive()
  })

  test('odd request lines, headers and bodies', async () => {
    const host = `Host: 127.0.0.1:${port}\r\n`
    for (const text of [
      'GET\r\n\r\n',
      '\0\0\0\0\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET / HTTP/1.0\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      `GET / HTTP/1.1\r\n${host}: x\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}X: \x01\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(20_000)}\r\n\r\n`,
      `POST /_emulator/scan HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`,
      `POST /_emulator/scan HTTP/1.1\r\n${host}Content-Length: 10\r\n\r\n{`,
      `POST /_emulator/scan HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      `POST /waha/api/sessions HTTP/1.1\r\n${host}Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\n--x`,
      `POST /waha/api/sessions HTTP/1.1\r\n${host}Content-Type: \xff\r\nContent-Length: 3\r\n\r\n--x`,
    ]) {
      expect(await raw(text), text.slice(0, 60)).not.toMatch(/^HTTP\/1\.1 5/)
    }
    await expectAlive()
  })
})
