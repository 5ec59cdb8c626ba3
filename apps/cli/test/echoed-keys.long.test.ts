import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EchoServer, serveEcho } from './echo-server.ts'
import { invoke } from './in-process.ts'

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot'] as const
const KEY = 'Kj7/x+Q=9z&"v\\w\'<0Ab'
let gateway: EchoServer
beforeAll(async () => {
  gateway = await serveEcho()
})
afterAll(() => gateway.close())

const bytes = Buffer.from(KEY, 'utf8')
const everyByte = (text: string) => [...Buffer.from(text, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

/** How a gateway may write a key that it repeats. */
const FORMS: Readonly<Record<string, string>> = {
  plain: KEY,
  'upper case': KEY.toUpperCase(),
  'percent-encoded': encodeURIComponent(KEY),
  'percent-encoded twice': encodeURIComponent(encodeURIComponent(KEY)),
  'every byte percent-encoded': everyByte(KEY),
  'as a form': new URLSearchParams({ key: KEY }).toString(),
  json: JSON.stringify(KEY),
  'json in json': JSON.stringify(JSON.stringify(KEY)),
  base64: bytes.toString('base64'),
  base64url: bytes.toString('base64url'),
  'base64 of a header': Buffer.from(`user:${KEY}`).toString('base64'),
  'base64 in a URL': encodeURIComponent(bytes.toString('base64')),
  hex: bytes.toString('hex'),
  'hex in upper case': bytes.toString('hex').toUpperCase(),
  'in a quoted URL': `could not GET "https://127.0.0.1/api/x?access_token=${encodeURIComponent(KEY)}&y=1"`,
}

/** True when a text has the key in a form that somebody could turn back. */
function showsKey(text: string): boolean {
  const low = text.toLowerCase()
  const all = [...Object.values(FORMS), KEY].filter((form) => form.length < 120 && !form.startsWith('could'))
  // a piece of base64 that only the key fills
  const pieces = [
    bytes.toString('base64').slice(0, 20),
    bytes.toString('base64url').slice(0, 20),
    Buffer.from(`user:${KEY}`).toString('base64').slice(7, 27),
  ]
  return [...all, ...pieces].some((form) => low.includes(form.toLowerCase().replace(/^"|"$/g, '')))
}

const envOf = (id: string): Record<string, string> => ({
  [`WAMUX_${id.toUpperCase()}_BASE_URL`]: gateway.url,
  [`WAMUX_${id.toUpperCase()}_API_KEY`]: KEY,
  ...(id === 'wawp' ? { WAMUX_WAWP_ACCESS_TOKEN: KEY, WAMUX_WAWP_INSTANCE_ID: 'instance1' } : {}),
})

const SHOWINGS: readonly (readonly string[])[] = [
  [],
  ['--json'],
  ['--verbose'],
  ['--include'],
  ['--verbose', '--include', '--json'],
  ['--output', 'csv'],
  ['--output', 'yaml'],
  ['--output', 'ndjson'],
  ['--jq', '.. | strings'],
  ['--json=echo'],
]

describe.each(GATEWAYS)('a key that %s repeats', (id) => {
  it.each(Object.entries(FORMS))('is never shown: %s', async (_name, form) => {
    for (const status of [200, 400, 401, 404, 500]) {
      for (const flags of SHOWINGS) {
        gateway.answer = () => ({
          status,
          headers: { 'x-echo': encodeURI(form), 'content-type': 'application/json' },
          body: { message: `refused: ${form}`, error: form, echo: form, [form]: [form, { inside: form }] },
        })
        const columns = flags.includes('--include') ? 80 : undefined
        const { stdout, stderr } = await invoke(['api', 'GET', '/nowhere', '--gateway', id, '--no-color', ...flags], {
          env: envOf(id),
          ...(columns ? { columns } : {}),
        })
        expect(showsKey(stdout), `${status} ${flags.join(' ')} stdout: ${stdout}`).toBe(false)
        expect(showsKey(stderr), `${status} ${flags.join(' ')} stderr: ${stderr}`).toBe(false)
        expect(stdout + stderr).toContain('[redacted]')
      }
    }
  })
})

describe('other commands', () => {
  it('hide a key that is repeated, too, and show it when a person asks for that', async () => {
    gateway.answer = () => ({
      body: [{ name: KEY, status: 'WORKING', config: { x: bytes.toString('base64') }, me: { id: KEY, pushName: KEY } }],
    })
    for (const args of [
      ['session', 'list'],
      ['waha', 'sessions', 'list'],
      ['session', 'list', '--json'],
      ['doctor', '--json'],
    ]) {
      const { stdout, stderr } = await invoke([...args, '--gateway', 'waha'], { env: envOf('waha') })
      expect(showsKey(stdout + stderr), args.join(' ')).toBe(false)
    }
    const shown = await invoke(['waha', 'sessions', 'list', '--json', '--show-secrets'], { env: envOf('waha') })
    expect(showsKey(shown.stdout)).toBe(true)
  })
})
