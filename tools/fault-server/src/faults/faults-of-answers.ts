import type { Fault, FaultyConnection } from './fault.ts'
import { accepted, chunk, cut, DONE, reply, webPage } from './responses.ts'

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
const CHUNKED = `${HEAD}transfer-encoding: chunked\r\n\r\n`
const LENGTH = `${HEAD}content-length: ${DONE.length}\r\n\r\n`
const HALF = DONE.slice(0, DONE.length / 2)
const TOO_LONG = JSON.stringify({ id: 'x'.repeat(100_000) })

/** Sends single bytes until the caller has gone; after a few of them `onStall` is called. */
async function drip(on: FaultyConnection, drop: (index: number) => string): Promise<void> {
  for (let index = 0; on.open && index < 200; index++) {
    await on.write(drop(index))
    if (index === 3) on.stall()
  }
}

function afterEffect(name: string, act: Fault['act']): Fault {
  return { name: `effect, then ${name}`, moment: 'request', effect: true, act }
}

const chunks = [1, 2, 3].map((count) =>
  afterEffect(`reset after chunk ${count} of 3`, async (on) => {
    await on.write(CHUNKED, ...cut(DONE, 3).slice(0, count).map(chunk))
    on.reset()
  }),
)

/** Faults in the answer, after what was asked for was done. */
export const answerFaults: readonly Fault[] = [
  afterEffect('reset', (on) => on.reset()),
  afterEffect('closed', (on) => on.close()),
  afterEffect('silent', (on) => on.stall()),
  afterEffect('reset in the status line', async (on) => {
    await on.write('HTTP/1.1 2')
    on.reset()
  }),
  afterEffect('closed in the status line', async (on) => {
    await on.write('HTTP/1.1 2')
    on.close()
  }),
  afterEffect('reset in the headers', async (on) => {
    await on.write(HEAD)
    on.reset()
  }),
  afterEffect('closed in the headers', async (on) => {
    await on.write(`${HEAD}content-le`)
    on.close()
  }),
  afterEffect('silent in the headers', async (on) => {
    await on.write(HEAD)
    on.stall()
  }),
  afterEffect('dripping headers', async (on) => {
    await on.write(HEAD)
    await drip(on, (index) => `x-${index}: y\r\n`)
  }),
  afterEffect('reset after the headers', async (on) => {
    await on.write(LENGTH)
    on.reset()
  }),
  afterEffect('closed after the headers', async (on) => {
    await on.write(LENGTH)
    on.close()
  }),
  ...chunks,
  afterEffect('closed after the last chunk, without an end', async (on) => {
    await on.write(CHUNKED, chunk(DONE))
    on.close()
  }),
  afterEffect('a chunk of no size', async (on) => {
    await on.write(CHUNKED, chunk(HALF), 'zz\r\n')
    on.close()
  }),
  afterEffect('reset in the body', async (on) => {
    await on.write(LENGTH, HALF)
    on.reset()
  }),
  afterEffect('a body shorter than its length', async (on) => {
    await on.write(LENGTH + HALF)
    on.close()
  }),
  afterEffect('a whole body shorter than its length', async (on) => {
    await on.write(`${HEAD}content-length: ${DONE.length + 5}\r\n\r\n${DONE}`)
    on.close()
  }),
  afterEffect('a body without length, cut', async (on) => {
    await on.write(`${HEAD}connection: close\r\n\r\n`, HALF)
    on.close()
  }),
  afterEffect('silent in the body', async (on) => {
    await on.write(LENGTH, HALF)
    on.stall()
  }),
  afterEffect('a dripping body', async (on) => {
    await on.write(`${HEAD}content-length: 100000\r\n\r\n`)
    await drip(on, () => ' ')
  }),
  afterEffect('a dripping body of chunks', async (on) => {
    await on.write(CHUNKED)
    await drip(on, () => chunk(' '))
  }),
  afterEffect('a body longer than its length', (on) => on.write(`${LENGTH}${DONE}${DONE}`)),
  afterEffect('gzip that is none', async (on) => {
    await on.write(`${HEAD}content-encoding: gzip\r\ncontent-length: ${DONE.length}\r\n\r\n${DONE}`)
    on.close()
  }),
  afterEffect('a body too large, and it says so', (on) => on.write(reply('200 OK', 'application/json', TOO_LONG))),
  afterEffect('a body too large in chunks', (on) => on.write(CHUNKED, ...cut(TOO_LONG, 4).map(chunk), '0\r\n\r\n')),
  afterEffect('a head too large', async (on) => {
    await on.write(`${HEAD}x-long: ${'x'.repeat(70_000)}\r\n\r\n`)
    on.close()
  }),
  afterEffect('two lengths', async (on) => {
    await on.write(`${HEAD}content-length: 2\r\ncontent-length: ${DONE.length}\r\n\r\n${DONE}`)
    on.close()
  }),
  afterEffect('garbage instead of HTTP', async (on) => {
    await on.write(`garbage ${on.heard}\r\n\r\n`)
    on.close()
  }),
  afterEffect('garbage in the headers', async (on) => {
    await on.write(`HTTP/1.1 200 OK\r\nx-echo\u0001: ${on.heard.replaceAll('\r\n', ' ')}\r\n\r\n`)
    on.close()
  }),
  afterEffect('another protocol', async (on) => {
    await on.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')
    on.close()
  }),
  afterEffect('100 Continue, then reset', async (on) => {
    await on.write('HTTP/1.1 100 Continue\r\n\r\n')
    on.reset()
  }),
  afterEffect('103 Early Hints, then 200', (on) => on.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', accepted())),
  afterEffect('200 with broken JSON', (on) => on.write(reply('200 OK', 'application/json', `{"id": ${on.heard}`))),
  afterEffect('200 with a web page', (on) => on.write(reply('200 OK', 'text/html', webPage('Login', on.heard)))),
  afterEffect('200 with JSON of no end', (on) => on.write(reply('200 OK', 'application/json', '['.repeat(10_000) + ']'.repeat(10_000)))),
  afterEffect('200 with nothing', (on) => on.write(reply('200 OK', 'application/json', ''))),
  afterEffect('200 with other data', (on) => on.write(reply('200 OK', 'application/json', '[null, 7]'))),
  afterEffect('200 with null', (on) => on.write(reply('200 OK', 'application/json', 'null'))),
  afterEffect('204', (on) => on.write('HTTP/1.1 204 No Content\r\n\r\n')),
]
