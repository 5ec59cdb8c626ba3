import { type Clock, systemClock } from '@wamux/core'
import { defaultTimings, type Timings } from './clock/timings.ts'
import { createControl, type EmulatorControl } from './control/control.ts'
import { problem, serveControl } from './control/routes.ts'
import { createFaces } from './faces/create-faces.ts'
import { type Serve, serveFace } from './faces/face.ts'
import { ConnectionLost } from './faults/connection-lost.ts'
import { FILES_PATH } from './files/files.ts'
import { credentialsOf, type EmulatorCredentials, type GatewayCredentials, type Gateways, gatewaysAt } from './gateways.ts'
import { MOUNTS } from './mounts.ts'
import type { GatewayId } from './sessions/session.ts'
import { type AcceptSocket, createWebSocketClass, type EmulatorWebSocketConstructor, type FindSocket } from './sockets/web-socket.ts'
import { createState, type State, type StateOptions, type WahaOptions, type WarestOptions } from './state.ts'
import type { Deliver } from './webhooks/webhooks.ts'

/** Options of {@link createEmulator}. */
export interface EmulatorOptions {
  /** Another seed gives other ids, codes and QR codes. Default 1. */
  readonly seed?: number
  /** Default: the system's clock. See `createVirtualClock`. */
  readonly clock?: Clock
  /** Durations, ms. Default: {@link defaultTimings}. */
  readonly timings?: Partial<Timings>
  /** API keys and tokens that the gateways accept. Default: fixed ones, shown in `gateways`. */
  readonly credentials?: EmulatorCredentials
  /**
   * Performs the webhook requests. Default: none in process, where deliveries are only recorded (`control.deliveries()`); the platform's
   * `fetch` when served.
   */
  readonly deliver?: Deliver
  /** Fetches files that a gateway is told to send by their address. Default: nothing is fetched; a placeholder file is sent instead. */
  readonly fetchFile?: Deliver
  /** Settings of the emulated WAHA. */
  readonly waha?: WahaOptions
  /** Settings of the emulated WARest. */
  readonly warest?: WarestOptions
  /** Origin at which the emulator is served, for addresses of files. Default: {@link IN_PROCESS_ORIGIN}. */
  readonly origin?: () => string
}

/** Four gateways over one simulated WhatsApp network. */
export interface Emulator {
  /**
   * Responds to a request to any of the gateways or to the control API; its host does not matter.
   *
   * @param request the request
   * @returns the response
   * @throws {ConnectionLost} a fault breaks the connection
   */
  handle(request: Request): Promise<Response>
  /** `handle` in the form of `fetch`, to be given to plugins. A connection that a fault breaks rejects with `TypeError: fetch failed`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** Base URLs of the gateways in this process, and their credentials. */
  readonly gateways: Gateways
  /**
   * The same for an emulator that is served under an origin.
   *
   * @param origin `http://127.0.0.1:4010`
   */
  gatewaysAt(origin: string): Gateways
  /** Phones, faults, webhooks and the clock. */
  readonly control: EmulatorControl
  /** A `WebSocket` class that leads to the gateways' event sockets in this process. */
  readonly WebSocket: EmulatorWebSocketConstructor
  /** The event socket at a path, for servers. */
  readonly socketAt: FindSocket
  /** Ends all timers. */
  close(): void
}

/** Origin of an emulator that no server serves. */
export const IN_PROCESS_ORIGIN = 'http://emulator.invalid'

interface Run {
  readonly state: State
  readonly serve: Readonly<Record<GatewayId, Serve>>
  readonly sockets: Readonly<Record<GatewayId, Readonly<Record<string, AcceptSocket>>>>
}

/**
 * Makes an emulator in this process.
 *
 * @example
 * const emulator = createEmulator()
 * const { baseUrl, credentials } = emulator.gateways.waha
 * const waha = createWaha({ baseUrl, ...credentials, fetch: emulator.fetch })
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return assembleEmulator(options).emulator
}

/** An emulator with what its server shows on the web page. */
export interface AssembledEmulator {
  readonly emulator: Emulator
  /** The present state: another one after a reset. */
  readonly state: () => State
  readonly clock: Clock
}

