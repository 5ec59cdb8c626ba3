// npm run site: makes the documentation site in tools/site/dist. VitePress is installed apart, once; nothing else needs it.

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest, OperationTable } from '@wamux/core'
import { type CommandReference, commandPages } from './command-pages.ts'
import { siteLinks } from './links.ts'
import { llmsText } from './llms.ts'
import { operationPages } from './operation-pages.ts'
import { gateways, handWritten, type Section } from './site-map.ts'
import { verbPages } from './verb-pages.ts'

const here = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(dirname(here))
const cache = join(root, 'node_modules', '.cache', 'wamux-site')
const pages = join(cache, 'pages')
/** Markdown of each page, by its place on the site. */
const texts = new Map<string, string>()
const pictures = new Map<string, string>()

const sections = await collect()
write()
install()
execFileSync('node', [join(cache, 'node_modules', 'vitepress', 'bin', 'vitepress.js'), 'build', pages, '--outDir', join(here, 'dist')], {
  stdio: 'inherit',
})
console.log(JSON.stringify({ suite: 'documentation site', passed: texts.size, failed: 0 }))

async function collect(): Promise<readonly Section[]> {
  const decisions = readdirSync(join(root, 'docs/decisions'))
    .filter((file) => /^\d{4}-/.test(file))
    .map((file) => ({ file, title: /^# (.*)$/m.exec(readFileSync(join(root, 'docs/decisions', file), 'utf8'))?.[1] ?? file }))
  const written = handWritten(decisions)
  const places = new Map(written.flatMap((section) => section.pages.map(({ file, page }) => [file, page] as const)))
  for (const [file, page] of places) {
    const { text, pictures: own } = siteLinks(readFileSync(join(root, file), 'utf8'), file, places)
    texts.set(page, text)
    for (const [place, picture] of own) pictures.set(place, picture)
  }

  const manifests: Manifest[] = []
  for (const [id, name] of gateways) {
    const { operations } = (await import(`@wamux/${id}/operations`)) as { operations: OperationTable }
    manifests.push(((await import(`@wamux/${id}/manifest`)) as { manifest: Manifest }).manifest)
    for (const [page, text] of operationPages(id, name, operations)) texts.set(page, text)
  }
  for (const [page, text] of verbPages(root, manifests)) texts.set(page, text)
  for (const [page, text] of commandPages(readCommands())) texts.set(page, text)
  texts.set('changelog', changelog())
  texts.set('index', home())
  return [...written, { label: 'Releases', pages: [{ page: 'changelog', file: '', label: 'Changelog' }] }, ...references()]
}

/** The heading of a page. */
function titleOf(page: string): string {
  return /^# (.*)$/m.exec(texts.get(page) ?? '')?.[1] ?? page
}

/** The generated pages, for the side bar. */
function references(): Section[] {
  const titled = (page: string) => ({ page, file: '', label: titleOf(page).replace(/^\w+: /, '') })
  const below = (prefix: string) =>
    [...texts.keys()].filter((page) => page.startsWith(prefix) && !page.endsWith('/index') && page !== `${prefix}operations`)
  return [
    { label: 'Portable verbs', reference: true, pages: ['verbs/index', ...below('verbs/')].map(titled) },
    ...gateways.map(([id, name]) => ({
      label: `${name} operations`,
      reference: true as const,
      pages: [`gateways/${id}/operations`, ...below(`gateways/${id}/`)].map(titled),
    })),
    { label: 'Commands', reference: true, pages: ['cli/commands', ...below('cli/').filter((page) => page !== 'cli/commands')].map(titled) },
  ]
}

function readCommands(): CommandReference {
  const script = join(root, 'apps/cli/scripts/write-reference.ts')
  const args = ['--no-warnings', '--conditions=@wamux/source', script]
  return JSON.parse(execFileSync('node', args, { cwd: join(root, 'apps/cli'), encoding: 'utf8', maxBuffer: 2 ** 26 }))
}

/** What each package's changelog says, or that it was not released yet. */
function changelog(): string {
  const folders = ['packages', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
  const parts = folders
    .filter((folder) => existsSync(join(folder, 'CHANGELOG.md')))
    .map((folder) => readFileSync(join(folder, 'CHANGELOG.md'), 'utf8').replaceAll(/^#/gm, '##'))
  return `# Changelog\n\n${parts.length > 0 ? parts.join('\n') : 'Nothing was released yet.'}\n`
}

function home(): string {
  return `---
layout: home
hero:
  name: wamux
  text: Write against WhatsApp, not against a gateway
  tagline: One typed contract over WAHA, Wawp, WARest and SparkBot. A message is never sent twice by us, errors say what happened, and secrets stay out of them.
  image: { src: /pictures/packages-emulator-docs-page.png, alt: "The emulator: phones, their chats, and two gateways that talk with each other" }
  actions:
    - { theme: brand, text: The first five minutes, link: /start }
    - { theme: alt, text: Guide, link: /guide }
    - { theme: alt, text: Which gateway has which verb, link: /capabilities }
features:
  - { title: Install what you use, details: "npm i @wamux/waha brings WAHA and nothing else. A program changes its gateway in one line." , link: /guide }
  - { title: Command line and agents, details: "wamux send, listen, doctor; an MCP server that hands no secrets to agents.", link: /cli }
  - { title: n8n, details: "Every operation of each gateway, triggers that register their webhooks themselves, one portable node.", link: /n8n }
  - { title: A WhatsApp of your own, details: "npx wamux emulate --open: four gateways over one simulated network, with a page to look at.", link: /emulator-film }
---
`
}

function write(): void {
  rmSync(pages, { recursive: true, force: true })
  pictures.set('pictures/packages-emulator-docs-page.png', 'packages/emulator/docs/page.png')
  for (const [page, text] of texts) {
    put(join(pages, `${page}.md`), text)
    // language models read the Markdown itself
    if (page !== 'index') put(join(pages, 'public', `${page}.md`), text)
  }
  for (const [place, file] of pictures) {
    mkdirSync(dirname(join(pages, 'public', place)), { recursive: true })
    cpSync(join(root, file), join(pages, 'public', place))
  }
  put(join(pages, 'public', 'llms.txt'), llmsText(sections, texts))
  put(join(pages, '.vitepress', 'sections.json'), JSON.stringify(sections))
  for (const name of ['config.mjs', 'theme']) cpSync(join(here, 'vitepress', name), join(pages, '.vitepress', name), { recursive: true })
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** VitePress and Vue are 60 MB, so they are no dependency of the workspace. */
function install(): void {
  const wanted = readFileSync(join(here, 'vitepress', 'package.json'), 'utf8')
  const there = join(cache, 'package.json')
  if (existsSync(there) && readFileSync(there, 'utf8') === wanted && existsSync(join(cache, 'node_modules', 'vitepress'))) return
  put(there, wanted)
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: cache, stdio: 'inherit' })
}
