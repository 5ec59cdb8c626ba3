import type { GatewayEvent } from '../vocabulary/event.ts'

/** Events of one gateway for the verbs that wait: from subscriptions, and from webhooks that a program passes on. */
export interface EventBus {
  /**
   * Passes an event on to all listeners.
   *
   * @param event the event
   */
  publish(event: GatewayEvent): void
  /**
   * Adds a listener.
   *
   * @param listener called for each event
   * @returns a function that removes it
   */
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
