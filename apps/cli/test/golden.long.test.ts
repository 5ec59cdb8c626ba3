import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textWidth } from '../src/print/text-width.ts'
import { start, wamux } from './spawned.ts'

// what the built program does as a process: exit codes, bytes on stdout, closed pipes; everything else is tested in process
let server: Server
let env: Record<string, string>
let folder: string
const seen: { method: string; url: string; body: string }[] = []

const SESSIONS = [
  { name: 'shop', status: 'WORKING', me: { id: '4915112345678@c.us', pushName: '🍕 Pizza für 日本' } },
  { name: 'old', status: 'STOPPED' },
]
const PNG = Buffer.from('89504e470d0a1a0a0001ff', 'hex')

const answer: RequestListener = (request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    const { method = '', url = '' } = request
    seen.push({ method, url, body })
    const json = (status: number, value: unknown, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
    if (url.startsWith('/api/sessions?')) json(200, SESSIONS)
    else if (url === '/api/sessions/busy') json(429, { message: 'slow down' }, { 'retry-after': '7' })
    else if (url === '/api/sessions/secret') json(403, { message: 'not yours' })
    else if (url.startsWith('/api/screenshot')) response.writeHead(200, { 'content-type': 'image/jpeg' }).end(PNG)
    else if (url === '/api/sendText') json(201, { id: 'true_49151@c.us_AAA', _data: {} })
    else if (url.startsWith('/api/shop/chats')) json(200, chats(Number(new URL(url, 'http://x').searchParams.get('offset') ?? 0)))
    else if (url === '/big') response.writeHead(200, { 'content-type': 'text/plain' }).end('line\n'.repeat(200_000))
    else json(404, { message: 'no such thing' })
  })
}

/** Two and a half pages. */
function chats(offset: number): object[] {
  return [...Array(Math.max(0, Math.min(100, 250 - offset))).keys()].map((index) => ({
    id: `${offset + index}@c.us`,
    name: `Chat ${offset + index}`,
  }))
}

beforeAll(async () => {
  server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  folder = await mkdtemp(join(tmpdir(), 'wamux-golden-'))
  env = {
    HOME: folder,
    WAMUX_WAHA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    WAMUX_WAHA_API_KEY: 'golden-secret-key',
  }
})

afterAll(async () => {
  server.close().closeAllConnections()
  await rm(folder, { recursive: true, force: true })
})

const run = (args: readonly string[], more: Record<string, string> = {}, input?: string) => wamux(args, { ...env, ...more }, input)

describe('exit codes', () => {
  it.each([
    [0, ['session', 'list'], {}],
    [1, ['api', 'GET', '/api/shop/chats', '--paginate', '--query', 'x=1', '--jq', '.id'], {}],
    [2, ['session', 'lst'], {}],
    [3, ['session', 'list'], { WAMUX_WAHA_BASE_URL: 'http://127.0.0.1:1' }],
    [4, ['session', 'get', 'secret'], {}],
    [5, ['session', 'get', 'none'], {}],
    [6, ['session', 'get', 'busy', '--timeout', '300'], {}],
    [7, ['session', 'reset', 'shop'], {}],
  ] as const)('%i: %j', async (code, args, more) => {
    const ended = await run([...args], more)
    expect(ended.code, ended.stderr).toBe(code)
    if (code !== 0) expect(ended).toMatchObject({ stdout: '', stderr: expect.stringMatching(/^error: /) })
    expect(ended.stderr).not.toContain('golden-secret-key')
  })
})

describe('output', () => {
  const TABLE = [
    'SESSION\tSTATE\tACCOUNT\tPHONE\tNAME',
    'shop\tconnected\tok\t+4915112345678\t🍕 Pizza für 日本',
    'old\tstopped\t\t\t',
    '',
  ].join('\n')

  it.each([
    ['a table', [], TABLE],
    [
      'fields as JSON',
      ['--json=session,me.name'],
      '[\n  {\n    "session": "shop",\n    "me.name": "🍕 Pizza für 日本"\n  },\n  {\n    "session": "old",\n    "me.name": null\n  }\n]\n',
    ],
    [
      'fields as ndjson',
      ['--json=session,state', '--output', 'ndjson'],
      '{"session":"shop","state":"connected"}\n{"session":"old","state":"stopped"}\n',
    ],
    ['fields as csv', ['--json=session,me.name', '--output', 'csv'], 'session,me.name\r\nshop,🍕 Pizza für 日本\r\nold,\r\n'],
    [
      'fields as yaml',
      ['--json=session,state', '--output', 'yaml'],
      '- session: shop\n  state: connected\n- session: old\n  state: stopped\n',
    ],
    ['a filter', ['--jq', '.sessions[] | select(.state == "connected") | .me.name'], '🍕 Pizza für 日本\n'],
    ['a filter that makes objects', ['--jq', '[.sessions[].session]', '--output', 'ndjson'], '["shop","old"]\n'],
  ])('is %s', async (_what, flags, stdout) => {
    expect(await run(['session', 'list', ...flags])).toEqual({ code: 0, stdout, stderr: '' })
  })

  it('is plain without a terminal, and coloured when asked for', async () => {
    expect((await run(['session', 'list'])).stdout).not.toContain('\x1b')
    expect((await run(['session', 'list'], { FORCE_COLOR: '1' })).stdout).toContain('\x1b[')
    expect((await run(['session', 'list'], { CLICOLOR_FORCE: '1' })).stdout).toContain('\x1b[')
    expect((await run(['session', 'list'], { CLICOLOR_FORCE: '1', NO_COLOR: '1' })).stdout).not.toContain('\x1b')
    expect((await run(['session', 'list', '--no-color'], { FORCE_COLOR: '1' })).stdout).not.toContain('\x1b')
  })

  it('is one JSON document also where nothing came', async () => {
    expect(await run(['waha', 'sessions', 'get', 'none', '--json'])).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringMatching(/^\{.*"kind":"not_found".*\}\n$/),
    })
  })

  it('has nothing but errors on stderr with --quiet', async () => {
    expect((await run(['operations', 'waha', '--search', 'sessions.stop', '--quiet'])).stderr).toBe('')
    expect((await run(['session', 'get', 'none', '--quiet'])).stderr).toMatch(/^error: /)
  })

  it('ends without a word when its reader does not want more', async () => {
    const running = start(['api', 'GET', '/big'], env)
    running.child.stdout.once('data', () => running.child.stdout.destroy())
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('gives bytes to a pipe and to a file, as they are', async () => {
    const running = start(['waha', 'sessions', 'screenshot', '--session', 'shop'], env)
    const chunks: Buffer[] = []
    running.child.stdout.setEncoding('latin1').on('data', (text: string) => chunks.push(Buffer.from(text, 'latin1')))
    expect((await running.ended).code).toBe(0)
    expect(Buffer.concat(chunks)).toEqual(PNG)
    const file = join(folder, 'shot.jpg')
    expect(await run(['waha', 'sessions', 'screenshot', '--session', 'shop', '--out', file])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('11 bytes'),
    })
    expect(await readFile(file)).toEqual(PNG)
  })
})

