import { describe, expect, it } from 'vitest'
import { GatewayError, type SessionInfo, type SessionState, type VerbId } from '../../src/index.ts'
import { type SupervisionPolicy, type SupervisionReport, superviseSessions } from '../../src/supervise/index.ts'
import { jumpingClock, manifest } from '../sample-gateway.ts'

const MINUTE = 60_000

/** A clock that ends the supervision when its time has come; it never lets go of the process, so nothing else could. */
function endingAfter(ms: number) {
  const end = new AbortController()
  const clock = jumpingClock()
  const now = () => {
    if (clock.now() > ms) end.abort()
    return clock.now()
  }
  return { clock: { ...clock, now }, signal: end.signal }
}

/** A gateway with sessions that are as told, and that notes what is done to them. */
function world(sessions: Record<string, Partial<SessionInfo>>, without: readonly string[] = []) {
  const done: string[] = []
  const chats: { at?: number }[] = []
  const ids = [
    'session.list',
    'session.get',
    'session.stop',
    'session.restart',
    'session.logout',
    'session.reset',
    'session.delete',
    'chat.list',
  ]
  const note =
    (verb: string) =>
    async ({ session }: { session: string }) => {
      done.push(`${verb} ${session}`)
      return { session }
    }
  const has = (id: string) => !without.includes(id)
  const verbs = {
    session: {
      list: async () => ({ sessions: Object.keys(sessions).map((session) => ({ session })), raw: [] }),
      get: async ({ session }: { session: string }) => {
        const info = sessions[session]
        if (!info) throw new GatewayError('gone', { kind: 'not_found' })
        return { session, account: 'ok', nextActions: [], raw: {}, ...info }
      },
      ...Object.fromEntries(['stop', 'restart', 'logout', 'reset', 'delete'].map((verb) => [verb, note(verb)])),
    } as Record<string, unknown>,
    chat: { list: async () => ({ items: chats }) } as Record<string, unknown>,
  }
  for (const id of without) {
    const [namespace = '', name = ''] = id.split('.')
    delete (verbs as Record<string, Record<string, unknown>>)[namespace]?.[name]
  }
  const capabilities = Object.fromEntries(ids.filter(has).map((id) => [id as VerbId, 'native' as const]))
  return { gateway: { manifest: { ...manifest, capabilities }, ...verbs } as never, done, chats, sessions }
}

async function reports(count: number, gateway: never, policy: SupervisionPolicy, between: (report: SupervisionReport) => void = () => {}) {
  const found: SupervisionReport[] = []
  for await (const report of superviseSessions(gateway, { intervalMs: 10_000, ...policy })) {
    found.push(report)
    between(report)
    if (found.length === count) break
  }
  return found
}

const actions = (found: readonly SupervisionReport[]) => found.map(({ session, action, at }) => [session, action, at])

describe('superviseSessions', () => {
  it('restarts a failed session with growing pauses, and gives up', async () => {
    const { gateway, done } = world({ a: { state: 'failed' } })
    const found = await reports(4, gateway, { clock: jumpingClock(), maxRestarts: 3, restartPauseMs: MINUTE })
    expect(actions(found)).toEqual([
      ['a', 'restarted', 1_000],
      ['a', 'restarted', 61_000],
      ['a', 'restarted', 181_000],
      ['a', 'gave_up', 421_000],
    ])
    expect(done).toEqual(['restart a', 'restart a', 'restart a'])
  })

  it.each<SessionState>(['starting', 'connecting'])('restarts one that is %s for too long, not before', async (state) => {
    const { gateway } = world({ a: { state } })
    expect(actions(await reports(1, gateway, { clock: jumpingClock(), stuckMs: 2 * MINUTE }))).toEqual([['a', 'restarted', 121_000]])
  })

  it('begins to count anew when it was well for a while', async () => {
    const { gateway, sessions } = world({ a: { state: 'failed' } })
    let wellAt = 0
    const clock = jumpingClock()
    const policy = { clock, maxRestarts: 1, restartPauseMs: MINUTE, intervalMs: 10_000 }
    const found = await reports(2, gateway, policy, () => {
      wellAt = clock.now()
      // fails again later; looked at through the clock, since nobody else changes it
      Object.defineProperty(sessions, 'a', {
        get: () => ({ state: clock.now() - wellAt > 20 * MINUTE ? 'failed' : 'connected' }) as const,
        configurable: true,
      })
    })
    expect(found.map(({ action }) => action)).toEqual(['restarted', 'restarted'])
  })

  it('tells what needs a person, once, and does nothing about it', async () => {
    const { gateway, done } = world({
      a: { state: 'logged_out' },
      b: { state: 'conflict' },
      c: { state: 'failed', account: 'banned' },
      d: { state: 'connected' },
    })
    const found: SupervisionReport[] = []
    for await (const report of superviseSessions(gateway, { ...endingAfter(100 * MINUTE), intervalMs: 10_000 })) found.push(report)
    expect(found.map(({ session, action }) => `${session} ${action}`)).toEqual(['a noticed', 'b noticed', 'c noticed'])
    expect(done).toEqual([])
  })

  it('stops an idle session only when asked, and only after its chats have been silent', async () => {
    const { gateway, done, chats } = world({ a: { state: 'connected' } })
    chats.push({ at: 31 * MINUTE })
    const found = await reports(1, gateway, { clock: jumpingClock(), stopIdleMs: 60 * MINUTE, intervalMs: 10_000 })
    expect(actions(found)).toEqual(
      [['a', 'stopped', 91 * MINUTE]].map(([a, b, at]) => [a, b, Math.ceil((Number(at) - 1_000) / 10_000) * 10_000 + 1_000]),
    )
    expect(done).toEqual(['stop a'])
  })

  it('does not take a chat without a time for silence', async () => {
    const { gateway, done, chats } = world({ a: { state: 'connected' } })
    chats.push({})
    const policy = { ...endingAfter(200 * MINUTE), stopIdleMs: MINUTE, intervalMs: 10_000 }
    for await (const report of superviseSessions(gateway, policy)) expect.unreachable(report.reason)
    expect(done).toEqual([])
  })

  it('refuses to stop idle sessions where there is no stop: nothing takes its place', async () => {
    const { gateway, done } = world({ a: { state: 'connected' } }, ['session.stop'])
    await expect(reports(1, gateway, { stopIdleMs: MINUTE, clock: jumpingClock() })).rejects.toMatchObject({
      kind: 'unsupported',
      operation: 'session.stop',
    })
    expect(done).toEqual([])
  })

  it('needs names where there is no list, and goes on when one of them fails', async () => {
    const { gateway, done } = world({ b: { state: 'failed' } }, ['session.list'])
    await expect(reports(1, gateway, { clock: jumpingClock() })).rejects.toMatchObject({ kind: 'config', field: 'sessions' })
    const found = await reports(2, gateway, { clock: jumpingClock(), sessions: ['a', 'b'] })
    expect(found.map(({ session, action }) => `${session} ${action}`)).toEqual(['a failed', 'b restarted'])
    expect(done).toEqual(['restart b'])
  })

  it('only reports where it cannot restart', async () => {
    const { gateway, done } = world({ a: { state: 'failed' } }, ['session.restart'])
    expect((await reports(1, gateway, { clock: jumpingClock() })).map(({ action }) => action)).toEqual(['gave_up'])
    expect(done).toEqual([])
  })
})
