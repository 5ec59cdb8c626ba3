import { type Clock, systemClock } from '@wamux/core'
import { createSteeredClock, standsStill } from './clock/steered-clock.ts'
import { defaultTimings, type Timings } from './clock/timings.ts'
import { createVirtualClock, type VirtualClock } from './clock/virtual-clock.ts'
import { createControl, type EmulatorControl } from './control/control.ts'
import { problem, problemOf, serveControl } from './control/routes.ts'
import { EmulatorError } from './errors.ts'
import { createFaces } from './faces/create-faces.ts'
import { type Serve, serveFace } from './faces/face.ts'
import { ConnectionLost } from './faults/connection-lost.ts'
import { FILES_PATH } from './files/files.ts'
import { credentialsOf, type EmulatorCredentials, type GatewayCredentials, type Gateways, gatewaysAt } from './gateways.ts'
import { MOUNTS } from './mounts.ts'
import { createNamespaces, NAMESPACE_PREFIX, type Namespaces, splitNamespace } from './namespaces.ts'
import type { GatewayId } from './sessions/session.ts'
import { type AcceptSocket, createWebSocketClass, type EmulatorWebSocketConstructor, type FindSocket } from './sockets/web-socket.ts'
import { createState, type State, type StateOptions, type WahaOptions, type WarestOptions } from './state.ts'
import type { Deliver } from './webhooks/webhooks.ts'
import { Answer, toResponse } from './wire/answer.ts'
import { type PlainRequest, plainRequest } from './wire/request.ts'

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
  /** Fetches a file when a program gives a gateway its address to send. Default: nothing is fetched; a placeholder file is sent instead. */
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
  /**
   * An emulator of its own behind a prefix of the path, `/@name`: other phones, sessions, ids and faults, and with a virtual clock another
   * time. Made when it is named first, with the options of this one.
   *
   * @param name 1 to 64 letters, digits, `.`, `_` and `-`
   * @returns the same one for the same name, until `control.removeNamespace`
   * @throws {EmulatorError} `invalid`: not such a name. `conflict`: there are 100 already
   */
  namespace(name: string): Emulator
  /** Ends all timers, of its namespaces too. */
  close(): void
}

/** Origin of an emulator that no server serves. */
export const IN_PROCESS_ORIGIN = 'http://emulator.invalid'

const ALL_MOUNTS = Object.entries(MOUNTS) as readonly (readonly [GatewayId, string])[]

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
  /** Responds to a request as {@link Emulator.handle} does. */
  readonly answer: (request: PlainRequest) => Promise<Answer>
  /** The present state: another one after a reset. */
  readonly state: () => State
  readonly clock: VirtualClock
  /** Ends all timers. */
  close(): void
}

/** {@link createEmulator} for this package's own server. */
export function assembleEmulator(options: EmulatorOptions = {}): AssembledEmulator {
  const clock = steerable(options.clock ?? systemClock)
  const namespaces: Namespaces<AssembledEmulator> = createNamespaces((name) => {
    // moving the time of one emulator must not move the time of the others
    const own = clock === options.clock ? createVirtualClock(clock.now()) : steerable(options.clock ?? systemClock)
    return assembleNamespace(options, own, NAMESPACE_PREFIX + name, namespaces)
  })
  const assembled = assembleNamespace(options, clock, '', namespaces)
  const close = () => {
    assembled.close()
    namespaces.close()
  }
  return { ...assembled, close, emulator: { ...assembled.emulator, close } }
}

function steerable(clock: Clock): VirtualClock {
  return typeof (clock as Partial<VirtualClock>).advance === 'function' ? (clock as VirtualClock) : createSteeredClock(clock)
}

