import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { EmulatorServer } from '@wamux/emulator/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textWidth } from '../src/print/text-width.ts'
import { invoke } from './in-process.ts'
import { ownPlugins } from './own-plugins.ts'
import { openShop, type Shop } from './shop.ts'

// what people type first who come from gh, docker or stripe
let shop: Shop
let emulator: EmulatorServer
let waha: Record<string, string>
let folder: string
beforeAll(async () => {
  shop = await openShop()
  ;({ emulator, waha, folder } = shop)
})
afterAll(() => shop.close())
const run: Shop['run'] = (line, around) => shop.run(line, around)

describe('the session that is not named', () => {
  it('is the only one there is, and is told', async () => {
    const ended = await run('wamux send +4915112345678 "Hello"')
    expect(ended).toMatchObject({ code: 0, stderr: 'Session shop (the only one of WAHA)\n' })
    expect((await run('wamux message send-text +4915112345678 "Hello again"')).stderr).toContain('Session shop')
    expect((await run('wamux session get')).stdout).toContain('connected')
    expect(await run('wamux message list +4915112345678 --jq .items[].text')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('shop'),
    })
    expect((await run('wamux message list +4915112345678')).stdout).toContain('Hello again')
  })

  it('comes from WAMUX_SESSION, and --session wins', async () => {
    const env = { ...waha, WAMUX_SESSION: 'other' }
    expect(await run('wamux session get', { env })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('Session other (WAMUX_SESSION)'),
    })
    expect(await run('wamux send +4915112345678 Hi --session shop', { env })).toMatchObject({ code: 0, stderr: '' })
    expect(await run('wamux session get shop', { env })).toMatchObject({ code: 0, stderr: '' })
  })

  it('is kept by the profile', async () => {
    const { WAMUX_WAHA_BASE_URL: url, WAMUX_WAHA_API_KEY: key = '', ...rest } = waha
    const env = { ...rest, WAMUX_SECRETS: 'file' }
    const added = await run(`wamux profile add mine --gateway waha --base-url ${url} --session shop --secrets-stdin`, { env, stdin: key })
    expect(added).toMatchObject({ code: 0 })
    expect(await run('wamux send +4915112345678 Hi', { env })).toMatchObject({ code: 0, stderr: 'Session shop (profile mine)\n' })
    await run('wamux profile use mine --session other', { env })
    expect((await run('wamux profile show mine', { env })).stdout).toContain('other')
    expect((await run('wamux session get', { env })).stderr).toContain('Session other (profile mine)')
    await run('wamux profile rm mine --yes', { env })
  })

  it('is asked for where there are several, and never guessed for what deletes', async () => {
    await run('wamux session create second --no-start')
    const ended = await run('wamux send +4915112345678 Hi')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/Which session\? WAHA has (shop, second|second, shop)\./)
    expect(ended.stderr).toContain('export WAMUX_SESSION=')
    await run('wamux session delete second --yes')
    for (const verb of ['delete', 'logout']) {
      expect(await run(`wamux session ${verb} --yes`)).toMatchObject({ code: 2, stderr: expect.stringContaining('<session> is missing') })
    }
  })

  it('asks no gateway for a dry run', async () => {
    expect(await run('wamux send +4915112345678 Hi --dry-run')).toMatchObject({ code: 2, stderr: expect.stringContaining('dry run') })
  })
})

