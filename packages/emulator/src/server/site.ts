import type { AssembledEmulator } from '../emulator.ts'
import { comesSlowly } from '../faults/answers.ts'
import { gatewayAt } from '../mounts.ts'
import type { Page } from '../page/page.ts'
import { createRequestLog, type Finish } from '../page/request-log.ts'

/** A request with what was read of it. */
export interface ReadRequest {
  readonly request: Request
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array | undefined
}

/** All that a server answers with: gateways and control, which the emulator has, and the web page. */
export interface Site {
  handle(request: Request): Promise<Response>
  /** Writes a request to a gateway into the log of the web page. */
  log(read: ReadRequest): Finish
  close(): void
}

const PAGE = /^\/(_emulator\/page\/.*)?$/

/** @param origin where the server listens */
export function createSite({ emulator, state, clock }: AssembledEmulator, origin: () => string): Site {
  const log = createRequestLog()
  let page: Promise<Page> | undefined

  function add({ request: { method, url }, headers, body }: ReadRequest, own: boolean): Finish {
    const found = gatewayAt(url.slice(url.indexOf('/', url.indexOf('//') + 2)))
    return found ? log.add({ ...found, at: clock.now(), method, headers, body, own }) : () => {}
  }

  /** A request that the page makes to a gateway, as a program would. */
  async function perform(request: Request): Promise<Response> {
    const text = request.body ? new Uint8Array(await request.clone().arrayBuffer()) : undefined
    const finish = add({ request, headers: [...request.headers], body: text }, true)
    try {
      const response = await emulator.handle(request)
      if (comesSlowly(response)) await response.body?.cancel()
      const body = comesSlowly(response) ? new Uint8Array() : new Uint8Array(await response.arrayBuffer())
      const { status, headers } = response
      finish({ status, headers, body })
      return new Response(body.length > 0 ? body : null, { status, headers })
    } finally {
      finish()
    }
  }

  // loaded with its first request: most emulators run in tests, where nobody looks at them
  async function loadPage(): Promise<Page> {
    const { createPage } = await import('../page/page.ts')
    return createPage({ state, clock, log, perform, gateways: () => emulator.gatewaysAt(origin()) })
  }

  return {
    async handle(request) {
      if (!PAGE.test(new URL(request.url).pathname)) return emulator.handle(request)
      page ??= loadPage()
      return (await page).handle(request)
    },
    log: (read) => add(read, false),
    close() {
      void page?.then((one) => one.close())
    },
  }
}
