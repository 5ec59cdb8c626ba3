import { describe, expect, it } from 'vitest'
import { type ErrorKind, GatewayError } from '../../src/errors/gateway-error.ts'
import { waitForSession } from '../../src/verbs/wait-for-session.ts'
import type { SessionInfo, SessionState } from '../../src/vocabulary/session.ts'

const clock = { now: () => now, after: (ms: number, run: () => void) => later(ms, run) }
let now = 0
function later(ms: number, run: () => void): () => void {
  now += ms
  queueMicrotask(run)
  return () => {}
}

type End = SessionState | { readonly kind: ErrorKind }

/** Looks that end as told, the last one for all that follow. */
function looks(ends: readonly End[]) {
  let index = 0
  return async ({ session }: { session: string }): Promise<SessionInfo> => {
    const end = ends[Math.min(index++, ends.length - 1)] ?? 'unknown'
    if (typeof end !== 'string') throw new GatewayError('no', { kind: end.kind })
    return { session, state: end, account: 'unknown', nextActions: end === 'stopped' ? ['start'] : [], raw: {} }
  }
}

const wait = (...ends: End[]) => waitForSession(looks(ends), clock)({ session: 'main', timeoutMs: 60_000 })

describe('session.waitFor', () => {
  it.each([['network'], ['timeout'], ['server']] as const)('waits through %s', async (kind) => {
    expect(await wait({ kind }, { kind }, 'starting', { kind }, 'connected')).toMatchObject({ state: 'connected' })
  })

  it.each([['auth'], ['not_found'], ['permission']] as const)('ends at once for %s', async (kind) => {
    const began = now
    await expect(wait({ kind })).rejects.toMatchObject({ kind })
    expect(now - began).toBe(0)
  })

  it('gives the last error when the time is up', async () => {
    const began = now
    await expect(wait({ kind: 'network' })).rejects.toMatchObject({ kind: 'network' })
    expect(now - began).toBeGreaterThanOrEqual(60_000)
  })

  it('says at once that a stopped session stays as it is, and what to do', async () => {
    const began = now
    await expect(wait('stopped')).rejects.toMatchObject({ kind: 'conflict', hint: expect.stringContaining('session.start') })
    expect(now - began).toBe(0)
  })

  it('bears a restart that passes through stopped', async () => {
    expect(await wait('starting', 'stopped', 'starting', 'connected')).toMatchObject({ state: 'connected' })
  })
})