/** @param prefix what the paths begin with; empty for what is in no namespace */
function assembleNamespace(
  options: EmulatorOptions,
  clock: VirtualClock,
  prefix: string,
  namespaces: Namespaces<AssembledEmulator>,
): AssembledEmulator {
  const { seed = 1, deliver, fetchFile, origin = () => IN_PROCESS_ORIGIN, waha, warest } = options
  const timings: Timings = { ...defaultTimings, ...options.timings }
  const credentials = credentialsOf(options.credentials)
  const { hold } = clock
  const stateOptions: StateOptions = { seed, clock, hold, timings, origin: () => origin() + prefix, deliver, fetchFile, waha, warest }

  let run = begin(stateOptions, credentials)
  let present = seed

  function beginAnew(other: number | undefined): State {
    run.state.close()
    present = other ?? seed
    run = begin({ ...stateOptions, seed: present }, credentials)
    return run.state
  }

  const control = createControl({
    state: () => run.state,
    clock,
    seed: () => present,
    namespaces,
    begin: () => void beginAnew(undefined),
    async scenario(source) {
      const { applyScenario } = await import('./scenario/apply.ts')
      return applyScenario(source, { clock, credentials, begin: beginAnew, answer })
    },
    restore({ now, seed: of, parts }) {
      // a snapshot that cannot be used leaves everything as it is
      const next = beginWith({ ...stateOptions, seed: of, saved: parts }, credentials)
      run.state.close()
      if (standsStill(clock)) clock.set(now)
      run = next
      present = of
      run.state.resume()
    },
  })

  async function answer(request: PlainRequest): Promise<Answer> {
    const inside = splitNamespace(request.path)
    if (inside && !isOwn(inside.name)) return inNamespace(inside.name, request)
    const pathname = inside?.path ?? request.path
    if (pathname.startsWith(FILES_PATH) && request.method === 'GET') return fileOf(run.state, pathname.slice(FILES_PATH.length))
    if (pathname === '/_emulator' || pathname.startsWith('/_emulator/')) {
      return serveControl(control, request, pathname.slice('/_emulator'.length))
    }
    for (const [gateway, mount] of ALL_MOUNTS) {
      if (pathname === mount || pathname.startsWith(`${mount}/`)) {
        const { serve, state } = run
        const path = pathname.slice(mount.length) || '/'
        const given = await serve[gateway](request, path)
        state.transcript.request(gateway, request.method, path, given.status)
        return given
      }
    }
    return problem(404, 'not_found', `expected a path below ${[...Object.values(MOUNTS), '/_emulator'].join(', ')}`)
  }

  const handle = async (request: Request) => toResponse(await answer(await plainRequest(request)))

  const isOwn = (name: string) => prefix === NAMESPACE_PREFIX + name

  async function inNamespace(name: string, request: PlainRequest): Promise<Answer> {
    try {
      return await namespaces.get(name).answer(request)
    } catch (error) {
      return problemOf(error)
    }
  }

  const socketAt: FindSocket = (path) => {
    const inside = splitNamespace(path)
    if (inside && !isOwn(inside.name)) return namespaces.known(inside.name)?.emulator.socketAt(path)
    const own = inside?.path ?? path
    for (const gateway of Object.keys(MOUNTS) as GatewayId[]) {
      if (!own.startsWith(`${MOUNTS[gateway]}/`)) continue
      const accept = run.sockets[gateway][own.slice(MOUNTS[gateway].length)]
      if (accept) return accept
    }
    return undefined
  }

  const close = () => run.state.close()

  const emulator: Emulator = {
    handle,
    WebSocket: createWebSocketClass(() => socketAt),
    socketAt,
    fetch: (input, init) => answered(handle, new Request(input, init)),
    gateways: gatewaysAt(IN_PROCESS_ORIGIN + prefix, credentials),
    gatewaysAt: (at) => gatewaysAt(`${at.replace(/(?<!\/)\/+$/, '')}${prefix}`, credentials),
    control,
    namespace: (name) => namespaces.get(name).emulator,
    close,
  }
  return { emulator, answer, state: () => run.state, clock, close }
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

function beginWith(stateOptions: StateOptions, credentials: GatewayCredentials): Run {
  try {
    return begin(stateOptions, credentials)
  } catch (error) {
    if (error instanceof EmulatorError) throw error
    throw new EmulatorError('invalid', `state: cannot be restored: ${(error as Error).message}`)
  }
}

function fileOf({ network: { media } }: State, id: string): Answer {
  const [found, bytes] = [media.get(id), media.bytes(id)]
  if (!found || !bytes) return problem(404, 'not_found', `there is no file ${id}`)
  return new Answer(200, { 'content-type': found.mimetype, ...HARMLESS }, bytes)
}

// the sender of a file chooses its type: a page or picture with scripts must not run beside the emulator's own page
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
