import { type Clock, systemClock } from '@wamux/core'
import { createControl, type EmulatorControl } from './control.ts'
import { problem, serveControl } from './control-routes.ts'
import { type Serve, serveFace } from './faces/face.ts'
import { sparkbotFace } from './faces/sparkbot.ts'
import { wahaFace } from './faces/waha.ts'
import { warestFace } from './faces/warest.ts'
import { wawpFace } from './faces/wawp.ts'
import { credentialsOf, type EmulatorCredentials, type GatewayCredentials, type Gateways, gatewaysAt, MOUNTS } from './gateways.ts'
import type { GatewayId } from './session.ts'
import { defaultTimings, type Timings } from './timings.ts'
import { createWorld, type World } from './world.ts'

export interface EmulatorOptions {
  /** Another seed gives other ids, codes and QR codes. Default 1. */
  readonly seed?: number
  /** Default: real time. See `createVirtualClock`. */
  readonly clock?: Clock
  readonly timings?: Partial<Timings>
  readonly credentials?: EmulatorCredentials
}

/** Four gateways over one simulated WhatsApp network. */
export interface Emulator {
  /** Answers a request to any of the gateways or to the control API; its host does not matter. */
  handle(request: Request): Promise<Response>
  /** The same as a `fetch`, to be given to plugins. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** Where the gateways are in this process, and their credentials. */
  readonly gateways: Gateways
  /** The same for an emulator that is served elsewhere. @param origin `http://127.0.0.1:4010` */
  gatewaysAt(origin: string): Gateways
  readonly control: EmulatorControl
  /** Ends all timers. */
  close(): void
}

/** Where the emulator is for those in its process. */
export const IN_PROCESS_ORIGIN = 'http://emulator.invalid'

interface Run {
  readonly world: World
  readonly faces: Readonly<Record<GatewayId, Serve>>
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
  const { seed = 1, clock = systemClock } = options
  const timings: Timings = { ...defaultTimings, ...options.timings }
  const credentials = credentialsOf(options.credentials)

  let run = begin(seed, clock, timings, credentials)
  const control = createControl(
    () => run.world,
    clock,
    () => {
      run.world.close()
      run = begin(seed, clock, timings, credentials)
    },
  )

  async function handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/_emulator' || pathname.startsWith('/_emulator/')) {
      return serveControl(control, request, pathname.slice('/_emulator'.length), searchParams)
    }
    for (const gateway of Object.keys(MOUNTS) as GatewayId[]) {
      const mount = MOUNTS[gateway]
      if (pathname === mount || pathname.startsWith(`${mount}/`)) {
        return run.faces[gateway](request, pathname.slice(mount.length) || '/', searchParams)
      }
    }
    return problem(404, 'not_found', `expected a path below ${[...Object.values(MOUNTS), '/_emulator'].join(', ')}`)
  }

  return {
    handle,
    fetch: (input, init) => answered(handle, new Request(input, init)),
    gateways: gatewaysAt(IN_PROCESS_ORIGIN, credentials),
    gatewaysAt: (origin) => gatewaysAt(origin, credentials),
    control,
    close: () => run.world.close(),
  }
}

function begin(seed: number, clock: Clock, timings: Timings, credentials: GatewayCredentials): Run {
  const world = createWorld(seed, clock, timings)
  const faces = {
    waha: serveFace(wahaFace(world, credentials.waha)),
    wawp: serveFace(wawpFace(world, credentials.wawp)),
    warest: serveFace(warestFace(world, credentials.warest)),
    sparkbot: serveFace(sparkbotFace(world, credentials.sparkbot)),
  }
  return { world, faces }
}

// an answer that takes long must not outlive the caller's patience
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
  } finally {
    stop()
  }
}
