import { cpSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installCommand } from '../src/commands/plugins/install.ts'
import { modulesAbove } from '../src/gateway/modules-folders.ts'
import { idOf } from '../src/gateway/plugin-packages.ts'
import { createPlugins, type Plugins } from '../src/gateway/plugins.ts'
import { invoke } from './in-process.ts'
import { freshFolder, linkPackage, madeManifest, writePackage } from './plugin-folders.ts'
import { wamuxAt } from './spawned.ts'

let root: string
let plugins: Plugins
const manifest = (id: string, more = {}) => `export const manifest = ${JSON.stringify(madeManifest(id, more))}`
const works = (id: string) => ({
  'manifest.js': manifest(id),
  'index.js': `${manifest(id)}\nexport const createIt = () => ({ manifest, session: { list: async () => ({ sessions: [], raw: [] }) } })`,
})

beforeAll(() => {
  root = freshFolder()
  const global = join(root, 'lib', 'node_modules')
  const project = join(root, 'project', 'node_modules')
  writePackage(global, 'wamux', {})
  writePackage(global, 'wamux-plugin-good', works('good'))
  writePackage(global, '@team/wamux-plugin-scoped', works('scoped'))
  writePackage(global, 'wamux-plugin-throws', { 'manifest.js': 'throw new Error("no licence\\nat somewhere")' })
  writePackage(global, 'wamux-plugin-needy', { 'manifest.js': `import 'not-installed-anywhere'` })
  writePackage(global, 'wamux-plugin-newer', { 'manifest.js': manifest('newer', { contract: 2 }) })
  writePackage(global, 'wamux-plugin-liar', { 'manifest.js': manifest('waha') })
  writePackage(global, 'wamux-plugin-bare', { 'manifest.js': '' }, { exports: undefined })
  writePackage(global, 'wamux-plugin-halved', { 'manifest.js': manifest('halved'), 'index.js': manifest('halved') })
  mkdirSync(join(global, 'wamux-plugin-torn'), { recursive: true })
  writeFileSync(join(global, 'wamux-plugin-torn', 'package.json'), '{"name":')
  writePackage(global, '@wamux/core', {}, { exports: { '.': './index.js' } })
  writePackage(global, 'unrelated', {})
  writePackage(project, 'wamux-plugin-local', works('local'))
  writePackage(project, 'wamux-plugin-good', { 'manifest.js': 'throw new Error("the project must not stand before wamux")' })
  const env = { WAMUX_CONFIG_DIR: join(root, 'config') }
  mkdirSync(env.WAMUX_CONFIG_DIR)
  writeFileSync(join(env.WAMUX_CONFIG_DIR, 'trusted.json'), JSON.stringify({ projects: [realpathSync(join(root, 'project'))] }))
  const cliFile = pathToFileURL(join(global, 'wamux', 'dist', 'bin.js')).href
  plugins = createPlugins({ cliFile, cwd: join(root, 'project', 'src'), env })
})
afterAll(() => rmSync(root, { recursive: true }))

describe('plugins', () => {
  it('are found beside wamux, scoped ones too, and in the project', async () => {
    const all = await plugins.all()
    const fine = all.filter((one) => 'manifest' in one).map(({ id, source }) => `${id} ${source.origin}`)
    expect(fine).toEqual(['scoped wamux', 'good wamux', 'halved wamux', 'local project'])
  })

  it('that are broken are named with their reason, and harm no other', async () => {
    const reasons = Object.fromEntries((await plugins.all()).flatMap((one) => ('reason' in one ? [[one.id, one.reason]] : [])))
    expect(reasons).toEqual({
      throws: 'no licence',
      needy: `Cannot find package 'not-installed-anywhere'`,
      newer: 'it speaks version 2 of the wamux contract, and this CLI speaks 1',
      liar: 'its manifest is that of "waha", and its name says "liar"',
      bare: 'it exports no "./manifest"',
      torn: expect.stringContaining('JSON'),
    })
    const { code, stdout, stderr } = await invoke(['plugins'], { plugins })
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'To add one: wamux plugins add waha\n' })
    expect(stdout).toMatch(/good\tGOOD\twamux-plugin-good 1\.2\.3\tinstalled\n/)
    expect(stdout).toMatch(/throws\t\twamux-plugin-throws 1\.2\.3\tbroken: no licence\n/)
    expect(stdout).toMatch(/warest\t\t@wamux\/warest\tnot installed\n/)
  })

  it('are used through their own package, whatever their name', async () => {
    const env = { WAMUX_GOOD_API_KEY: 'x' }
    expect(await invoke(['session', 'list'], { plugins, env })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('GOOD has no session yet'),
    })
    expect(await invoke(['session', 'list', '--gateway', 'scoped', '--json'], { plugins })).toMatchObject({ code: 0 })
    expect(await invoke(['session', 'stop', 'x', '--gateway', 'local'], { plugins })).toMatchObject({ code: 7 })
  })

  it.each([
    ['throws', 'The plugin wamux-plugin-throws does not work: no licence.', 'It is in'],
    ['newer', 'does not fit: it speaks version 2 of the wamux contract', 'wamux-plugin-newer@latest'],
    ['halved', 'it exports no createIt', 'wamux plugins'],
    ['warest', 'The plugin @wamux/warest is not installed.', 'npm install -g @wamux/warest'],
    ['goood', 'There is no gateway "goood"', 'Did you mean good?'],
  ])('say what is wrong when one of them is needed: %s', async (gateway, sentence, advice) => {
    const { code, stderr } = await invoke(['session', 'list', '--gateway', gateway], { plugins })
    expect(code).toBe(2)
    expect(stderr).toContain(sentence)
    expect(stderr).toContain(advice)
    expect(stderr).not.toContain('at somewhere')
  })

  it('have names that say what they are for', () => {
    expect(['@wamux/waha', 'wamux-plugin-x', '@a/wamux-plugin-x', 'wamux-plugin-', 'other', '@a/b'].map(idOf)).toEqual([
      'waha',
      'x',
      'x',
      undefined,
      undefined,
      undefined,
    ])
  })

  it('are looked for in every folder above', () => {
    expect(modulesAbove('/a/node_modules/wamux/dist')).toEqual([
      '/a/node_modules/wamux/dist/node_modules',
      '/a/node_modules/wamux/node_modules',
      '/a/node_modules',
      '/node_modules',
    ])
  })
})

