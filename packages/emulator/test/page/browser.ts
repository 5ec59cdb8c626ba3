import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

// where Debian, other systems and Macs have it
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The browser of this machine; `undefined` when it has none. */
export const BROWSER: string | undefined = PLACES.find((place) => existsSync(place))

export function launch(): Promise<Browser> {
  if (!BROWSER) throw new Error('there is no Chromium on this machine')
  // a container has no user namespaces and little shared memory
  return chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** A page that fails the test which opened it when something goes wrong in it. */
export interface WatchedPage {
  readonly page: Page
  /** Errors of scripts, refusals by the page's policy, failed requests. */
  readonly problems: readonly string[]
  /** Hosts of all requests that it made. */
  readonly hosts: ReadonlySet<string>
}

export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 850 }, locale: 'en-GB', timezoneId: 'UTC', ...options })
  const page = await context.newPage()
  const problems: string[] = []
  const hosts = new Set<string>()
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol !== 'blob:' && protocol !== 'data:') hosts.add(host)
  })
  await page.goto(url)
  return { page, problems, hosts }
}
