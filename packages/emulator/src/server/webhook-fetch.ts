import { DeliveryRefused } from '../errors.ts'
import type { Deliver } from '../webhooks/webhooks.ts'
import { isLoopback } from './admission.ts'

/**
 * Performs webhook requests with the platform's `fetch`, to this machine only: whoever reaches the emulator must not reach other machines
 * through it. Redirects are not followed.
 *
 * @param allowed `host` or `host:port` of further receivers; `*` allows all
 */
export function createWebhookFetch(allowed: readonly string[]): Deliver {
  const names = new Set(allowed.map((one) => one.toLowerCase()))

  function isAllowed({ protocol, hostname, port }: URL): boolean {
    if (protocol !== 'http:' && protocol !== 'https:') return false
    const number = port === '' ? (protocol === 'https:' ? '443' : '80') : port
    return names.has('*') || isLoopback(hostname) || names.has(hostname) || names.has(`${hostname}:${number}`)
  }

  return (target, init) => {
    const url = URL.canParse(target) ? new URL(target) : undefined
    if (!url || !isAllowed(url)) {
      throw new DeliveryRefused(`webhooks go to this machine only; allow ${url?.host || 'the receiver'} with allowWebhooksTo`)
    }
    return fetch(url, { ...init, redirect: 'manual' })
  }
}
