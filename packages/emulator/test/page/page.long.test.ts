import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectControl, type EmulatorControl } from '../../src/index.ts'
import { type EmulatorServer, serveEmulator } from '../../src/server/serve.ts'
import { BROWSER, launch, openPage, type WatchedPage } from './browser.ts'
import { makeSession, PEOPLE, setStage } from './stage.ts'

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'page')
const MOST_GZIP = 60_000
const { shop, ada } = PEOPLE

test(`the built page is at most ${MOST_GZIP} bytes gzip in all`, () => {
  const sizes = readdirSync(BUILT).map((name): [string, number] => [name, gzipSync(readFileSync(join(BUILT, name))).length])
  const sum = sizes.reduce((all, [, size]) => all + size, 0)
  console.log(`page: ${sum} bytes gzip: ${sizes.map(([name, size]) => `${name} ${size}`).join(', ')}`)
  expect(sum).toBeLessThanOrEqual(MOST_GZIP)
})

test('what is bundled has its licence beside it', () => {
  const licences = readFileSync(join(BUILT, 'third-party.txt'), 'utf8')
  for (const name of ['preact - ', '@preact/signals - ', '@preact/signals-core - ']) expect(licences).toContain(`## ${name}`)
})

test('there is a browser where it has to be', () => {
  if (BROWSER) return
  console.warn('No Chromium on this machine: the web page is not tested in a browser.')
  expect(process.env.CI, 'CI has to have a browser').toBeFalsy()
})

