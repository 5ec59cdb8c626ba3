import type { GatewayEvent } from '@wamux/core'
import { endingOf } from '../calling.ts'
import type { Kit } from '../kit.ts'
import type { Runner } from '../runner.ts'
import { PHONE_JID, type Scene, scenes } from '../scene.ts'

const PATIENCE_MS = 5_000

/** Events for programs that nobody can reach from outside: by looking, and by the gateway's socket where it has one. */
export function eventsGroup(runner: Runner, kit: Kit): void {
  const { check } = kit
  const when = scenes(runner, kit)

  /** Subscribes, has somebody write once that runs, and gives the event of it. */
  async function hear(scene: Scene, via: 'poll' | 'socket', WebSocket?: unknown): Promise<GatewayEvent | undefined> {
    const { gateway, session, account, phones } = scene
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), PATIENCE_MS)
    const input = { session, via, intervalMs: 20, signal: controller.signal, ...(WebSocket ? { WebSocket } : {}) }
    const writing = setTimeout(() => void phones.message({ from: PHONE_JID.split('@')[0] ?? '', to: account, text: 'news' }), 100)
    try {
      for await (const event of gateway.events.subscribe(input as Parameters<typeof gateway.events.subscribe>[0])) {
        if (event.type === 'message.received' && event.data.message.text === 'news') return event
      }
      return undefined
    } finally {
      clearTimeout(timer)
      clearTimeout(writing)
      controller.abort()
    }
  }

  function checkEvent({ session }: Scene, event: GatewayEvent | undefined): void {
    check('heard of it', event?.type, 'message.received')
    check('gateway and session', [event?.gateway, event?.session], [kit.manifest.id, session])
    check('chat', event?.type === 'message.received' ? event.data.message.chat : undefined, PHONE_JID)
  }

  runner.describe('events', () => {
    when(['chat.list', 'message.list'], 'hears of a message by looking', async (scene) => {
      checkEvent(scene, await hear(scene, 'poll'))
    })

    when('message.list', 'hears of a message by the socket, or says that there is none', async (scene) => {
      const { WebSocket } = scene.live.test
      let event: GatewayEvent | undefined
      const { outcome } = await endingOf(async () => {
        event = await hear(scene, 'socket', WebSocket)
      })
      if (outcome === 'unsupported') check('event', event, undefined)
      else checkEvent(scene, event)
    })
  })
}
