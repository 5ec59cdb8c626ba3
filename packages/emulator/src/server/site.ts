import type { AssembledEmulator } from '../emulator.ts'
import { gatewayAt } from '../mounts.ts'
import { splitNamespace } from '../namespaces.ts'
import type { Page } from '../page/page.ts'
import { createRequestLog, type Finish } from '../page/request-log.ts'
import { type Answer, bytesOf } from '../wire/answer.ts'
import { type PlainRequest, plainRequest } from '../wire/request.ts'

/** All that a server answers with: gateways and control, which the emulator has, and the web page. */
export interface Site {
  answer(request: PlainRequest): Promise<Answer>
  /** Writes a request to a gateway into the log of the web page; `undefined` for all other requests. */
  log(request: PlainRequest): Finish | undefined
  close(): void
}

const PAGE = /^\/(_emulator\/page\/.*)?$/

/** @param origin where the server listens */
export function createSite({ emulator, answer, state, clock }: AssembledEmulator, origin: () => string): Site {
  const log = createRequestLog()
  let page: Promise<Page> | undefined

  function add({ method, path, search, headers, body }: PlainRequest, own: boolean): Finish | undefined {
    const inside = splitNamespace(path)
    const found = gatewayAt((inside?.path ?? path) + search)
    if (!found) return undefined
    const namespace = inside ? { namespace: inside.name } : {}
    return log.add({ ...found, ...namespace, at: clock.now(), method, headers, body, own })
  }

  /** A request that the page makes to a gateway, as a program would. */
  async function perform(request: Request): Promise<Response> {
    const plain = await plainRequest(request)
    const finish = add(plain, true)
    try {
      const { status, headers, body } = await answer(plain)
      // what comes slowly is not waited for
      if (body instanceof ReadableStream) await body.cancel()
      const bytes = await bytesOf({ body: body instanceof ReadableStream ? undefined : body })
      finish?.({ status, headers, body: bytes })
      return new Response(bytes.length > 0 ? bytes : null, { status, headers })
    } finally {
      finish?.()
    }
  }

  // loaded with its first request: most emulators run in tests, where nobody looks at them
  async function loadPage(): Promise<Page> {
    const { createPage } = await import('../page/page.ts')
    return createPage({ state, clock, log, perform, gateways: () => emulator.gatewaysAt(origin()) })
  }

  return {
    async answer(request) {
      if (!PAGE.test(request.path)) return answer(request)
      page ??= loadPage()
      return (await page).handle(request)
    },
    log: (request) => add(request, false),
    close() {
      void page?.then((one) => one.close())
    },
  }
}