describe('a session with settings', () => {
  const settings = { metadata: { team: 'sales' }, noweb: { store: { enabled: true, fullSync: false } } }
  const configOf = async (name: string) =>
    (JSON.parse((await run(`wamux api /api/sessions/${name} --json`)).stdout) as { config: Record<string, unknown> }).config

  it.each([
    ['JSON', () => ['--config', JSON.stringify(settings)], ''],
    ['a file', () => ['--config', join(folder, 'settings.json')], ''],
    ['@ and a file', () => [`--config=@${join(folder, 'settings.json')}`], ''],
    ['stdin', () => ['--config', '-'], JSON.stringify(settings)],
  ])('takes them as %s', async (_what, flags, stdin) => {
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
    expect(await invoke(['session', 'create', 'set', '--no-start', ...flags()], { env: waha, stdin })).toMatchObject({ code: 0 })
    expect(await configOf('set')).toMatchObject(settings)
    await run('wamux session delete set --yes')
  })

  it('has its webhooks', async () => {
    const made = await run('wamux session create set --no-start --webhook https://example.com/a --webhook https://example.com/b')
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('Events go to https://example.com/a\n') })
    expect((await run('wamux webhook list set')).stdout).toMatch(/example\.com\/a.*example\.com\/b/s)
    await run('wamux session delete set --yes')
  })

  it.each([
    ['wamux session create set --config nowhere.json', 2, 'is no JSON'],
    ['wamux session create set --config [1]', 2, 'has to be a JSON object'],
    ['wamux session create set --webhook no-address', 2, 'url'],
  ])('%s is refused', async (line, code, text) => {
    expect(await run(`${line} --no-start`)).toMatchObject({ code, stderr: expect.stringContaining(text) })
    await run('wamux session delete set --yes')
  })
})

describe('several gateways', () => {
  const all = (): Record<string, string> =>
    Object.assign({}, ...Object.values(emulator.gateways).map(({ env }) => env), { WAMUX_CONFIG_DIR: folder })

  it('are listed together, with a column that says whose', async () => {
    const { stdout, code } = await run('wamux session list', { env: all() })
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toBe('GATEWAY\tSESSION\tSTATE\tACCOUNT\tPHONE\tNAME')
    expect(rows.map((row) => row.split('\t').slice(0, 3).join(' '))).toContain('waha shop connected')
    expect(code).toBe(0)
    const { sessions } = JSON.parse((await run('wamux session list --json', { env: all() })).stdout) as { sessions: object[] }
    expect(sessions).toContainEqual(expect.objectContaining({ gateway: 'waha', session: 'shop' }))
  })

  it('hide each other no failure', async () => {
    const ended = await run('wamux session list', { env: { ...all(), WAMUX_WAREST_API_KEY: 'wrong' } })
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('waha\tshop')
    expect(ended.stderr).toMatch(/^error: warest: /m)
    expect(ended.stderr).not.toContain('wrong')
  })

  it('do not count when their plugin is not installed', async () => {
    const plugins = { ...ownPlugins, isInstalled: (id: string) => id === 'waha' }
    expect(await run('wamux session list', { env: all(), plugins })).toMatchObject({ code: 0, stdout: expect.stringMatching(/^SESSION\t/) })
  })
})

