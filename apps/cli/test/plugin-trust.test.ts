import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { candidateText, complete } from '../src/commands/completion/complete.ts'
import { createPlugins, type Plugins } from '../src/gateway/plugins.ts'
import { invoke } from './in-process.ts'
import { freshFolder, linkPackage, madeManifest, writePackage } from './plugin-folders.ts'

let root: string
let project: string
let env: Record<string, string>
const ran = () => (existsSync(join(root, 'ran')) ? readFileSync(join(root, 'ran'), 'utf8') : '')

/** A plugin whose every file says when it is run. */
function spyFiles(id: string): Record<string, string> {
  const spy = (file: string) =>
    `import { appendFileSync } from 'node:fs'\nappendFileSync(${JSON.stringify(join(root, 'ran'))}, ${JSON.stringify(`${id} ${file}\n`)})\n`
  const manifest = `export const manifest = ${JSON.stringify(madeManifest(id, { packageName: id }))}\n`
  const table = `export const operations = { resources: [], operations: {} }\n`
  return {
    'manifest.js': spy('manifest') + manifest,
    'index.js': `${spy('index')}${manifest}export const createIt = () => ({ manifest, session: { list: async () => ({ sessions: [], raw: [] }) } })\n`,
    'operations.js': spy('operations') + table,
    'webhooks.js': spy('webhooks'),
    'manifest.json': JSON.stringify(madeManifest(id)),
  }
}

const asData = { wamux: { manifest: './manifest.json' } }
const start = () => ({ cliFile: pathToFileURL(join(root, 'lib', 'node_modules', 'wamux', 'dist', 'bin.js')).href, cwd: project, env })
const plugins = (): Plugins => createPlugins(start())
const wamux = (...args: string[]) => invoke(args, { plugins: plugins(), env })

beforeEach(() => {
  root = realpathSync(freshFolder())
  project = join(root, 'project')
  env = { WAMUX_CONFIG_DIR: join(root, 'config'), WAMUX_EVIL_API_KEY: 'key', HOME: root }
  mkdirSync(join(root, 'lib', 'node_modules', 'wamux', 'dist'), { recursive: true })
  for (const name of ['@wamux/waha', '@wamux/core']) linkPackage(join(root, 'lib', 'node_modules'), name)
  const modules = join(project, 'node_modules')
  writePackage(modules, 'wamux-plugin-evil', spyFiles('evil'), asData)
  writePackage(modules, '@team/wamux-plugin-bare', spyFiles('bare'))
  writePackage(modules, '@wamux/sparkbot', spyFiles('sparkbot'), asData)
  writePackage(
    modules,
    '@wamux/emulator',
    { ...spyFiles('emulator'), 'server.js': '' },
    { exports: { '.': './index.js', './server': './index.js' } },
  )
})
afterEach(() => rmSync(root, { recursive: true }))

describe('code of the folder one stands in', () => {
  it.each([
    ['plugins'],
    ['plugins', '--json'],
    ['doctor', '--offline'],
    ['doctor'],
    ['capabilities'],
    ['capabilities', '--gateway', 'evil'],
    ['operations'],
    ['operations', 'evil'],
    ['help'],
    ['evil', '--help'],
    ['help', 'agents'],
    ['session', 'list', '--help'],
    ['session', 'list', '--gateway', 'evil'],
    ['session', 'list'],
    ['evil', 'sessions', 'list'],
    ['api', 'GET', '/x', '--gateway', 'evil'],
    ['profile', 'add', 'x', '--gateway', 'evil', '--no-test'],
    ['listen', '--port', '0', '--unsigned', '--gateway', 'evil'],
    ['mcp', '--gateway', 'evil'],
    ['spec', 'show', 'evil'],
    ['emulate'],
    ['trigger', 'message', '--gateway', 'sparkbot'],
    ['session', 'list', '--gateway', 'sparkbot'],
  ])('is not run by wamux %s %s %s %s', async (...args) => {
    await wamux(...args)
    expect(ran()).toBe('')
  })

  it.each([
    ['evil', ''],
    ['evil', 'sessions', ''],
    ['evil', 'sessions', 'list', '--'],
    ['--gateway', ''],
    ['sparkbot', ''],
  ])('is not run by completion of %s %s %s', async (...words) => {
    const found = await complete(words, start(), env)
    expect(ran()).toBe('')
    expect(found.map(({ word }) => word)).not.toContain('evil')
  })

  it('is shown from its data, with the way to trust it', async () => {
    const { stdout, stderr } = await wamux('plugins')
    expect(stdout).toMatch(/evil\tEVIL\twamux-plugin-evil 1\.2\.3\tnot trusted\n/)
    expect(stdout).toMatch(/bare\t\t@team\/wamux-plugin-bare 1\.2\.3\tnot trusted\n/)
    expect(stderr).toContain(`wamux plugins trust ${project}`)
    expect((await wamux('doctor', '--offline', '--json')).stdout).toContain('not trusted')
    const refused = await wamux('session', 'list', '--gateway', 'evil')
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`wamux plugins trust ${project}`) })
    expect(await wamux('session', 'list', '--gateway', 'sparkbot')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not trusted'),
    })
  })

  it('is run when the project is trusted, and no more when that is taken back', async () => {
    expect(await wamux('plugins', 'trust')).toMatchObject({ code: 0, stdout: expect.stringContaining(project) })
    expect(await wamux('session', 'list', '--gateway', 'evil')).toMatchObject({ code: 0 })
    expect(ran()).toContain('evil index')
    rmSync(join(root, 'ran'))
    expect(await wamux('plugins', 'trust', '--remove')).toMatchObject({ code: 0 })
    expect(await wamux('session', 'list', '--gateway', 'evil')).toMatchObject({ code: 2 })
    expect(ran()).toBe('')
  })

  it('is trusted by its real path: neither a link nor a folder of the same name is enough', async () => {
    expect((await wamux('plugins', 'trust', '.')).code).toBe(0)
    const other = join(root, 'other')
    writePackage(join(other, 'node_modules'), 'wamux-plugin-worse', spyFiles('worse'))
    project = other
    expect((await wamux('session', 'list', '--gateway', 'worse')).code).toBe(2)
    const link = join(root, 'link')
    symlinkSync(join(root, 'project'), link)
    project = link
    expect((await wamux('session', 'list', '--gateway', 'evil')).code).toBe(0)
    expect(ran()).not.toContain('worse')
    expect((await wamux('plugins', 'trust', join(root, 'nowhere'))).code).toBe(2)
  })

  it.each([
    ['elsewhere', '../../secret.json'],
    ['too large', './large.json'],
    ['no JSON', './index.js'],
    ['a folder', '.'],
  ])('has no manifest that is %s', async (_name, manifest) => {
    writeFileSync(join(project, 'node_modules', 'secret.json'), JSON.stringify(madeManifest('odd', { name: 'SECRET' })))
    const odd = { ...spyFiles('odd'), 'large.json': JSON.stringify({ ...madeManifest('odd'), about: 'x'.repeat(2_000_000) }) }
    writePackage(join(project, 'node_modules'), 'wamux-plugin-odd', odd, { wamux: { manifest } })
    const { code, stdout } = await wamux('plugins')
    expect(code).toBe(0)
    expect(stdout).toMatch(/odd\t\twamux-plugin-odd/)
    expect(stdout).not.toContain('SECRET')
    expect(ran()).toBe('')
  })
})