/** {@link createEmulator} for this package's own server. */
export function assembleEmulator(options: EmulatorOptions = {}): AssembledEmulator {
  const { seed = 1, clock = systemClock, deliver, fetchFile, origin = () => IN_PROCESS_ORIGIN, waha, warest } = options
  const timings: Timings = { ...defaultTimings, ...options.timings }
  const credentials = credentialsOf(options.credentials)

  const stateOptions: StateOptions = { seed, clock, timings, origin, deliver, fetchFile, waha, warest }

  let run = begin(stateOptions, credentials)
  const control = createControl(
    () => run.state,
    clock,
    () => {
      run.state.close()
      run = begin(stateOptions, credentials)
    },
  )

  async function handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname.startsWith(FILES_PATH) && request.method === 'GET') return fileOf(run.state, pathname.slice(FILES_PATH.length))
    if (pathname === '/_emulator' || pathname.startsWith('/_emulator/')) {
      return serveControl(control, request, pathname.slice('/_emulator'.length), searchParams)
    }
    for (const gateway of Object.keys(MOUNTS) as GatewayId[]) {
      const mount = MOUNTS[gateway]
      if (pathname === mount || pathname.startsWith(`${mount}/`)) {
        return run.serve[gateway](request, pathname.slice(mount.length) || '/', searchParams)
      }
    }
    return problem(404, 'not_found', `expected a path below ${[...Object.values(MOUNTS), '/_emulator'].join(', ')}`)
  }

  const socketAt: FindSocket = (path) => {
    for (const gateway of Object.keys(MOUNTS) as GatewayId[]) {
      if (!path.startsWith(`${MOUNTS[gateway]}/`)) continue
      const accept = run.sockets[gateway][path.slice(MOUNTS[gateway].length)]
      if (accept) return accept
    }
    return undefined
  }

  const emulator: Emulator = {
    handle,
    WebSocket: createWebSocketClass(() => socketAt),
    socketAt,
    fetch: (input, init) => answered(handle, new Request(input, init)),
    gateways: gatewaysAt(IN_PROCESS_ORIGIN, credentials),
    gatewaysAt: (origin) => gatewaysAt(origin, credentials),
    control,
    close: () => run.state.close(),
  }
  return { emulator, state: () => run.state, clock }
}

function begin(stateOptions: StateOptions, credentials: GatewayCredentials): Run {
  const state = createState(stateOptions)
  const faces = createFaces(state, credentials)
  const of = <Value>(read: (gateway: GatewayId) => Value): Record<GatewayId, Value> => {
    return { waha: read('waha'), wawp: read('wawp'), warest: read('warest'), sparkbot: read('sparkbot') }
  }
  return {
    state,
    serve: of((gateway) => serveFace(gateway, faces[gateway], state.faults)),
    sockets: of((gateway) => faces[gateway].sockets ?? {}),
  }
}

function fileOf({ network: { media } }: State, id: string): Response {
  const [found, bytes] = [media.get(id), media.bytes(id)]
  if (!found || !bytes) return problem(404, 'not_found', `there is no file ${id}`)
  return new Response(bytes, { headers: { 'content-type': found.mimetype, ...HARMLESS } })
}

// whoever sends a file says what type it is: a page or picture with scripts must not run beside the emulator's own page
const HARMLESS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
}

// ends with the caller's signal, even when the answer takes longer
async function answered(handle: (request: Request) => Promise<Response>, request: Request): Promise<Response> {
  const { signal } = request
  signal.throwIfAborted()
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    stop = () => signal.removeEventListener('abort', onAbort)
  })
  try {
    return await Promise.race([handle(request), aborted])
  } catch (error) {
    // the error of Node's fetch for a broken connection
    if (error instanceof ConnectionLost) throw new TypeError('fetch failed', { cause: error })
    throw error
  } finally {
    stop()
  }
}
