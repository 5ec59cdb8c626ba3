import { type Fetch, type Gateway, GatewayError, type SessionInfo, type SessionQr, type SessionState } from '@wamux/core'
import { createRecorder, type RecordedExchange } from '../recording/recording.ts'
import { PHONE, type Stage } from '../samples/verb-samples.ts'
import type { TestGateway } from '../subject/subject.ts'
import { perform } from './call-verb.ts'

const PATIENCE_MS = 10_000
/** How long one step may take. */
const STEP_MS = 3_000
const PAUSE_MS = 10

/** A plugin on a test gateway. */
export interface Live {
  readonly gateway: Gateway
  readonly test: TestGateway
  /** All requests and responses so far. */
  readonly exchanges: readonly RecordedExchange[]
  /** Makes a session and brings it to a stage of its life; for `none` it only gives a name. */
  bring(stage: Stage): Promise<string>
  /** Digits of the phone that a session was paired with. */
  accountOf(session: string): string
  /** Waits for the QR code; undefined for a gateway that shows none. */
  showQr(session: string): Promise<SessionQr | undefined>
  /** A phone scans the QR code that the plugin shows. */
  scan(session: string): Promise<void>
  /** Waits until the session is in a state. */
  until(session: string, ...states: SessionState[]): Promise<SessionInfo>
}

export function openLive(test: TestGateway, create: (config: Record<string, unknown>) => Gateway): Live {
  const recorder = createRecorder((test.config.fetch ?? globalThis.fetch) as Fetch)
  const gateway = create({ ...test.config, fetch: recorder.fetch })
  const has = (id: string) => id in gateway.manifest.capabilities
  const accounts = new Map<string, string>()
  let made = 0

  async function created(): Promise<string> {
    if (test.session !== undefined) return test.session
    const { session } = (await perform(gateway, 'session.create', { session: nextName(), phone: PHONE })) as SessionInfo
    return session
  }

  function nextName(): string {
    made += 1
    return `conformance-${made}`
  }

  async function showQr(session: string): Promise<SessionQr | undefined> {
    if (has('session.qr')) return retryUntilDone(() => perform(gateway, 'session.qr', { session }) as Promise<SessionQr>)
    await until(session, 'pairing')
    return undefined
  }

  async function scan(session: string): Promise<void> {
    const qr = await showQr(session)
    const scanned = (await test.scan(session, qr?.value)) as { readonly phone?: string } | undefined
    if (typeof scanned?.phone === 'string') accounts.set(session, scanned.phone)
  }

  function accountOf(session: string): string {
    const account = accounts.get(session)
    if (account === undefined) throw new Error('the suite needs the phone that scanned: let `scan` of the test gateway give `{ phone }`')
    return account
  }

  async function until(session: string, ...states: SessionState[]): Promise<SessionInfo> {
    const ends = Date.now() + PATIENCE_MS
    for (;;) {
      const info = (await perform(gateway, 'session.get', { session })) as SessionInfo
      if (states.includes(info.state)) return info
      if (Date.now() > ends) throw new Error(`session ${session} is ${info.state}, not ${states.join(' or ')}, after ${PATIENCE_MS} ms`)
      await pause()
    }
  }

  async function bring(stage: Stage): Promise<string> {
    if (stage === 'none') return nextName()
    const session = await created()
    if (stage === 'created') return session
    await showQr(session)
    if (stage === 'pairing') return session
    await scan(session)
    await until(session, 'connected')
    return session
  }

  return { gateway, test, exchanges: recorder.exchanges, accountOf, bring, showQr, scan, until }
}

/** Repeats a step for up to 3 s until it succeeds. Any GatewayError other than `conflict` (a session that is still starting) ends it at once. */
export async function retryUntilDone<Value>(run: () => Promise<Value>): Promise<Value> {
  const ends = Date.now() + STEP_MS
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if ((GatewayError.is(error) && error.kind !== 'conflict') || Date.now() > ends) throw error
      await pause()
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
