import type { Account, Message } from '../network.ts'
import type { Session } from '../session.ts'
import type { World } from '../world.ts'

/** A message that was handed in. */
export interface Outbound {
  readonly id: string
  readonly device: string
  readonly phone: string
  readonly text: string
  readonly reference: string | undefined
  readonly quote: string | undefined
  readonly priority: string
  readonly createdAt: number
  status: 'queued' | 'processed' | 'removed'
  /** The message in the network, once it went out. */
  message?: Message
}

/** The queues of all numbers: what is handed in goes out when the number is online. */
export interface Outbox {
  /** Sends what waits whenever the number comes online. */
  attach(device: Session): void
  /** Takes a message in. @param live sends it past the queue */
  add(device: Session, draft: Pick<Outbound, 'phone' | 'text' | 'reference' | 'quote' | 'priority'>, live: boolean): Outbound
  get(id: string): Outbound | undefined
  waiting(device: string): number
  /** Drops what waits. */
  empty(device: string): void
  /** Drops everything of a number. */
  forget(device: string): void
}

export function createOutbox(world: World): Outbox {
  const { clock, ids, network, timings } = world
  const all = new Map<string, Outbound>()

  function send(outbound: Outbound, from: Account): void {
    const via = { gateway: 'sparkbot', session: outbound.device }
    outbound.message = network.send({ from, to: outbound.phone, text: outbound.text, via })
    outbound.status = 'processed'
  }

  function pump(device: Session): void {
    if (device.phase !== 'connected' || !device.account) return
    for (const outbound of all.values()) {
      if (outbound.device === device.id && outbound.status === 'queued') send(outbound, device.account)
    }
  }

  return {
    attach(device) {
      device.onChange(() => pump(device))
    },

    add(device, draft, live) {
      const id = ids.next('sparkbot/message', 24)
      const outbound: Outbound = { ...draft, id, device: device.id, createdAt: clock.now(), status: 'queued' }
      all.set(id, outbound)
      if (live && device.account) send(outbound, device.account)
      else if (timings.queue <= 0) pump(device)
      else clock.after(timings.queue, () => pump(device))
      return outbound
    },

    get: (id) => all.get(id),

    waiting: (device) => [...all.values()].filter((one) => one.device === device && one.status === 'queued').length,

    empty(device) {
      for (const one of all.values()) if (one.device === device && one.status === 'queued') one.status = 'removed'
    },

    forget(device) {
      for (const [id, one] of all) if (one.device === device) all.delete(id)
    },
  }
}