describe('errors', () => {
  it('show the usage line and an example for what is missing', async () => {
    const { stderr } = await run('wamux message send-text shop +4915112345678')
    expect(stderr).toContain('<text> is missing')
    expect(stderr).toContain('Usage: wamux message send-text [session] <to> <text> [flags]')
    expect(stderr).toContain('Example: wamux message send-text default +4915112345678 "Hello"')
  })

  it.each([
    ['wamux message get shop +4915112345678 no-such', 'message no-such in the chat with +4915112345678', 'wamux message list shop'],
    ['wamux group get shop 1203630@g.us', 'group 1203630@g.us', 'wamux group list shop'],
    ['wamux api /api/nothing/there', 'nothing at /api/nothing/there', 'wamux operations waha'],
    ['wamux session get nowhere', 'no session "nowhere"', 'wamux session list'],
  ])('%s tells what was looked for: %s', async (line, wanted, hint) => {
    const ended = await run(line)
    expect(ended).toMatchObject({ code: 5, stdout: '' })
    expect(ended.stderr).toContain(wanted)
    expect(ended.stderr).toContain(hint)
    const [, failed = ''] = /^wamux (\S+ \S+)/.exec(line) ?? []
    expect(ended.stderr).not.toContain(`wamux ${failed}`)
  })

  it('do not hint at the command that has just failed', async () => {
    const server = createServer((_request, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const env = { WAMUX_WAHA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, WAMUX_WAHA_API_KEY: 'k' }
    const { stderr } = await run('wamux session list', { env })
    server.close().closeAllConnections()
    expect(stderr).not.toContain('wamux session list')
    expect(stderr).toContain('WAMUX_WAHA_BASE_URL')
  })

  it('do not break words at 80 columns', async () => {
    for (const line of [
      'wamux session get nowhere',
      'wamux session list --gateway nowhere',
      'wamux message send-text',
      'wamux webhook create shop',
    ]) {
      const { stderr } = await run(line, { columns: 80 })
      for (const one of stderr.split('\n'))
        if (one.includes(' ')) expect(textWidth(stripVTControlCharacters(one)), one).toBeLessThanOrEqual(80)
    }
  })

  it('name --url for an address where a file is expected', async () => {
    const { stderr, code } = await run('wamux message send-image shop +4915112345678 https://example.com/a.png?token=secret')
    expect(code).toBe(2)
    expect(stderr).toContain('--url')
    expect(stderr).not.toContain('secret')
  })

  it('name the flag of an emoji that is missing', async () => {
    expect(await run('wamux message react shop +4915112345678 ID')).toMatchObject({ code: 2, stderr: expect.stringContaining('--emoji') })
  })
})

describe('tables', () => {
  it('never cut an id at 80 columns', async () => {
    await run(`wamux send +4915112345678 "${'a long text '.repeat(12)}"`)
    const { items } = JSON.parse((await run('wamux message list shop +4915112345678 --json')).stdout) as { items: { id: string }[] }
    const { stdout } = await run('wamux message list shop +4915112345678', { columns: 80 })
    for (const { id } of items) expect(stdout).toContain(id)
    expect(stdout).toContain('…')
  })

  it('are tab-separated without padding for a program', async () => {
    const { stdout } = await run('wamux session list')
    expect(stdout).toMatch(/^SESSION\tSTATE\tACCOUNT\tPHONE\tNAME\nshop\tconnected\tok\t\+4915100000001\t[^\t]*\n$/)
  })
})

describe('numbers and texts from elsewhere', () => {
  it.each(['\u202a+49 151 12345678\u202c', '+49\u2011151\u201112345678', '+49 151\u201312345678', '\u200e+4915112345678'])(
    '%j is a number',
    async (number) => {
      const ended = await invoke(['send', number, 'Hi'], { env: waha })
      expect(ended, ended.stderr).toMatchObject({ code: 0 })
      expect(ended.stdout).toContain('4915112345678')
      expect(await invoke(['message', 'send-text', number, 'Hi'], { env: waha })).toMatchObject({ code: 0 })
    },
  )
})

describe('help', () => {
  it('fits 24 lines of 80 columns for who is new', async () => {
    for (const line of ['wamux', 'wamux --help', 'wamux -h', 'wamux help']) {
      const { stdout, code } = await run(line, { columns: 80 })
      expect(code).toBe(0)
      const lines = stripVTControlCharacters(stdout).trimEnd().split('\n')
      expect(lines.length, line).toBeLessThanOrEqual(23)
      for (const one of lines) expect(textWidth(one), one).toBeLessThanOrEqual(80)
      for (const word of ['send', 'session', 'emulate', 'profile add', 'doctor', 'wamux help all']) expect(stdout).toContain(word)
    }
  })

  it('has everything in wamux help all', async () => {
    const { stdout } = await run('wamux help all')
    for (const word of ['session', 'send', 'webhook', 'spec', 'mcp', '--gateway', '--output', '--version', 'waha', 'exit-codes'])
      expect(stdout).toContain(word)
  })

  it('takes --yes wherever something could ask', async () => {
    for (const line of ['wamux session list --yes', 'wamux session start shop --yes', 'wamux doctor --offline --yes']) {
      expect((await run(line)).stderr, line).not.toContain('Unknown flag')
    }
  })
})

describe('doctor', () => {
  it('says that nothing is set up, and how to', async () => {
    const { stdout, code } = await run('wamux doctor', { env: { WAMUX_CONFIG_DIR: join(folder, 'empty') } })
    expect(code).toBe(0)
    expect(stdout).toContain('No gateway is set up')
    expect(stdout).toContain('wamux profile add')
    expect(stdout).not.toContain('All is well')
  })

  it('says whose line is whose', async () => {
    const env: Record<string, string> = { ...waha, WAMUX_CONFIG_DIR: join(folder, 'doctor'), WAMUX_SECRETS: 'file' }
    await run(`wamux profile add mine --gateway waha --base-url ${waha.WAMUX_WAHA_BASE_URL} --secrets-stdin`, {
      env,
      stdin: waha.WAMUX_WAHA_API_KEY ?? '',
    })
    const { stdout } = await run('wamux doctor', { env })
    expect(stdout).toContain('waha: access (environment)')
    expect(stdout).toContain('mine: access (profile)')
    expect(stdout).toMatch(/mine: server \(profile\) {2}WAHA [\d.]+ \(CORE, NOWEB\); wamux is made for /)
  })
})

describe('the emulator', () => {
  it('prints what to export for one gateway, for eval', async () => {
    const { stdout, code } = await run(`wamux emulate env waha --url ${emulator.url}`)
    expect(code).toBe(0)
    expect(stdout).toBe(`export WAMUX_WAHA_BASE_URL=${emulator.url}/waha\nexport WAMUX_WAHA_API_KEY=emulator-waha-key\n`)
  })

  it('exports nothing where none runs', async () => {
    expect(await run('wamux emulate env waha --url http://127.0.0.1:1')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('wamux emulate'),
    })
  })
})

describe('listen', () => {
  it('takes the only session there is', async () => {
    expect(await run('wamux listen --via poll', { until: 'Listening to shop' })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Listening to shop'),
    })
  })

  it('ends after --timeout', async () => {
    const began = performance.now()
    expect(await run('wamux listen shop --via poll --interval 100ms --timeout 300ms')).toMatchObject({ code: 0 })
    expect(performance.now() - began).toBeGreaterThan(290)
  })
})

