import type { AssembledEmulator } from '../emulator.ts'
import { gatewayAt } from '../mounts.ts'
import { splitNamespace } from '../namespaces.ts'
import type { Page } from '../page/page.ts'
import { createRequestLog, type Finish } from '../page/request-log.ts'
import { Answer } from '../wire/answer.ts'
import type { PlainRequest } from '../wire/request.ts'

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
  async function perform(request: PlainRequest): Promise<Answer> {
    const finish = add(request, true)
    try {
      const given = await answer(request)
      const { status, headers, body } = given
      if (!(body instanceof ReadableStream)) {
        finish?.({ status, headers, body })
        return given
      }
      // what comes slowly is not waited for
      await body.cancel()
      finish?.({ status, headers, body: undefined })
      return new Answer(status, headers)
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
