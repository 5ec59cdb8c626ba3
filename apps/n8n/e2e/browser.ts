import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The part of playwright-core that is used; it is installed apart from the workspace. */
interface Playwright {
  readonly chromium: {
    launch(options: { executablePath: string; args: readonly string[] }): Promise<{
      newContext(options: { viewport: { width: number; height: number } }): Promise<{
        addCookies(cookies: readonly { name: string; value: string; url: string }[]): Promise<void>
        addInitScript(script: string): Promise<void>
        newPage(): Promise<Page>
      }>
      close(): Promise<void>
    }>
  }
}

export interface Locator {
  first(): Locator
  filter(by: { hasText: string }): Locator
  getByText(text: string, options?: { exact: boolean }): Locator
  click(): Promise<void>
  waitFor(): Promise<void>
  scrollIntoViewIfNeeded(): Promise<void>
  allInnerTexts(): Promise<string[]>
}

export interface Page {
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> }
  goto(url: string): Promise<unknown>
  locator(selector: string): Locator
  getByText(text: string, options?: { exact: boolean }): Locator
  setDefaultTimeout(ms: number): void
  waitForTimeout(ms: number): Promise<void>
  screenshot(options: { path: string }): Promise<unknown>
}

interface BrowserOptions {
  /** Folder of playwright-core. */
  readonly installation: string
  readonly url: string
  readonly cookie: { readonly name: string; readonly value: string }
  readonly theme?: 'light' | 'dark'
}

const PATIENCE_MS = 120_000

/** Opens a browser in which the owner is logged in. */
export async function openBrowser({ installation, url, cookie, theme = 'light' }: BrowserOptions): Promise<{
  readonly page: Page
  close(): Promise<void>
}> {
  const { chromium }: Playwright = createRequire(join(installation, 'package.json'))('playwright-core')
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addCookies([{ ...cookie, url }])
  await context.addInitScript(`localStorage.setItem('N8N_THEME', '${theme}')`)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  return { page, close: () => browser.close() }
}

/** Selector of a part of the editor by the name that it has for tests. */
export function part(name: string): string {
  return `[data-test-id="${name}"]`
}
