import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { type EmulatorServer, serveEmulator } from '../src/server/serve.ts'
import { launch, openPage } from '../test/page/browser.ts'
import { PEOPLE, setStage } from '../test/page/stage.ts'

// Takes the pictures of the web page for README and docs: npm run pictures [folder]
const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'docs')
mkdirSync(folder, { recursive: true })
const browser = await launch()

/** Waits until all that is in sight is there, and takes a picture. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.skeleton') && [...document.images].every(({ complete }) => complete))
  await page.mouse.move(640, 2)
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(folder, `${name}.png`), caret: 'hide' })
}

async function serve(): Promise<EmulatorServer> {
  // the address that people see, where nothing else has it
  return serveEmulator({ port: 4010 }).catch(() => serveEmulator())
}

async function takeScreens(): Promise<void> {
  const server = await serve()
  const groupId = await setStage(server)
  const conversation = `#/chats/${PEOPLE.shop}/${PEOPLE.ada}@c.us`
  const phone = { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true }
  const screens: readonly [string, string, BrowserContextOptions][] = [
    ['page', conversation, {}],
    ['page-dark', conversation, { colorScheme: 'dark' }],
    ['page-phone', conversation, phone],
    ['page-group', `#/chats/${PEOPLE.shop}/${groupId}`, {}],
    ['page-sessions', '#/sessions', {}],
    ['page-requests', '#/requests/4', {}],
    ['page-controls', '#/controls', {}],
  ]
  for (const [name, path, options] of screens) {
    const { page } = await openPage(browser, `${server.url}/${path}`, { viewport: { width: 1280, height: 760 }, ...options })
    await take(page, name)
    await page.context().close()
  }
  await takeClock(server)
  await server.close()
}

/** The panel of the clock, with time standing still. */
async function takeClock(server: EmulatorServer): Promise<void> {
  await server.emulator.control.pause()
  const { page } = await openPage(browser, `${server.url}/#/controls`, { viewport: { width: 1280, height: 760 } })
  const panel = page.getByRole('region', { name: 'Clock and state' })
  await panel.getByText('time stands still').waitFor()
  await panel.screenshot({ path: join(folder, 'page-clock.png'), caret: 'hide' })
  await page.context().close()
}

const TERMINAL = `<style>body{margin:0;background:#0d1117;color:#e6edf3;font:15px/1.7 ui-monospace,"DejaVu Sans Mono",monospace;padding:34px 38px}
b{color:#fff}i{color:#58c9a0;font-style:normal}span{color:#8b949e}</style><pre><span>$</span> <b>npx wamux emulate --open</b>

<b>WhatsApp, emulated</b> at <i>URL</i>
Open it in a browser to see every phone, chat and request.

In another terminal, for one gateway (or paste a block from below):

  eval "$(wamux emulate env waha)"

<span>Ctrl-C stops it.</span></pre>`

/** From the first command to two gateways that talk with each other. */
async function takeFilm(): Promise<void> {
  const server = await serve()
  const size = { viewport: { width: 1040, height: 620 } }
  const terminal = await openPage(browser, 'about:blank', { viewport: { width: 1040, height: 360 } })
  await terminal.page.setContent(TERMINAL.replace('URL', server.url))
  await take(terminal.page, 'film-1')
  const { page } = await openPage(browser, `${server.url}/`, size)
  await page.getByRole('link', { name: 'Make a session' }).waitFor()
  await take(page, 'film-2')

  await page.getByRole('link', { name: 'Make a session' }).click()
  const part = (name: string) => page.getByRole('region', { name, exact: true })
  await part('WAHA').getByRole('button', { name: 'New session' }).click()
  await part('WAHA').getByRole('button', { name: 'Scan the QR code of default' }).waitFor()
  await take(page, 'film-3')
  await part('WAHA').getByRole('button', { name: 'Scan the QR code of default' }).click()
  await part('WARest').getByRole('textbox').fill('shop')
  await part('WARest').getByRole('button', { name: 'New session' }).click()
  await part('WARest').getByRole('button', { name: 'Scan the QR code of shop' }).click()
  await part('WARest').getByText('connected', { exact: true }).waitFor()
  await take(page, 'film-4')

  const { sessions } = await server.emulator.control.state()
  const [one = '', other = ''] = [sessions.waha[0]?.phone, sessions.warest[0]?.phone]
  const write = async (through: string, text: string) => {
    await page.getByLabel('Write through').selectOption({ label: through })
    await page.getByRole('textbox', { name: 'Message' }).fill(text)
  }
  await page.goto(`${server.url}/#/chats/${one}/${other}@c.us`)
  await write('WAHA: default', 'Hello WARest, this is WAHA.')
  await take(page, 'film-5')
  await page.keyboard.press('Enter')
  await page.getByRole('article').getByRole('img', { name: 'read' }).waitFor()
  await page.goto(`${server.url}/#/chats/${other}/${one}@c.us`)
  await page.getByRole('article').getByText('Hello WARest').waitFor()
  await write('WARest: shop', 'Hello WAHA! I hear you.')
  await page.keyboard.press('Enter')
  await page.getByRole('article').getByRole('img', { name: 'read' }).waitFor()
  await take(page, 'film-6')
  await page.getByRole('link', { name: /Requests/ }).click()
  await page.getByRole('link', { name: /messages.sendText.*WAHA/ }).click()
  await page.getByRole('region', { name: 'Body of the request' }).waitFor()
  await take(page, 'film-7')
  await server.close()
}

await takeScreens()
await takeFilm()
await browser.close()