describe.skipIf(!BROWSER)('in a browser', () => {
  let browser: Browser
  let server: EmulatorServer
  let control: EmulatorControl
  let watched: WatchedPage[]

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    server = await serveEmulator({ timings: { starting: 5, connecting: 5, queue: 5, server: 5, device: 10, read: 20, played: 30 } })
    control = connectControl(server.url)
    watched = []
  })
  afterEach(async () => {
    for (const { page, problems, hosts } of watched) {
      expect(problems).toEqual([])
      expect([...hosts]).toEqual([new URL(server.url).host])
      await page.context().close()
    }
    await server.close()
  })

  async function open(path: string, options: object = {}): Promise<Page> {
    const one = await openPage(browser, `${server.url}/${path}`, options)
    watched.push(one)
    return one.page
  }

  test('a newcomer makes two sessions, and they talk with each other', async () => {
    const page = await open('')
    await page.getByRole('link', { name: 'Make a session' }).click()
    const waha = page.getByRole('region', { name: 'WAHA', exact: true })
    await waha.getByRole('button', { name: 'New session' }).click()
    await waha.getByRole('button', { name: 'Scan', exact: true }).click()
    await waha.getByText('connected', { exact: true }).waitFor()
    const warest = page.getByRole('region', { name: 'WARest', exact: true })
    await warest.getByRole('textbox', { name: /Name of the new session/ }).fill('shop')
    await warest.getByRole('button', { name: 'New session' }).click()
    await warest.getByRole('button', { name: 'Scan the QR code of shop' }).click()
    await warest.getByText('connected', { exact: true }).waitFor()

    const { sessions } = await control.state()
    const [one = '', other = ''] = [sessions.waha[0]?.phone, sessions.warest[0]?.phone]
    await waha.getByRole('link', { name: `+${one}` }).click()
    await page.getByRole('button', { name: 'New chat' }).click()
    await page.getByLabel('Number, or id of a group or channel').fill(`+${other}`)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByLabel('Write through').selectOption('waha default')
    await page.getByRole('textbox', { name: 'Message' }).fill('Hello from WAHA')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('article').getByRole('img', { name: 'read' }).waitFor()

    await page.goto(`${server.url}/#/chats/${other}/${one}@c.us`)
    await page.getByRole('article').getByText('Hello from WAHA').waitFor()
    await page.getByLabel('Write through').selectOption('warest shop')
    await page.getByRole('textbox', { name: 'Message' }).fill('Hello from WARest')
    await page.keyboard.press('Enter')
    await page.getByRole('article').getByText('Hello from WARest').waitFor()
    expect((await control.messages()).map(({ via }) => via.gateway)).toEqual(['waha', 'warest'])

    await page.getByRole('link', { name: /Requests/ }).click()
    await page.getByRole('link', { name: /messages.sendText.*WAHA/ }).click()
    await page.getByRole('region', { name: 'Body of the request' }).getByText('Hello from WAHA').waitFor()
  })

  test('what happens elsewhere shows at once, ticks and all; the page comes back after the server was gone', async () => {
    await control.phone({ phone: ada, on: false })
    await control.message({ from: shop, to: ada, text: 'Are you there?' })
    const page = await open(`#/chats/${shop}/${ada}@c.us`)
    await page.getByRole('article').getByRole('img', { name: 'sent' }).waitFor()
    await control.phone({ phone: ada, on: true, reads: false })
    await page.getByRole('article').getByRole('img', { name: 'delivered' }).waitFor()
    await control.seen({ phone: ada, chat: shop })
    await page.getByRole('article').getByRole('img', { name: 'read' }).waitFor()
    const voice = await control.message({ from: shop, to: ada, type: 'voice', file: { base64: 'AAAA', mimetype: 'audio/ogg' } })
    await control.phone({ phone: ada, reads: true })
    await control.message({ from: ada, to: shop, text: 'Here I am' })
    await page.getByRole('article').getByText('Here I am').waitFor()
    await control.react({ phone: ada, message: voice.id, emoji: '👍' })
    await page.getByRole('button', { name: '👍 by' }).waitFor()

    const { port } = new URL(server.url)
    await server.close()
    await page.getByText('Reconnecting…').waitFor()
    server = await serveEmulator({ port: Number(port) })
    control = connectControl(server.url)
    await page.getByText('Live', { exact: true }).waitFor()
    await control.message({ from: ada, to: shop, text: 'after the restart' })
    await page.getByRole('article').getByText('after the restart').waitFor()
    // the browser's log tells that the connection broke, and that the new server has no such phone yet
    watched = watched.map((one) => ({
      ...one,
      problems: one.problems.filter((text) => !/ERR_(CONNECTION|INCOMPLETE|EMPTY)|404/.test(text)),
    }))
  })

  test('writes, replies, edits, deletes, votes, calls and makes a group, by mouse and by keyboard', async () => {
    await control.message({ from: ada, to: shop, text: 'Hello shop' })
    const page = await open(`#/chats/${shop}/${ada}@c.us`)
    await page.getByRole('article').getByText('Hello shop').hover()
    const more = (text: string) =>
      page
        .getByRole('article')
        .filter({ hasText: text })
        .getByRole('button', { name: /What can be done/ })
    await more('Hello shop').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reply' }).click()
    await page.keyboard.type('Hello Ada')
    await page.keyboard.press('Enter')
    const own = page.getByRole('article').filter({ hasText: 'Hello Ada' })
    await own.waitFor()
    await more('Hello Ada').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('dialog').getByLabel('Text').fill('Hello dear Ada')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('article').getByText('edited').waitFor()
    await more('Hello dear Ada').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Delete for everyone' }).click()
    await page.getByText('This message was deleted.').waitFor()

    await page.getByRole('button', { name: 'Attach' }).click()
    await page.getByRole('button', { name: 'Poll' }).click()
    await page.getByLabel('Question').fill('Tea?')
    await page.getByLabel('Options').fill('yes\nno')
    await page.getByRole('button', { name: 'Send poll' }).click()
    await page.getByRole('radio', { name: /yes/ }).click()
    await page.getByRole('radio', { name: /yes/, checked: true }).waitFor()

    await control.call({ from: ada, to: shop })
    await page.getByRole('button', { name: 'Take it' }).click()
    await page.getByText('Incoming call was taken').waitFor()

    await page.getByRole('button', { name: 'New group' }).click()
    await page.getByLabel('Subject').fill('All of us')
    await page.getByLabel('Numbers of its members').fill(ada)
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('region', { name: 'Conversation with All of us' }).waitFor()
    await page.getByRole('button', { name: 'Post a status' }).click()
    await page.getByLabel('Text').fill('Open today')
    await page.getByRole('dialog').getByRole('button', { name: 'Post', exact: true }).click()
    await page.getByRole('article').getByText('Open today').waitFor()
    // from row to row with the arrow keys
    await page.getByRole('region', { name: 'Phones' }).getByRole('link').first().focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-index]')?.getAttribute('data-index'))).toBe('1')
  })

  test('a text with script, HTML, direction marks and 65,536 characters is shown as text', async () => {
    const evil = [
      '<script>window.hacked=1</script><img src=x onerror="window.hacked=2"><b>bold</b>',
      'pay to \u202egnp.exe\u202c now',
      `${'long '.repeat(13_107)}!`,
      'javascript:window.hacked=3',
    ]
    await control.phone({ phone: ada, name: '<img src=x onerror=window.hacked=4>\u202eevil' })
    for (const text of evil) await control.message({ from: ada, to: shop, text })
    const html = { base64: btoa('<script>opener.hacked=5</script>'), mimetype: 'text/html', filename: '<b>x</b>\u202efdp.html' }
    await control.message({ from: ada, to: shop, text: '', file: html })
    const page = await open(`#/chats/${shop}/${ada}@c.us`)
    await page.getByRole('article').getByText('RLO').first().waitFor({ state: 'attached' })
    const list = page.getByRole('region', { name: 'Messages' })
    await list.evaluate((element) => element.scrollTo(0, 0))
    await page
      .getByRole('article')
      .getByText(evil[0] ?? '')
      .waitFor()
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    const long = page.getByRole('article').filter({ hasText: 'long long' })
    await long.getByRole('button', { name: 'Show all 65,536 characters' }).click()
    await expect.poll(async () => (await long.locator('.text').textContent())?.length).toBe(65_536)
    await page.getByText('javascript:window.hacked=3').first().waitFor({ state: 'attached' })
    expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
    expect(await page.locator('main b').filter({ hasText: 'bold' }).count()).toBe(0)
    // nothing is wider than the screen
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await wide()).toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 360, height: 700 })
    expect(await wide()).toBeLessThanOrEqual(0)
  })

  test('webhooks are shown with their tries, held and released; a fault that is added breaks a call; a reset empties all', async () => {
    const receiver = createServer((_, response) => response.writeHead(500).end())
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
    const { baseUrl, credentials } = server.gateways.waha
    const headers = { 'x-api-key': credentials.apiKey, 'content-type': 'application/json' }
    const retries = { attempts: 2, delaySeconds: 1, policy: 'constant' }
    const config = { webhooks: [{ url, events: ['message'], retries }] }
    await fetch(`${baseUrl}/api/sessions`, { method: 'POST', headers, body: JSON.stringify({ name: 'default', start: true, config }) })
    const page = await open('#/sessions')
    await page.getByRole('button', { name: 'Scan the QR code of default' }).click()
    await page.getByText('connected', { exact: true }).waitFor()
    await page.getByRole('link', { name: /Webhooks/ }).click()
    const { phone = '' } = (await control.state()).sessions.waha[0] ?? {}
    await control.message({ from: ada, to: phone, text: 'first' })
    await page.getByRole('link', { name: /failed message .*3 tries/ }).click()
    await page.getByRole('region', { name: 'Chosen webhook' }).getByText('500').nth(2).waitFor()
    await page.getByRole('region', { name: 'Body of the request' }).getByText('first').waitFor()

    await page.getByRole('button', { name: 'Hold back' }).click()
    await control.message({ from: ada, to: phone, text: 'second' })
    await page.getByRole('button', { name: 'Release 1' }).click()
    await page
      .getByRole('link', { name: /^(waiting|failed) message/ })
      .first()
      .waitFor()

    await page.getByRole('link', { name: /Controls/ }).click()
    const faults = page.getByRole('region', { name: 'Faults' })
    await faults.getByLabel('What goes wrong').selectOption('error')
    await faults.getByLabel('Gateway', { exact: true }).selectOption('waha')
    await faults.getByLabel('Operation', { exact: false }).first().fill('sessions.list')
    await faults.getByLabel('Status of the answer').fill('502')
    await faults.getByRole('button', { name: 'Add fault' }).click()
    await faults.getByText('sessions.list: Error status, status 502').waitFor()
    expect((await fetch(`${baseUrl}/api/sessions`, { headers })).status).toBe(502)
    await faults.getByText('sessions.list: Error status, status 502').waitFor({ state: 'detached' })
    const accounts = page.getByRole('region', { name: 'Accounts and limits' })
    await accounts.getByLabel('State').selectOption('timelock')
    await accounts.getByText('server returned error 463').waitFor()
    await accounts.getByRole('button', { name: 'Put it into this state' }).click()
    await accounts.getByText('Timelock: no new chats (463), minutes 60').waitFor()
    const body = JSON.stringify({ session: 'default', chatId: '12025550188@c.us', text: 'Hi' })
    expect((await fetch(`${baseUrl}/api/sendText`, { method: 'POST', headers, body })).status).toBe(500)
    await accounts.getByRole('button', { name: /^Stop Timelock/ }).click()
    await accounts.getByRole('button', { name: /^Stop Timelock/ }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /Requests/ }).click()
    await page.getByRole('checkbox', { name: 'Errors only' }).check()
    await page.getByRole('link', { name: /502 sessions.list/ }).waitFor()

    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('link', { name: /Controls/ }).click()
    await page.getByRole('button', { name: 'Reset everything' }).click()
    await page.getByRole('link', { name: 'Chats' }).click()
    await page.getByText('No phones yet.').waitFor()
    expect((await control.state()).accounts).toEqual([])
    receiver.close()
  })

  test('the clock is stopped, moved on and started again, and a snapshot brings back what was there', async () => {
    await control.message({ from: ada, to: shop, text: 'before' })
    const page = await open('#/controls')
    const clock = page.getByRole('region', { name: 'Clock and state' })
    await clock.getByRole('button', { name: 'Stop time' }).click()
    await clock.getByText('and time stands still').waitFor()
    const { now } = await control.clock()
    await clock.getByRole('button', { name: '+ 1 h' }).click()
    await expect.poll(async () => (await control.clock()).now).toBe(now + 3_600_000)
    await clock.getByLabel('Seconds').fill('90')
    await clock.getByRole('button', { name: 'Advance' }).click()
    await expect.poll(async () => (await control.clock()).now).toBe(now + 3_690_000)

    // what is under way waits for the clock
    await control.message({ from: shop, to: ada, text: 'on its way' })
    expect((await control.messages()).at(-1)?.ack).toBe('PENDING')
    await clock.getByRole('button', { name: 'Until nothing waits' }).click()
    await page.getByText('Nothing is waiting any more.').waitFor()
    expect((await control.messages()).at(-1)?.ack).toBe('READ')

    const saving = page.waitForEvent('download')
    await clock.getByRole('link', { name: 'Save a snapshot' }).click()
    const file = await (await saving).path()
    await control.message({ from: ada, to: shop, text: 'after' })
    await clock.getByLabel('Snapshot').setInputFiles(file)
    await clock.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('Restored.').waitFor()
    expect((await control.messages()).map(({ text }) => text)).toEqual(['before', 'on its way'])
    await clock.getByLabel('Snapshot').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('no JSON') })
    await clock.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('This file is not a snapshot.').waitFor()

    await clock.getByRole('button', { name: 'Let time run' }).click()
    await clock.getByText('stands still').waitFor({ state: 'detached' })
    expect((await control.clock()).paused).toBe(false)
  })

  test('requests to a namespace are in the log, and a session shows the limits of its account', async () => {
    const { baseUrl, credentials } = server.gateways.waha
    const inside = baseUrl.replace('/waha', '/@team-1/waha')
    await fetch(`${inside}/api/sessions`, { headers: { 'x-api-key': credentials.apiKey } })
    const page = await open('#/requests')
    await page.getByRole('link', { name: /200 sessions.list .*@team-1 WAHA/ }).click()
    await page.getByText('WAHA in the namespace team-1').waitFor()
    await makeSession(server, 'waha', 'default')
    await expect.poll(async () => (await control.state()).sessions.waha[0]?.state).toBe('pairing')
    await control.scan({ gateway: 'waha', session: 'default', phone: shop })
    await control.account({ gateway: 'waha', session: 'default', state: 'timelock' })
    await page.getByRole('link', { name: /Sessions/ }).click()
    await page.getByRole('article', { name: 'Session default' }).getByText('Timelock: no new chats (463), minutes 60').waitFor()
  })

  const LOOKS: readonly [string, object][] = [
    ['desktop', {}],
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true }],
  ]
  test.each(LOOKS)('axe finds nothing: %s', async (look, options) => {
    await setStage(server)
    await makeSession(server, 'waha', 'second')
    await control.fault({ gateway: 'wawp', status: 503 })
    await control.fault({ fault: 'cooldown' })
    await control.account({ gateway: 'waha', session: 'second', state: 'stuck' })
    const found: string[] = []
    for (const path of ['', `#/chats/${shop}`, `#/chats/${shop}/${ada}@c.us`, '#/sessions', '#/requests/1', '#/webhooks', '#/controls']) {
      const page = await open(path, options)
      await page.waitForTimeout(400)
      found.push(...(await findings(page)).map((one) => `${path}: ${one}`))
      if (path.endsWith('c.us')) {
        await page
          .getByRole('button', { name: /What can be done/ })
          .last()
          .focus()
        await page.keyboard.press('Enter')
        await page.getByRole('dialog').waitFor()
        found.push(...(await findings(page)).map((one) => `dialog: ${one}`))
      }
    }
    console.log(`axe, ${look}: ${found.length} findings${found.map((one) => `\n  ${one}`).join('')}`)
    expect(found).toEqual([])
  })
})

/** What axe finds: its rule, how serious it is, and where. */
async function findings(page: Page): Promise<string[]> {
  // the page's own policy keeps scripts out that are not its own, so it comes through the browser
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: run } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
    }
    return (await run.run()).violations.map(
      ({ id, impact, nodes }) => `${id} (${impact}) ${nodes.length} times: ${nodes[0]?.html.slice(0, 160)}`,
    )
  })
  return violations
}
