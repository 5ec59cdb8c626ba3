import { inspect } from 'node:util'
import { type Clock, type ErrorKind, type Fetch, GatewayError, type Hooks } from '@wamux/core'
import type { Fault } from '../faults/fault.ts'
import { type FaultServer, startFaultServer } from '../server/fault-server.ts'
import { hasCanary } from './canary.ts'
import { createCaseClock, DEADLINE_MS } from './case-clock.ts'
import type { ExpectedOf, Outcome } from './expected.ts'
import type { Subject, TestedGateway } from './subjects.ts'

/** How the gateway of one case is made. */
export interface FaultyConfig {
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly clock: Clock
  readonly timeoutMs: number
  readonly maxBodyBytes: number
  readonly hooks: Hooks
}

/** A server with one fault and a gateway connected to it, for many calls one after the other. */
export interface Bench {
  /** Makes the call and returns everything that is wrong with its result. */
  problemsOf(subject: Subject): Promise<string[]>
  /** The last whole request that the server took. */
  readonly heard: string
  close(): Promise<void>
}

/** What a test bench is made from. */
export interface BenchParts {
  readonly gateway: string
  readonly fault: Fault
  readonly expected: ExpectedOf
  readonly transport: Fetch
  create(config: FaultyConfig): TestedGateway
}

const KINDS: readonly ErrorKind[] = [
  'auth',
  'permission',
  'not_found',
  'conflict',
  'invalid_request',
  'rate_limited',
  'timeout',
  'aborted',
  'network',
  'server',
  'bad_response',
  'unsupported',
  'config',
  'unknown_outcome',
]

// longer than any call takes, also on a busy machine, and shorter than the time limit of a test
const PATIENCE_MS = 60_000
// a connection that the platform opened before the request may have stalled before anything waited for it
const STALLED_MS = 20_000

/** Largest answer that a tested gateway reads. */
export const MAX_BODY_BYTES: number = 64 * 1024

/** Starts the server and makes the gateway. */
export async function createBench({ gateway: id, fault, expected, transport, create }: BenchParts): Promise<Bench> {
  const clock = createCaseClock()
  const server = await startFaultServer(fault, () => clock.expire())
  const seen: Seen = { told: [], failed: [], tries: 0 }
  const fetch: Fetch = (url, init) => {
    seen.tries++
    return transport(server.reach(url), init)
  }
  const hooks = hooksInto(seen)
  const gateway = create({ baseUrl: server.url, fetch, clock, timeoutMs: DEADLINE_MS, maxBodyBytes: MAX_BODY_BYTES, hooks })

  return {
    get heard() {
      return server.heard
    },
    async problemsOf(subject) {
      clock.refresh()
      Object.assign(seen, { told: [], failed: [], tries: 0 })
      if (fault.between) await server.warmUp((url) => warmUp(transport, url))
      const end = await inTime(
        // where the server never stalls, a call that takes long is one on a busy machine
        () => server.stalled && clock.expire(),
        subject.call(gateway).then(endOf, (error: unknown) => ({ error })),
      )
      const problems =
        end === 'late'
          ? ['it did not end']
          : problemsOfEnd({ id, subject, fault, expected: subject.expected?.(fault.name) ?? expected, server, seen }, end.error)
      await server.reset()
      return problems.map((problem) => `${fault.name}: ${problem}`)
    },
    close: () => server.close(),
  }
}

/** What was seen of one call. */
interface Seen {
  told: unknown[]
  failed: GatewayError[]
  tries: number
}

function hooksInto(seen: Seen): Hooks {
  return {
    onRequest: (info) => void seen.told.push(info),
    onResponse: (info) => seen.told.push(info),
    onRetry: (info) => seen.told.push(info),
    onError: ({ error, ...info }) => {
      seen.told.push(info)
      seen.failed.push(error)
    },
  }
}

interface Ended {
  readonly id: string
  readonly subject: Subject
  readonly fault: Fault
  readonly expected: ExpectedOf
  readonly server: FaultServer
  readonly seen: Seen
}

function problemsOfEnd({ id, subject, fault, expected, server, seen }: Ended, thrown: unknown): string[] {
  const { told, failed, tries } = seen
  const refused = failed.at(-1)
  if (thrown !== undefined && refused !== undefined && thrown !== refused) return ['hooks are told of another error than the caller']
  const error = thrown ?? refused
  const problems = error === undefined ? [] : problemsOfError(error, id)
  const outcome: Outcome | undefined = error === undefined ? 'ok' : GatewayError.is(error) ? error.kind : undefined
  if (outcome) problems.push(...problemsOfOutcome(outcome, subject, expected, tries))
  problems.push(...problemsOfEffects(outcome, subject, fault, server))
  if (server.requests > expected.requestsPerTry * tries) problems.push(`${server.requests} requests came of ${tries} tries`)
  if (GatewayError.is(error)) {
    if (error.attempts !== tries) problems.push(`says that it was tried ${error.attempts} times, not ${tries}`)
    if (error.reached === 'no' && server.requests > 0) problems.push('says that it was not reached, and was')
    if (error.retryable && !isRepeatable(subject) && server.effects > 0) problems.push('invites a repeat of what was done')
  }
  if (hasCanary(inspect(told, { depth: 4 }) + JSON.stringify(told))) problems.push('hooks are told a secret')
  return problems
}