describe('wamux plugins add', () => {
  it('prints the command, and runs nothing', async () => {
    const { code, stdout } = await invoke(['plugins', 'add', 'warest'], { plugins })
    expect(code).toBe(0)
    expect(stdout).toMatch(/(install|add) (-g )?@wamux\/warest\n$/)
    const added = async (name: string) => (await invoke(['plugins', 'add', name], { plugins })).stdout.trim().split(' ').at(-1)
    expect(await added('other')).toBe('wamux-plugin-other')
    expect(await added('@wamux/emulator')).toBe('@wamux/emulator')
    expect(await added('@team/wamux-plugin-x@1.2.3')).toBe('@team/wamux-plugin-x@1.2.3')
  })

  it.each(['--global', '../evil', 'https://example.com/x.tgz', 'a b', 'a;b'])('takes no %j', async (name) => {
    expect((await invoke(['plugins', 'add', '--', name], { plugins })).code).toBe(2)
  })

  it('uses the package manager that brought wamux', () => {
    const project = freshFolder()
    writeFileSync(join(project, 'package.json'), '{}')
    const own = (path: string) => pathToFileURL(join(project, path)).href
    expect(installCommand('p', { file: own('node_modules/wamux/dist/bin.js'), cwd: project }).join(' ')).toBe('npm install p')
    writeFileSync(join(project, 'pnpm-lock.yaml'), '')
    expect(installCommand('p', { file: own('node_modules/wamux/dist/bin.js'), cwd: project }).join(' ')).toBe('pnpm add p')
    rmSync(project, { recursive: true })
    expect(installCommand('p', { file: 'file:///usr/lib/node_modules/wamux/dist/bin.js', cwd: '/' }).join(' ')).toBe('npm install -g p')
    expect(
      installCommand('p', {
        file: 'file:///home/a/.local/share/pnpm/global/5/.pnpm/wamux@1/node_modules/wamux/dist/bin.js',
        cwd: '/',
      }).join(' '),
    ).toBe('pnpm add -g p')
  })
})

describe('wamux as it is installed, with one plugin only', () => {
  it('works, is found behind a link, and says how to add the others', async () => {
    const folder = freshFolder()
    const modules = join(folder, 'lib', 'node_modules')
    for (const name of ['@wamux/core', '@wamux/engine', '@wamux/node-transport', '@wamux/waha']) linkPackage(modules, name)
    cpSync(join(import.meta.dirname, '..', 'dist'), join(modules, 'wamux', 'dist'), { recursive: true })
    cpSync(join(import.meta.dirname, '..', 'package.json'), join(modules, 'wamux', 'package.json'))
    mkdirSync(join(folder, 'bin'))
    const bin = join(folder, 'bin', 'wamux')
    symlinkSync('../lib/node_modules/wamux/dist/bin.js', bin)
    const env = { HOME: folder, WAMUX_WAHA_BASE_URL: 'http://127.0.0.1:1', WAMUX_WAHA_API_KEY: 'k' }
    const { stdout, stderr } = await wamuxAt(bin, ['plugins'], env)
    expect(stdout).toMatch(/waha\tWAHA\t@wamux\/waha \S+\tinstalled\n/)
    expect(stdout).toMatch(/wawp\t\t@wamux\/wawp\tnot installed\n/)
    expect(stderr).toBe('To add one: wamux plugins add wawp\n')
    expect((await wamuxAt(bin, ['session', 'list'], env)).code).toBe(3)
    expect(await wamuxAt(bin, ['wawp', 'sessions', 'list'], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm install -g @wamux/wawp'),
    })
    expect((await wamuxAt(bin, ['--help'], env)).stdout).not.toContain('@wamux/wawp')
    rmSync(folder, { recursive: true })
  })
})
