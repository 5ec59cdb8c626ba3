import { requireVerb, type VerbId, verbIds } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import type { SeenRequest, StubAnswer } from '../../recording/stub-gateway.ts'
import { CANARY, endingOf } from '../../running/call-verb.ts'
import { placesOf } from '../../running/leaks.ts'
import type { Runner } from '../../subject/runner.ts'

/** What a program in trouble hands over for a session, and what somebody hands over who wants to be elsewhere. */
const NO_SESSIONS: readonly unknown[] = [
  undefined,
  null,
  '',
  [],
  ['main'],
  ['a', 'b'],
  {},
  { toString: 'main' },
  Number.NaN,
  0,
  true,
  '.',
  '..',
  '../other',
  'a/b',
  'a\\b',
  '/',
  'a\r\nb',
  'a\u0000',
  'half a \ud83d',
]

/** Paths that a URL parser takes to another host, port or prefix, or to other parameters. */
const ELSEWHERE: readonly string[] = [
  '@evil.example/x',
  '.evil.example/x',
  ':8443/x',
  ':pw@evil.example/x',
  '//evil.example/x',
  '///evil.example/x',
  '/\\evil.example/x',
  '\\\\evil.example\\x',
  '/../x',
  '/../../x',
  '/x/../../../y',
  '/%2e%2e/x',
  '/.%2E/x',
  '/x/%2e/y',
  '/./x',
  '/x/..',
  '/\t/evil.example/x',
  '/\n/evil.example/x',
  '/x\r\ny',
  '/x?a=b',
  '/x#y',
  'x',
  'http://evil.example/x',
]

/** Input that is wrong on purpose goes nowhere. */
export function hostileInputGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context
  const ids = verbIds().filter(context.has)

  describe('hostile input', () => {
    it('each verb refuses what is no session, before anything is sent', async () => {
      for (const id of ids.filter((one) => one !== 'session.list')) {
        const { gateway, requests } = context.scripted()
        for (const session of context.pick(NO_SESSIONS, 5, id)) {
          // creating without a name is a request of its own
          if (session === undefined && id === 'session.create') continue
          const { outcome, error } = await endingOf(() => verbOf(gateway, id)({ session }))
          check(`${id} for ${String(JSON.stringify(session))}`, [outcome, error?.field, requests.length], ['invalid_request', 'session', 0])
        }
      }
    })

    it('each verb refuses input that is none', async () => {
      for (const id of ids) {
        const { gateway, requests } = context.scripted()
        for (const input of [null, 'main', 7, true]) {
          const { outcome, error } = await endingOf(() => verbOf(gateway, id)(input))
          check(`${id} for ${JSON.stringify(input)}`, [outcome, error !== undefined, requests.length], ['invalid_request', true, 0])
        }
      }
    })

    it('no corrected path leads away from the base URL', async () => {
      const { operations } = await context.scripted().gateway.operations()
      const paths = ELSEWHERE.flatMap((one) => [one, `POST ${one}`])
      for (const [turn, id] of Object.keys(operations).entries()) {
        for (const path of context.pick(paths, 3, turn)) {
          const { outcome, error } = await endingOf(() => context.scripted([], { paths: { [id]: path } }))
          check(`${id} at ${JSON.stringify(path)}`, [outcome, error?.field], ['config', `paths.${id}`])
        }
        const { outcome } = await endingOf(() => context.scripted([], { paths: { [id]: 'PATCH /v2/{session}/%7Ex/' } }))
        check(`${id} at a path of another version`, outcome, 'ok')
      }
    })

    it('no path of the typed client leads away from the base URL', async () => {
      const { gateway, requests } = context.scripted()
      for (const path of ELSEWHERE) {
        for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
          const { outcome } = await endingOf(() => clientOf(gateway)[method]?.(path))
          check(`${method} ${JSON.stringify(path)}`, [outcome, requests.length], ['invalid_request', 0])
        }
      }
    })

    it('what the typed client gives for an error shows no secret', async () => {
      const { operations } = await context.scripted().gateway.operations()
      const echoes: readonly ((said: string) => StubAnswer)[] = [
        (said) => answer(400, 'application/json', JSON.stringify({ message: said, seen: [said] })),
        (said) => answer(422, 'text/plain', said),
        (said) => answer(403, 'application/octet-stream', `\u0001\u0002${said}`),
        (said) => ({ status: 404, headers: { 'content-type': 'application/json', 'x-seen': encodeURIComponent(said) }, body: '{"a":1}' }),
      ]
      for (const [turn, echo] of echoes.entries()) {
        const { gateway } = context.scripted((request) => echo(wordsOf(request)))
        const all = Object.values(operations)
        for (const { id, method, path } of context.pick(all, Math.ceil(all.length / echoes.length), turn)) {
          const values = Object.fromEntries([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => [name, 'x']))
          const { error, response } = (await clientOf(gateway)[method]?.(path, { params: { path: values } })) ?? {}
          const shown = { error, text: await response?.text(), headers: [...(response?.headers ?? [])] }
          check(`${id}: an error`, error !== undefined, true)
          check(`${id}: ${echo(CANARY).status}`, placesOf(CANARY, shown), [])
        }
      }
    })

    it('no number that is none, or is negative, is taken for an option', async () => {
      for (const wrong of [Number.NaN, -1, Number.NEGATIVE_INFINITY, '5', null]) {
        const options: [string, Record<string, unknown>][] = [
          ['timeoutMs', { timeoutMs: wrong }],
          ['maxBodyBytes', { maxBodyBytes: wrong }],
          ['retry.attempts', { retry: { attempts: wrong } }],
          ['retry.maxDelayMs', { retry: { maxDelayMs: wrong } }],
          ['limits.concurrency', { limits: { concurrency: wrong } }],
          ['limits.perSecond', { limits: { perSecond: wrong } }],
          ['limits.queue', { limits: { queue: wrong } }],
          ['limits.perSession.perSecond', { limits: { perSession: { perSecond: wrong } } }],
          ['preflight.cacheMs', { preflight: { check: async () => true, cacheMs: wrong } }],
        ]
        for (const [field, config] of options) {
          const { outcome, error } = await endingOf(() => context.scripted([], config))
          check(`${field}: ${String(wrong)}`, [outcome, error?.field], ['config', field])
        }
      }
    })
  })
}

function answer(status: number, contentType: string, body: string): StubAnswer {
  return { status, headers: { 'content-type': contentType }, body }
}

function verbOf(gateway: Parameters<typeof requireVerb>[0], id: VerbId): (input: unknown) => unknown {
  return requireVerb(gateway, id) as (input: unknown) => unknown
}

type AnyClient = Readonly<
  Record<string, (path: string, init?: object) => Promise<{ readonly error?: unknown; readonly response: Response }>>
>

function clientOf({ client }: { readonly client: unknown }): AnyClient {
  return client as AnyClient
}

function wordsOf({ url, headers, body }: SeenRequest): string {
  return [url, ...Object.values(headers), body ?? ''].join(' ')
}
