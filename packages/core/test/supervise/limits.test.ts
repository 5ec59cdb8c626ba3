import { describe, expect, it } from 'vitest'
import type { GatewayBase } from '../../src/gateway/contract.ts'
import { superviseSessions } from '../../src/supervise/index.ts'

describe('limits of WhatsApp', () => {
  it('are told once, and nothing is restarted because of them', async () => {
    const controller = new AbortController()
    let looks = 0
    const restarts: unknown[] = []
    const gateway = {
      manifest: { id: 'toy', name: 'Toy', capabilities: { 'session.get': 'native', 'session.restart': 'native' } },
      session: {
        async get({ session }: { session: string }) {
          looks += 1
          if (looks === 3) controller.abort()
          const limits = { newChats: 'refused', until: Date.parse('2027-01-15T08:00:00Z') }
          return { session, state: 'connected', account: 'ok', nextActions: [], limits, raw: {} }
        },
        async restart(input: unknown) {
          restarts.push(input)
        },
      },
    } as unknown as GatewayBase
    const reports: string[] = []
    for await (const { action, reason } of superviseSessions(gateway, { sessions: ['main'], intervalMs: 1, signal: controller.signal })) {
      reports.push(`${action}: ${reason}`)
    }
    expect(reports).toEqual([expect.stringMatching(/^noticed: WhatsApp refuses chats with new people until 2027-01-15T08:00:00/)])
    expect(restarts).toEqual([])
  })
})
