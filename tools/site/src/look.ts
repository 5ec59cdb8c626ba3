// npm run site:look: opens the built site in Chromium. Every page answers and every link on it leads somewhere, no other host is asked,
// the search finds, axe has no serious finding. `--pictures` keeps screenshots in tools/site/pictures.

import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const pictures = fileURLToPath(new URL('../pictures', import.meta.url))
const CHROMIUM = '/usr/bin/chromium'
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}
/** A page of each kind. */
const LOOKED_AT = [
  '/',
  '/start',
  '/guide',
  '/gateways/waha',
  '/gateways/waha/messages',
  '/verbs/message',
  '/cli/session',
  '/n8n',
  '/capabilities',
]
const SHOWN = ['/', '/guide', '/gateways/waha/messages', '/verbs/message']

const total = { suite: 'documentation site, looked at', passed: 0, failed: 0 }
if (existsSync(CHROMIUM)) await main()
else console.log('SKIPPED: the site was not looked at, there is no Chromium')
console.log(JSON.stringify(total))
process.exitCode = total.failed > 0 ? 1 : 0

async function main(): Promise<void> {
  const server = createServer((request, response) => {
    const file = fileOf(new URL(request.url ?? '/', 'http://site.test').pathname)
    response.writeHead(file ? 200 : 404, { 'content-type': TYPES[extname(file ?? '')] ?? 'application/octet-stream' })
    response.end(file ? readFileSync(file) : undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  try {
    await checkLinks(origin)
    await checkInBrowser(browser, origin)
    if (process.argv.includes('--pictures')) await takePictures(browser, origin)
  } finally {
    await browser.close()
    server.close()
  }
}

/** Goes from page to page, along every link. */
async function checkLinks(origin: string): Promise<void> {
  const anchors = new Map<string, ReadonlySet<string>>()
  const asked: [from: string, to: string][] = [['(start)', '/']]
  const dead: string[] = []
  const targets: [from: string, to: string, anchor: string][] = []
  for (let next = asked.shift(); next; next = asked.shift()) {
    const [from, path] = next
    if (anchors.has(path)) continue
    const answer = await fetch(origin + path)
    const html = answer.headers.get('content-type') === 'text/html' ? await answer.text() : ''
    anchors.set(path, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? '')))
    if (!answer.ok) dead.push(`${path}, linked from ${from}`)
    for (const [, href = ''] of html.matchAll(/<a\s[^>]*href="([^"]+)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), origin + path)
      if (url.origin !== origin) continue
      asked.push([path, url.pathname])
      if (url.hash) targets.push([path, url.pathname, decodeURIComponent(url.hash.slice(1))])
    }
  }
  const lost = targets.filter(([, to, anchor]) => anchors.get(to)?.size && !anchors.get(to)?.has(anchor))
  check(`${anchors.size} pages and files answer`, dead)
  check(`${targets.length} links lead to a heading`, [...new Set(lost.map(([from, to, anchor]) => `${from} -> ${to}#${anchor}`))])
}

async function checkInBrowser(browser: Browser, origin: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 850 } })
  const page = await context.newPage()
  const problems: string[] = []
  const foreign = new Set<string>()
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(?:data|blob):/.test(request.url())) foreign.add(request.url())
  })
  for (const path of LOOKED_AT) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(origin + path, { waitUntil: 'load' })
      check(`axe, ${path}, ${colorScheme}`, await seriousFindings(page))
    }
  }
  await page.goto(`${origin}/guide`)
  await page.keyboard.press('Control+k')
  await page.locator('#localsearch-input').fill('sendText')
  await page.locator('.result').first().waitFor()
  check('the search finds sendText', (await page.locator('.result').count()) > 2 ? [] : ['hardly anything'])
  check('no script failed', problems)
  check('no other host was asked', [...foreign])
  await context.close()
}

/** What axe calls serious or critical. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: run } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await run.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => `${id} (${impact}), ${nodes.length} times: ${nodes[0]?.html.slice(0, 160)}`)
  })
}

async function takePictures(browser: Browser, origin: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  const looks = { desktop: { width: 1360, height: 850 }, phone: { width: 390, height: 844 } }
  for (const [look, viewport] of Object.entries(looks)) {
    const context = await browser.newContext({ viewport, colorScheme: look === 'phone' ? 'dark' : 'light' })
    const page = await context.newPage()
    for (const path of SHOWN) {
      await page.goto(origin + path, { waitUntil: 'networkidle' })
      await page.screenshot({ path: join(pictures, `${look}${path.replaceAll('/', '-').replace(/-$/, '-home')}.png`) })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      check(`${path} fits a ${look}`, wide > 0 ? [`${wide} px too wide`] : [])
    }
    await context.close()
  }
}

function fileOf(path: string): string | undefined {
  const place = join(dist, decodeURIComponent(path))
  const candidates = path.endsWith('/') ? [join(place, 'index.html')] : [place, `${place}.html`]
  return place.startsWith(dist) ? candidates.find((file) => existsSync(file) && statSync(file).isFile()) : undefined
}

function check(what: string, problems: readonly string[]): void {
  if (problems.length === 0) total.passed += 1
  else total.failed += 1
  console.log(`${problems.length === 0 ? 'ok     ' : 'FAILED '} ${what}${problems.map((one) => `\n          ${one}`).join('')}`)
}
