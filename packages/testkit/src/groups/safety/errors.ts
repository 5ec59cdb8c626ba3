import type { ErrorKind, GatewayError } from '@wamux/core'
import type { Scripted, SuiteContext } from '../../context/context.ts'
import type { Reply } from '../../recording/stub-gateway.ts'
import { CANARY, type Ending, endingOf, perform } from '../../running/call-verb.ts'
import { madeUpFixtures, samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const WORDS = 'the moon is in the way'
const JSON_TYPE = { 'content-type': 'application/json' }
const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' }
const XML_TYPE = { 'content-type': 'application/xml' }
const html = (text: string) => `<!DOCTYPE html><html><head><title>Error</title></head><body><h1>${text}</h1></body></html>`
const xml = (text: string) => `<?xml version="1.0"?><response><message>${text}</message></response>`

const KIND_OF_STATUS: readonly [status: number, kind: ErrorKind][] = [
  [400, 'invalid_request'],
  [401, 'auth'],
  [403, 'permission'],
  [404, 'not_found'],
  [409, 'conflict'],
  [429, 'rate_limited'],
  [500, 'server'],
  [501, 'unsupported'],
  [502, 'server'],
  [503, 'server'],
  [504, 'server'],
]

const BODIES: readonly [name: string, body: unknown, headers: Record<string, string>][] = [
  ['JSON', { message: WORDS }, JSON_TYPE],
  ['nested JSON', { error: { code: 'moon', message: WORDS } }, JSON_TYPE],
  ['XML', xml(WORDS), XML_TYPE],
  ['HTML', html(WORDS), HTML_TYPE],
  ['plain text', WORDS, { 'content-type': 'text/plain' }],
  ['JSON labelled as HTML', JSON.stringify({ message: WORDS }), HTML_TYPE],
]

const BROKEN: readonly [name: string, kind: ErrorKind, reply: Reply][] = [
  ['a web page in place of data', 'bad_response', { status: 200, headers: HTML_TYPE, body: html('Sign in') }],
  ['JSON that is none', 'bad_response', { status: 200, headers: JSON_TYPE, body: '{"id": tru' }],
  ['an empty 500', 'server', { status: 500 }],
  ['a redirect', 'bad_response', { status: 302, headers: { location: 'http://elsewhere.test/' } }],
  ['an answer that breaks off', 'network', 'cut'],
  ['a connection that breaks', 'network', 'lost'],
  ['nobody listening', 'network', 'refused'],
]

/** Everything that can go wrong ends as a GatewayError of the right kind, with the gateway's own words in it. */
export function errorsGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context

  function look(script: Reply[] | Reply, config?: Record<string, unknown>): Scripted & { run(options?: object): Promise<Ending> } {
    const scripted = context.scripted(Array.isArray(script) ? script : [script], { retry: { maxDelayMs: 1 }, ...config })
    const run = (options?: object) =>
      endingOf(() => perform(scripted.gateway, 'session.get', samples['session.get'].input(madeUpFixtures('main')), options))
    return { ...scripted, run }
  }

  describe('errors', () => {
    for (const [status, kind] of KIND_OF_STATUS) {
      it(`makes ${kind} of a ${status}`, async () => {
        for (const [name, body, headers] of BODIES) {
          const { outcome, leaks, error } = await look({ status, headers, body }).run()
          check(`${status} with ${name}`, [outcome, leaks, error?.status, error?.reached], [kind, [], status, 'yes'])
          check(`words in ${name}`, [error?.message.includes(WORDS), error?.vendorMessage], [true, WORDS])
          checkOrigin(error)
        }
        const { outcome, leaks } = await look({ status }).run()
        check(`${status} without a body`, [outcome, leaks], [kind, []])
      })
    }

    for (const { name, kind, status, body, contentType, message } of context.subject.failures ?? []) {
      it(`makes ${kind} of ${name}`, async () => {
        const headers = contentType === undefined ? {} : { 'content-type': contentType }
        const { outcome, leaks, error } = await look({ status, headers, body }).run()
        check(name, [outcome, leaks, error?.status], [kind, [], status])
        check(`words in "${error?.message}"`, error?.message.includes(message), true)
      })
    }

    for (const [name, kind, reply] of BROKEN) {
      it(`makes ${kind} of ${name}`, async () => {
        const { outcome, leaks, error } = await look(reply).run()
        check(name, [outcome, leaks], [kind, []])
        checkOrigin(error)
      })
    }

    it('tells how far a request got', async () => {
      const reached = async (reply: Reply) => (await look(reply).run()).error?.reached
      check('refused', await reached('refused'), 'no')
      check('lost', await reached('lost'), 'maybe')
      check('code of the cause', (await look('refused').run()).error?.code, 'ECONNREFUSED')
    })

    it('reads how long to wait from Retry-After', async () => {
      const { outcome, error } = await look({ status: 429, headers: { 'retry-after': '7' }, body: { message: WORDS } }).run()
      check('kind and wait', [outcome, error?.retryAfterMs, error?.retryable], ['rate_limited', 7_000, true])
    })

    for (const fault of ['silent', 'deaf'] as const) {
      it(`gives up on a gateway that is ${fault} when the time is over`, async () => {
        const { outcome, leaks } = await look(fault).run({ timeoutMs: 20 })
        check('of the call', [outcome, leaks], ['timeout', []])
        check('of the gateway', (await look(fault, { timeoutMs: 20 }).run()).outcome, 'timeout')
      })

      it(`gives up on a gateway that is ${fault} when it is told to`, async () => {
        const controller = new AbortController()
        const { run, requests } = look(fault)
        const ending = run({ signal: controller.signal })
        setTimeout(() => controller.abort(), 10)
        check('kind', (await ending).outcome, 'aborted')
        check('requests', requests.length, 1)
      })
    }

    it('asks nothing when it was told to stop before', async () => {
      const { run, requests } = look({ status: 200 })
      const { outcome, error } = await run({ signal: AbortSignal.abort() })
      check('kind, reach, requests', [outcome, error?.reached, requests.length], ['aborted', 'no', 0])
    })

    it('never ends in anything else, whatever a 200 carries', async () => {
      for (const body of [{}, [], 'null', '"text"', '42', 'true', '[null]', '{"results":null}', '{"data":{}}', '']) {
        const headers = body === '' ? {} : JSON_TYPE
        const { outcome, leaks } = await look({ status: 200, headers, body }).run()
        const fine = ['ok', 'bad_response', 'not_found', 'server'].includes(outcome)
        check(`${JSON.stringify(body)}: ${outcome}`, [fine, leaks], [true, []])
      }
    })

    it('refuses a config that cannot work', async () => {
      const config = { ...context.stubConfig(), fetch: context.scripted().fetch }
      const attempt = async (what: string, change: Record<string, unknown>, field: string) => {
        const { outcome, leaks, error } = await endingOf(() => context.create({ ...config, ...change }))
        check(what, [outcome, leaks, error?.field], ['config', [], field])
      }
      check('a good one', (await endingOf(() => context.create(config))).outcome, 'ok')
      for (const baseUrl of [undefined, '', 'nowhere', 'ftp://gateway.test', '/api', `http://${CANARY}:${CANARY}@gateway.test`]) {
        await attempt(`base URL ${baseUrl}`, { baseUrl }, 'baseUrl')
      }
      for (const { field } of context.manifest.credentials.filter((one) => one.required)) {
        for (const value of [undefined, '', `${CANARY}\r\nx: y`, `${CANARY}\u0000`, 42]) {
          await attempt(`${field} ${JSON.stringify(value)}`, { [field]: value }, field)
        }
      }
    })
  })

  function checkOrigin(error: GatewayError | undefined): void {
    check('gateway and operation', [error?.gateway, typeof error?.operation], [context.manifest.id, 'string'])
  }
}
