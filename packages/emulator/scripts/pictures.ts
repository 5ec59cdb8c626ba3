import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveEmulator } from '../src/server/serve.ts'
import { launch, openPage } from '../test/page/browser.ts'
import { PEOPLE, setStage } from '../test/page/stage.ts'

// Takes the pictures of the web page for README and docs: node --conditions=@wamux/source scripts/pictures.ts [folder]
const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'docs')
mkdirSync(folder, { recursive: true })

const server = await serveEmulator()
const browser = await launch()
await setStage(server)
const conversation = `${server.url}/#/chats/${PEOPLE.shop}/${PEOPLE.ada}@c.us`

async function take(name: string, url: string, options: object = {}): Promise<void> {
  const { page } = await openPage(browser, url, { viewport: { width: 1280, height: 800 }, ...options })
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.context().close()
}

await take('page', conversation)
await take('page-dark', conversation, { colorScheme: 'dark' })
await take('page-phone', conversation, { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true })
await take('page-sessions', `${server.url}/#/sessions`)
await take('page-requests', `${server.url}/#/requests/4`)
await take('page-controls', `${server.url}/#/controls`)
await take('page-webhooks', `${server.url}/#/webhooks`)
await take('page-group', `${server.url}/#/chats/${PEOPLE.shop}`)
await take('page-phone-list', `${server.url}/#/chats/${PEOPLE.shop}`, { viewport: { width: 390, height: 780 }, colorScheme: 'dark' })
await browser.close()
await server.close()
