import type { GatewayEvent } from '../vocabulary/event.ts'

/** The events of one gateway as they come, from wherever: subscriptions, and webhooks that a program passes on. */
export interface EventBus {
  publish(event: GatewayEvent): void
  /** @returns ends it */
  listen(listener: (event: GatewayEvent) => void): () => void
}

export function createEventBus(): EventBus {
  const listeners = new Set<(event: GatewayEvent) => void>()
  return {
    publish(event) {
      for (const listener of [...listeners]) listener(event)
    },
    listen(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
