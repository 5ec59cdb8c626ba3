import { type CallOptions, type VerbId, verbIds } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import type { Script, SeenRequest, StubAnswer } from '../../recording/stub-gateway.ts'
import { CANARY, endingOf, perform } from '../../running/call-verb.ts'
import { type Fixtures, madeUpFixtures, samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const escapeMarkup = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const unicodeEscapes = (text: string) =>
  JSON.stringify(text).replace(/[<>&']/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** How a server may write what it was sent into an error of its own. */
const ECHOES: readonly [name: string, contentType: string, write: (said: string) => string][] = [
  ['plain text', 'text/plain', (said) => said],
  ['JSON', 'application/json', (said) => JSON.stringify({ message: `cannot handle ${said}`, request: said })],
  ['JSON inside JSON', 'application/json', (said) => JSON.stringify({ error: JSON.stringify({ request: said }) })],
  ['JSON with escaped slashes', 'application/json', (said) => JSON.stringify({ message: said }).replaceAll('/', '\\/')],
  ['JSON with Unicode escapes', 'application/json', (said) => `{"message":${unicodeEscapes(said)}}`],
  ['broken JSON', 'application/json', (said) => `{"message":${JSON.stringify(said)}`],
  ['percent-encoding', 'text/plain', encodeURIComponent],
  ['double percent-encoding', 'text/plain', (said) => encodeURIComponent(encodeURIComponent(said))],
  ['percent-encoding in lower case', 'text/plain', (said) => encodeURIComponent(said).replace(/%../g, (code) => code.toLowerCase())],
  ['form encoding', 'application/x-www-form-urlencoded', (said) => new URLSearchParams({ error: said }).toString()],
  ['HTML', 'text/html', (said) => `<html><head><title>Error</title></head><body><pre>${escapeMarkup(said)}</pre></body></html>`],
  ['XML', 'application/xml', (said) => `<error><message>${escapeMarkup(said)}</message></error>`],
  ['XML with CDATA', 'application/xml', (said) => `<error><message><![CDATA[${said}]]></message></error>`],
]

/** How much comes before a secret: somewhere in these ranges the cut goes through it, wherever the error is cut. */
const CUTS = [440, 460, 470, 480, 490, 1_960, 1_990, 2_010, 2_030] as const

/** Statuses whose errors show the body: a refusal, a failure, and a success that is none. */
const STATUSES = [400, 401, 500] as const

/** Successes of another shape than any verb expects. */
const SHAPES: readonly ((said: string) => string)[] = [
  JSON.stringify,
  (said) => JSON.stringify([said]),
  (said) => JSON.stringify({ results: said }),
]

/** No error, log or result shows a secret, whatever the gateway answers. */
export function secretsGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context
  const ids = (['session.get', 'session.create', 'message.sendText'] as const).filter(context.has)

  async function leaksOf(
    id: VerbId,
    script: Script,
    options?: CallOptions,
  ): Promise<{ failed: boolean; leaks: readonly string[]; sent: boolean }> {
    const { gateway, requests } = context.scripted(script)
    const sample = samples[id].input(await fixturesFor(id))
    // what waits for a state would poll an answer of another shape until its own time is over
    const input = id.endsWith('.waitFor') ? { ...sample, timeoutMs: 50 } : sample
    const { outcome, leaks } = await endingOf(() => perform(gateway, id, input, options))
    return { failed: outcome !== 'ok', leaks, sent: requests.length > 0 && requests.every(carriesSecret) }
  }

  /** Real ids for verbs about a message or group, invented ones for all others. */
  async function fixturesFor(id: VerbId): Promise<Fixtures> {
    const { needs, file } = samples[id]
    return needs.length === 0 && file === undefined ? madeUpFixtures('main') : (await context.recording(id)).fixtures
  }

  describe('secrets', () => {
    for (const [turn, [name, contentType, write]] of ECHOES.entries()) {
      it(`hides them in an echo as ${name}`, async () => {
        for (const [place, id] of ids.entries()) {
          for (const status of context.pick(STATUSES, 1, turn + place)) {
            const echo = (request: SeenRequest): StubAnswer => echoed(status, contentType, write(wordsOf(request)))
            check(`${id}, ${status}`, await leaksOf(id, echo), { failed: true, leaks: [], sent: true })
          }
        }
      })

      it(`hides them in an echo as ${name} that is cut off`, async () => {
        for (const [place, id] of ids.entries()) {
          for (const length of context.pick(CUTS, 2, turn + place)) {
            const echo = (request: SeenRequest): StubAnswer => {
              const secrets = context.manifest.credentials.filter(({ secret }) => secret).map(({ field }) => context.stubConfig()[field])
              return echoed(400, contentType, write(`${'x'.repeat(length)}${secrets.join(' ')} ${wordsOf(request)}`))
            }
            check(`${id} after ${length} characters`, await leaksOf(id, echo), { failed: true, leaks: [], sent: true })
          }
        }
      })
    }

    it('hides them in what a broken connection says', async () => {
      for (const id of ids) {
        for (const fault of ['refused', 'lost', 'cut'] as const) {
          check(`${id}, ${fault}`, await leaksOf(id, [fault]), { failed: true, leaks: [], sent: true })
        }
      }
    })

    it('hides them in a success of another shape that shows them', async () => {
      for (const id of verbIds().filter((one) => context.has(one) && samples[one].stage !== 'none')) {
        for (const write of context.pick(SHAPES, 1, id)) {
          const echo = (request: SeenRequest): StubAnswer => echoed(200, 'application/json', write(wordsOf(request)))
          const { leaks, sent } = await leaksOf(id, echo, { timeoutMs: 50 })
          check(id, [leaks, sent], [[], true])
        }
      }
    })

    it('hides them in the headers of an answer', async () => {
      const echo = (request: SeenRequest): StubAnswer => {
        const said = encodeURIComponent(wordsOf(request))
        return { status: 400, headers: { 'x-request-id': said, 'x-correlation-id': said, 'retry-after': said }, body: {} }
      }
      for (const id of ids) check(id, await leaksOf(id, echo), { failed: true, leaks: [], sent: true })
    })
  })
}

function echoed(status: number, contentType: string, body: string): StubAnswer {
  return { status, headers: { 'content-type': contentType }, body }
}

// everything that a server knows of a request: its URL, headers and body
function wordsOf({ method, url, headers, body = '' }: SeenRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${url} ${new URL(url).href}`, ...lines, '', body].join('\n')
}

function carriesSecret({ url, headers, body = '' }: SeenRequest): boolean {
  return [url, body, ...Object.values(headers)].some((text) => text.includes(CANARY))
}