describe('texts of a plugin of somebody else', () => {
  it.each(['\x1b[31mred', '\x1b]0;title\x07', '\x9b31m', 'a\u202eb', 'a\rb', '\x1b[8A'])('do nothing to a terminal: %j', async (text) => {
    const manifest = madeManifest('odd', { name: text, about: text, docs: text, basis: { note: text }, credentials: [] })
    const operation = { id: 'things.list', resource: 'things', label: text, about: text, note: text, method: 'GET', path: `/${text}` }
    const facts = {
      safety: 'read',
      audience: 'nobody',
      evidence: 'verified',
      produces: [text],
      parameters: [{ name: 'q', in: 'query', type: 'string', about: text }],
    }
    const table = { resources: [{ name: 'things', label: text, about: text }], operations: { 'things.list': { ...operation, ...facts } } }
    writePackage(join(root, 'lib', 'node_modules'), 'wamux-plugin-odd', {
      'manifest.js': `export const manifest = ${JSON.stringify(manifest)}`,
      'index.js': `throw new Error(${JSON.stringify(text)})`,
      'operations.js': `export const operations = ${JSON.stringify(table)}`,
    })
    const lines = [
      ['plugins'],
      ['doctor', '--offline'],
      ['capabilities'],
      ['operations', 'odd'],
      ['--help'],
      ['odd', '--help'],
      ['odd', 'things', '--help'],
    ]
    for (const args of [
      ...lines,
      ['odd', 'things', 'list', '--help'],
      ['session', 'list', '--help'],
      ['session', 'list', '--gateway', 'odd'],
    ]) {
      const { stdout, stderr } = await invoke([...args, '--no-color'], { plugins: plugins(), env, columns: 80 })
      expect(stdout + stderr, args.join(' ')).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e]/u)
      expect(stdout + stderr).not.toBe('')
    }
  })
})

describe('names of folders', () => {
  it.each(['\x1b[31mred', 'a\nb', 'a b', '$(touch x)', '`x`', "'", '"', ';x', '\u202ex', '|x', 'x\x9b', '-rf', '../x'])(
    'like %j are never offered by completion, nor printed',
    async (name) => {
      const modules = join(root, 'lib', 'node_modules')
      if (!name.includes('/')) writePackage(modules, `wamux-plugin-${name}`, spyFiles('x'))
      if (!name.includes('/')) writePackage(join(modules, `@${name}`), 'wamux-plugin-fine', spyFiles('fine'))
      for (const words of [[''], ['--gateway', ''], ['help', ''], ['operations', '']]) {
        const offered = (await complete(words, start(), env)).map(({ word }) => word)
        expect(offered.filter((word) => word.includes(name))).toEqual([])
      }
      expect((await wamux('plugins')).stdout).not.toContain(name)
      if (/^[\w./-]+$/.test(name)) return
      expect(
        candidateText([
          { word: name, about: '' },
          { word: 'fine', about: `a${name}\x1b[31m` },
        ]),
      ).toMatch(/^fine\t[^\p{Cc}]*\n$/u)
    },
  )

  it('of profiles are offered when a shell can take them as they are', async () => {
    mkdirSync(join(root, 'config'))
    const profiles = { shop: { gateway: 'waha' }, '$(x)': { gateway: 'waha' }, 'a\x1b[2J': { gateway: 'wa\x1bha' } }
    writeFileSync(join(root, 'config', 'config.json'), JSON.stringify({ version: 1, profiles }))
    expect((await complete(['--profile', ''], start(), env)).map(({ word }) => word)).toEqual(['shop'])
  })
})