function endOf(result: unknown): { error?: unknown } {
  // the typed client returns a refusal as `error`; the hooks were called with the GatewayError for it
  const refusal = typeof result === 'object' && result !== null && 'error' in result && 'response' in result
  if (refusal && !result.error && result.error !== undefined) return { error: new Error('the typed client gives an error that is falsy') }
  return {}
}

async function warmUp(transport: Fetch, url: string): Promise<void> {
  const { signal } = new AbortController()
  const answer = await transport(`${url}/warm-up`, { method: 'OPTIONS', headers: {}, signal, redirect: 'manual', duplex: 'half' })
  await answer.text()
}

function inTime<Value>(onStalled: () => void, promise: Promise<Value>): Promise<Value | 'late'> {
  const stalled = setTimeout(onStalled, STALLED_MS)
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), PATIENCE_MS)
  })
  return Promise.race([promise, late]).finally(() => {
    clearTimeout(stalled)
    clearTimeout(timer)
  })
}

/** What is wrong with an error, for any fault. */
export function problemsOfError(error: unknown, gateway: string): string[] {
  if (!GatewayError.is(error)) return [`threw what is no GatewayError: ${inspect(error)}`]
  const json = JSON.stringify(error)
  const shown = [String(error), inspect(error, { depth: 8, showHidden: true }), json]
  const problems: string[] = []
  if (!KINDS.includes(error.kind)) problems.push(`has the kind ${inspect(error.kind)}`)
  if (typeof error.message !== 'string' || error.message.trim() === '') problems.push('has no message')
  if (error.message.length > 1_200) problems.push(`has a message of ${error.message.length} characters`)
  if (error.gateway !== gateway) problems.push(`is of the gateway ${error.gateway}`)
  if (JSON.parse(json).kind !== error.kind) problems.push(`is as JSON ${json}`)
  if ((error.body?.length ?? 0) > 2048) problems.push(`keeps ${error.body?.length} characters of the body`)
  for (const field of ['code', 'hint', 'vendorMessage', 'requestId', 'operation'] as const) {
    const text = error[field]
    if (text === undefined) continue
    if (typeof text !== 'string') problems.push(`has ${field} ${inspect(text)}`)
    else if (text.length > 1_200) problems.push(`has ${field} of ${text.length} characters`)
  }
  const { retryAfterMs } = error
  if (retryAfterMs !== undefined && !(Number.isFinite(retryAfterMs) && retryAfterMs >= 0))
    problems.push(`is to be repeated after ${retryAfterMs} ms`)
  if (error.kind === 'unknown_outcome' && !error.hint) problems.push('does not say what to do about the unknown outcome')
  if (hasCanary(shown.join('\n')))
    problems.push(
      `shows a secret: ${shown
        .filter(hasCanary)[0]
        ?.replace(/[\r\n]+/g, ' ')
        .slice(0, 300)}`,
    )
  return problems
}

function problemsOfOutcome(outcome: Outcome, { safety }: Pick<Subject, 'safety'>, expected: ExpectedOf, tries: number): string[] {
  const problems: string[] = []
  if (isRepeatable({ safety })) {
    // where several outcomes are allowed, so are several numbers of tries
    const ambiguous = expected.outcomes.includes('unknown_outcome') && expected.outcomes.length > 1
    if (tries !== expected.readTries && !ambiguous) problems.push(`a ${safety} is tried ${tries} times, not ${expected.readTries}`)
    return outcome === 'unknown_outcome' ? [...problems, `a ${safety} ended as ${outcome}`] : problems
  }
  // it is repeated only where nothing can have reached the server
  if (safety === 'danger') return tries === 1 || expected.tries > 1 ? [] : [`tried ${tries} times`]
  if (!expected.outcomes.includes(outcome)) problems.push(`ended as ${outcome}, not ${expected.outcomes.join(' or ')}`)
  const right = expected.outcomes.length > 1 && expected.tries > 1 ? tries <= expected.tries : tries === expected.tries
  if (!right) problems.push(`tried ${tries} times, not ${expected.tries}`)
  return problems
}

// what counts is how often the server performed it, not what the table expects
function problemsOfEffects(outcome: Outcome | undefined, { safety }: Subject, fault: Fault, server: FaultServer): string[] {
  const { effects, requests } = server
  const problems: string[] = []
  if (isRepeatable({ safety })) return problems
  if (effects > 1) problems.push(`done ${effects} times`)
  if (outcome === 'ok' && effects === 0) problems.push('ended well, and nothing was done')
  if (safety === 'danger') return requests > 1 ? [...problems, `reached the server ${requests} times`] : problems
  if (outcome !== 'ok' && outcome !== 'unknown_outcome' && effects > 0) problems.push(`ended as ${outcome}, and it was done`)
  const whole = fault.moment === 'request' && requests === 1
  if (whole && fault.times === undefined && effects !== Number(fault.effect)) problems.push(`the server did it ${effects} times`)
  return problems
}

function isRepeatable({ safety }: Pick<Subject, 'safety'>): boolean {
  return safety === 'read' || safety === 'converge'
}
