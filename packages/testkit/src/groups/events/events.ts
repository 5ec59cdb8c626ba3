import type { GatewayEvent } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { PHONE_JID, type Scenario, scenarios } from '../../context/scenario.ts'
import { endingOf } from '../../running/call-verb.ts'
import type { Runner } from '../../subject/runner.ts'

const PATIENCE_MS = 5_000

/** Events for programs that cannot receive webhooks: by polling, and through the gateway's socket where it has one. */
export function eventsGroup(runner: Runner, context: SuiteContext): void {
  const { check } = context
  const when = scenarios(runner, context)

  /**
   * Subscribes, sends a message again and again, and returns the first event of it. What comes before the subscription runs is no event,
   * and on a busy machine it may take a while until it does.
   */
  async function hear(scenario: Scenario, via: 'poll' | 'socket', WebSocket?: unknown): Promise<GatewayEvent | undefined> {
    const { gateway, session, account, phones } = scenario
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), PATIENCE_MS)
    const input = { session, via, intervalMs: 20, signal: controller.signal, ...(WebSocket ? { WebSocket } : {}) }
    const writing = setInterval(() => void phones.message({ from: PHONE_JID.split('@')[0] ?? '', to: account, text: 'news' }), 100)
    try {
      for await (const event of gateway.events.subscribe(input as Parameters<typeof gateway.events.subscribe>[0])) {
        if (event.type === 'message.received' && event.data.message.text === 'news') return event
      }
      return undefined
    } finally {
      clearTimeout(timer)
      clearInterval(writing)
      controller.abort()
    }
  }

  function checkEvent({ session }: Scenario, event: GatewayEvent | undefined): void {
    check('heard of it', event?.type, 'message.received')
    check('gateway and session', [event?.gateway, event?.session], [context.manifest.id, session])
    check('chat', event?.type === 'message.received' ? event.data.message.chat : undefined, PHONE_JID)
  }

  runner.describe('events', () => {
    when(['chat.list', 'message.list'], 'hears of a message by looking', async (scenario) => {
      checkEvent(scenario, await hear(scenario, 'poll'))
    })

    when('message.list', 'hears of a message by the socket, or says that there is none', async (scenario) => {
      const { WebSocket } = scenario.live.test
      let event: GatewayEvent | undefined
      const { outcome } = await endingOf(async () => {
        event = await hear(scenario, 'socket', WebSocket)
      })
      if (outcome === 'unsupported') check('event', event, undefined)
      else checkEvent(scenario, event)
    })
  })
}