describe('wait-for', () => {
  it('never tells to wait again', async () => {
    const { stderr } = await run('wamux session wait-for shop --state stopped --timeout 500ms --interval 100ms')
    expect(stderr).toContain('wamux session get shop')
    expect(stderr).not.toContain('Try: wait')
  })
})

it('a QR code saved as SVG is SVG', async () => {
  await run('wamux session create picture')
  await run('wamux session wait-for picture --state pairing --interval 20ms')
  const file = join(folder, 'qr.svg')
  expect(await run(`wamux session qr picture --out ${file}`)).toMatchObject({ code: 0, stderr: expect.stringContaining('image/svg+xml') })
  expect(readFileSync(file, 'utf8')).toMatch(/^<svg /)
  await run('wamux session delete picture --yes')
})

it('a file of a native flag carries the content type of its name', async () => {
  let body = ''
  const server = createServer((request, response) => {
    request.setEncoding('latin1').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const env = { WAMUX_WAREST_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, WAMUX_WAREST_API_KEY: 'k' }
  const file = join(folder, 'photo.jpg')
  writeFileSync(file, 'jpeg')
  const operations = (await ownPlugins.operations('warest')).operations
  const binary = Object.values(operations).find(
    ({ id, body: kinds }) => id.startsWith('messages.') && kinds?.kinds.some(({ fields }) => fields?.some(({ type }) => type === 'binary')),
  )
  const field = binary?.body?.kinds.flatMap(({ fields }) => fields ?? []).find(({ type }) => type === 'binary')
  const [family = '', name = ''] = (binary?.id ?? '').split('.')
  const kebab = (text: string) => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const ended = await invoke(
    ['warest', kebab(family), kebab(name), '--session-id', 's', '--to', '6281111111111', `--${kebab(field?.name ?? '')}`, file],
    { env },
  )
  server.close().closeAllConnections()
  expect(ended.stderr).not.toContain('expected text')
  expect(body).toContain('content-type: image/jpeg')
})
