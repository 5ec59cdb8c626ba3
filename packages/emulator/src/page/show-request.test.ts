import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { credentialsOf } from '../gateways.ts'
import { createRequestLog } from './request-log.ts'
import { createRequestDisplay } from './show-request.ts'

const credentials = credentialsOf()
const display = createRequestDisplay(credentials, (gateway) => `http://127.0.0.1:4010/${gateway}`)

interface Sent {
  readonly gateway?: 'waha' | 'wawp' | 'warest' | 'sparkbot'
  readonly namespace?: string
  readonly method?: string
  readonly target?: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
  readonly answer?: string
}

function shown({ gateway = 'waha', namespace, method = 'POST', target = '/api/sendText', headers = [], body, answer = '{}' }: Sent) {
  const log = createRequestLog()
  const encode = (text: string) => new TextEncoder().encode(text)
  const type = ['content-type', 'application/json'] as const
  const asked = {
    gateway,
    ...(namespace === undefined ? {} : { namespace }),
    at: 0,
    method,
    target,
    headers: new Headers([...headers, type].map(([name, value]) => [name, value])),
    body: body === undefined ? undefined : encode(body),
    own: false,
  }
  log.add(asked)({ status: 200, headers: { 'content-type': 'application/json' }, body: encode(answer) })
  const [logged] = log.list()
  if (!logged) throw new Error('it was not kept')
  return display.details(logged)
}

test('names the operation', () => {
  expect(shown({}).operation).toBe('messages.sendText')
  expect(shown({ target: '/api/nowhere' }).operation).toBe('')
})

const secrets = [credentials.waha.apiKey, credentials.wawp.accessToken, credentials.warest.apiKey, credentials.sparkbot.apiKey]

test.each<[string, Sent]>([
  ['a header', { headers: [['x-api-key', secrets[0] ?? '']] }],
  ['a header with a scheme', { gateway: 'warest', headers: [['authorization', `Bearer ${secrets[2]}`]] }],
  ['the query', { gateway: 'wawp', method: 'GET', target: `/v2/session/me?access_token=${secrets[1]}` }],
  ['a query of another key', { gateway: 'warest', method: 'GET', target: '/api/v1/session/list?apiKey=somebody-elses-key' }],
  ['the body', { body: JSON.stringify({ access_token: secrets[1], deep: [{ token: 'somebody-elses-key' }] }) }],
  ['the answer', { answer: JSON.stringify({ session: { webhookSecret: 'somebody-elses-key', note: secrets[3] } }) }],
  ['a header of another key', { headers: [['x-api-key', 'somebody-elses-key']] }],
  ['a cookie', { headers: [['cookie', 'session=somebody-elses-key']] }],
])('hides what is secret in %s', (_, sent) => {
  const text = JSON.stringify(shown(sent))
  for (const secret of [...secrets, 'somebody-elses-key']) expect(text).not.toContain(secret)
})

test('copies as curl, with the key as a variable of the environment', () => {
  const { curl } = shown({ headers: [['x-api-key', secrets[0] ?? '']], body: JSON.stringify({ text: `it's $HOME "and" \`more\`` }) })
  expect(curl).toContain('"x-api-key: $WAMUX_WAHA_API_KEY"')
  const words = execFileSync('sh', ['-c', `curl() { for word; do printf '%s\\n--\\n' "$word"; done; }; ${curl}`], {
    env: { WAMUX_WAHA_API_KEY: 'given', HOME: 'wrong' },
    encoding: 'utf8',
  })
  expect(words).toContain('x-api-key: given')
  expect(JSON.parse(/--data-raw\n--\n([\s\S]*?)\n--/.exec(words)?.[1] ?? '')).toEqual({ text: `it's $HOME "and" \`more\`` })
})

test('copies as a command of wamux, with text as text and all else by its type', () => {
  const body = JSON.stringify({ session: 'default', text: "it's", count: 3, config: { debug: true, tags: ['a', 'b'] } })
  expect(shown({ body, target: '/api/sendText?x=1&token=secret-token' }).wamux).toBe(
    `wamux api POST /api/sendText --gateway waha --query x=1 -f session=default -f 'text=it'\\''s' -F count=3 -F 'config[debug]=true' -f 'config[tags][]=a' -f 'config[tags][]=b'`,
  )
})

test('copies a request to a namespace with the address of that namespace', () => {
  const { namespace, curl, wamux } = shown({ namespace: 'team-1', method: 'GET', target: '/api/sessions' })
  expect(namespace).toBe('team-1')
  expect(curl).toContain('http://127.0.0.1:4010/@team-1/waha/api/sessions')
  expect(wamux).toBe('WAMUX_WAHA_BASE_URL=http://127.0.0.1:4010/@team-1/waha wamux api GET /api/sessions --gateway waha')
})

test('shows what is no text by its size', () => {
  const log = createRequestLog()
  const png = { status: 200, headers: { 'content-type': 'image/png' }, body: new Uint8Array([137, 80]) }
  log.add({ gateway: 'waha', at: 0, method: 'GET', target: '/api/default/auth/qr', headers: new Headers(), body: undefined, own: false })(
    png,
  )
  const [logged] = log.list()
  expect(logged && display.details(logged).responseBody).toMatchObject({ text: '(2 bytes of image/png)', size: 2 })
})
