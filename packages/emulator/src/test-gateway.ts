import type { CaughtWebhook, TestHooks } from '@wamux/testkit'
import type { EmulatorControl, SessionView } from './control/control.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts'
import type { GatewayId } from './sessions/session.ts'
import type { EmulatorWebSocketConstructor } from './sockets/web-socket.ts'

/** Options of {@link openTestGateway}. */
export interface TestGatewayOptions extends EmulatorOptions {
  /** Answers a webhook. Default: 200 for all. */
  readonly answer?: (caught: CaughtWebhook) => Response | undefined
}

/** One gateway of a fresh emulator, in the shape that the conformance suite of `@wamux/testkit` takes. */
export interface OpenedTestGateway {
  /** Configuration for the plugin: address, credentials and `fetch`. */
  readonly config: Readonly<Record<string, unknown>>
  /** The emulator behind it. */
  readonly emulator: Emulator
  /** The phones. */
  readonly phones: EmulatorControl
  /** The webhooks that it sent. */
  readonly hooks: TestHooks
  /** For the `WebSocket` option of `events.subscribe`. */
  readonly WebSocket: EmulatorWebSocketConstructor
  /** A phone scans the QR code of a session. */
  scan(session: string, qr?: string): Promise<SessionView>
  /** A phone gets the pairing code of a session typed in. */
  enterCode(session: string, code: string): Promise<SessionView>
  /** Ends all timers. */
  close(): void
}

// short, but different, so that the order of events stays the real one
const QUICK = { starting: 5, connecting: 5, queue: 2, server: 4, device: 8, read: 16, played: 20 }

/**
 * Opens one gateway of a fresh emulator for a test, with a receiver of its webhooks.
 *
 * @param gateway which gateway
 * @param options of the emulator, and how to respond to webhooks
 * @returns what the conformance suite of `@wamux/testkit` takes
 */
export function openTestGateway(gateway: GatewayId, { answer, ...options }: TestGatewayOptions = {}): OpenedTestGateway {
  const hooks: CaughtWebhook[] = []
  const emulator = createEmulator({
    deliver: async (url, { headers, body }) => {
      const hook = { url, headers: Object.fromEntries(new Headers(headers)), body: String(body) }
      hooks.push(hook)
      return answer?.(hook) ?? new Response('{}', { status: 200 })
    },
    ...options,
    timings: { ...QUICK, ...options.timings },
  })
  const { baseUrl, credentials } = emulator.gateways[gateway]
  const { control } = emulator
  return {
    config: { baseUrl, ...credentials, fetch: emulator.fetch },
    emulator,
    phones: control,
    WebSocket: emulator.WebSocket,
    hooks: { url: 'http://hooks.invalid/wamux', caught: () => [...hooks] },
    scan: (session, qr) => control.scan(qr === undefined ? { gateway, session } : { qr }),
    enterCode: (_session, code) => control.enterCode({ code }),
    close: emulator.close,
  }
}