describe('input', () => {
  it('comes from stdin, files and flags, each over what is before it', async () => {
    seen.length = 0
    const file = join(folder, 'body.json')
    await writeFile(file, '\ufeff{"session":"shop","chatId":"49151@c.us","text":"from the file","brandNew":true}')
    expect((await run(['waha', 'messages', 'send-text', '--body', `@${file}`, '--text', 'from the flag'])).code).toBe(0)
    expect(
      (await run(['waha', 'messages', 'send-text', '--body', '-'], {}, '{"session":"shop","chatId":"49151@c.us","text":"stdin"}\n')).code,
    ).toBe(0)
    expect((await run(['message', 'send-text', 'shop', '+4915112345678', '-'], {}, 'Grüße 👋\n')).code).toBe(0)
    expect(seen.map(({ body }) => JSON.parse(body))).toEqual([
      { session: 'shop', chatId: '49151@c.us', text: 'from the flag', brandNew: true },
      { session: 'shop', chatId: '49151@c.us', text: 'stdin' },
      expect.objectContaining({ text: 'Grüße 👋' }),
    ])
  })

  it('is refused before anything is sent', async () => {
    seen.length = 0
    for (const args of [
      ['waha', 'messages', 'send-text', '--session', 'shop', '--text', 'hi'],
      ['waha', 'messages', 'send-text', '--body', '{"session":'],
      ['waha', 'messages', 'send-text', '--body', '@no/such/file.json'],
      ['waha', 'sessions', 'delete', 'shop', '--no-input'],
      ['session', 'list', '--jq', '.['],
      ['session', 'list', '--json', '--output', 'csv'],
      ['message', 'send-image', 'shop', '+4915112345678', 'no-such.jpg'],
      ['message', 'send-image', 'shop', '+4915112345678'],
    ]) {
      expect(await run(args), args.join(' ')).toMatchObject({ code: 2, stdout: '' })
    }
    expect(seen).toEqual([])
  })
})

describe('wamux api', () => {
  it('goes from page to page', async () => {
    const { stdout, code } = await run([
      'api',
      'GET',
      '/api/{session}/chats',
      '-f',
      'session=shop',
      '--paginate',
      '--jq',
      'length, .[249].name',
    ])
    expect({ stdout, code }).toEqual({ code: 0, stdout: '250\nChat 249\n' })
  })

  it('writes fields as gh does', async () => {
    const args = [
      'api',
      'post',
      'api/sendText',
      '-f',
      'text=5',
      '-F',
      'count=5',
      '-F',
      'a[b][]=true',
      '-f',
      'a[b][]=x',
      '--dry-run',
      '--json',
    ]
    const { stdout } = await run(args)
    expect(JSON.parse(stdout)).toMatchObject({ method: 'POST', body: { text: '5', count: 5, a: { b: ['x', true] } } })
  })

  it('is as careful as the operation that a path stands for', async () => {
    seen.length = 0
    expect(await run(['api', 'DELETE', '/api/sessions/shop'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect(seen).toEqual([])
  })
})

it('stays within 80 columns, wide signs and all', async () => {
  for (const args of [
    ['--help'],
    ['waha', '--help'],
    ['group', '--help'],
    ['help', 'profiles'],
    ['waha', 'messages', 'send-poll', '--help'],
    ['message', 'send-image', '--help'],
  ]) {
    const { code, stdout } = await run(args)
    expect(code).toBe(0)
    // an example is a line to copy, however long
    const prose = stdout.replace(/^Examples\n( {2}.*\n)*/gm, '')
    for (const line of prose.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(80)
  }
})
