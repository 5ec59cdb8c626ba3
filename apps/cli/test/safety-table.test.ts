import { type Audience, type Operation, type Safety, verbAudience, verbSafety, verbs } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { kebabCase } from '../src/command/case.ts'
import { parseCommand } from '../src/command/parse-args.ts'
import { isAllowed } from '../src/commands/mcp/tools.ts'
import { accessNote, dangerOf, factsOf, type Permission } from '../src/operation/consent.ts'
import { commands } from '../src/router/registry.ts'
import { findRoute } from '../src/router/route.ts'
import { invoke } from './in-process.ts'
import { ownPlugins } from './own-plugins.ts'

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot'] as const
const tables = await Promise.all(GATEWAYS.map(async (id) => [id, Object.values((await ownPlugins.operations(id)).operations)] as const))
const all: readonly (readonly [gateway: string, operation: Operation])[] = tables.flatMap(([id, list]) =>
  list.map((one) => [id, one] as const),
)
const name = ([gateway, { id }]: (typeof all)[number]) => `${gateway} ${id}`

/** The flag sets of `wamux mcp`, and what a person expects of each: written down apart from the code. */
const FLAG_SETS: readonly (readonly [flags: string, permissions: readonly Permission[], offers: (one: Operation) => boolean])[] = [
  ['--read-only', [], (one) => one.safety === 'read' && one.audience === 'nobody' && !one.secretAnswer],
  ['', ['change'], (one) => isPlain(one) && one.audience === 'nobody'],
  ['--allow-send', ['change', 'send'], (one) => one.safety !== 'danger' && one.audience !== 'access' && !one.secretAnswer],
  ['--allow-access', ['change', 'access'], (one) => isPlain(one) && one.audience !== 'others'],
  ['--allow-danger', ['change', 'danger'], (one) => one.audience === 'nobody' && one.safety !== 'send' && !one.secretAnswer],
  ['all', ['change', 'send', 'access', 'danger'], () => true],
]
const isPlain = ({ safety, audience, secretAnswer }: Operation) =>
  (['read', 'converge', 'create'] as readonly Safety[]).includes(safety) && (!secretAnswer || audience === 'access')

describe('agents', () => {
  it.each(FLAG_SETS)('with %s are offered what it says, over all operations', (_flags, permissions, offers) => {
    const allowed = new Set(permissions)
    const wrong = all.filter(([, one]) => isAllowed(one, allowed) !== offers(one)).map(name)
    expect(wrong).toEqual([])
  })

  it('get no secrets by --read-only', () => {
    const reads = all.filter(([, one]) => isAllowed(one, new Set()))
    expect(reads.length).toBeGreaterThan(150)
    expect(reads.map(name)).not.toContain('waha keys.list')
    expect(reads.map(name)).not.toContain('waha server.environment')
  })
})

describe('people', () => {
  it('are asked before what cannot be undone and told when somebody gains access, over all operations', () => {
    const wrong = all.filter(([, one]) => {
      const asks = dangerOf(one, {}, 'X') !== undefined
      const says = accessNote(one) !== undefined
      return asks !== (one.safety === 'danger') || (one.audience === 'access' && !asks && !says) || (one.audience !== 'access' && says)
    })
    expect(wrong.map(name)).toEqual([])
  })

  it('are asked, and agents need more, where an input does what cannot be undone', () => {
    const dangers = all.flatMap(([gateway, one]) => {
      const fields = [...(one.parameters ?? []), ...(one.body?.kinds ?? []).flatMap((kind) => kind.fields ?? [])]
      return fields.filter(({ danger }) => danger).map(({ name }) => [gateway, one, name] as const)
    })
    expect(dangers.map(([gateway, { id }, name]) => `${gateway} ${id} ${name}`)).toEqual([
      'sparkbot devices.getQr force',
      'sparkbot devices.requestAuthCode force',
    ])
    for (const [, one, name] of dangers) {
      for (const on of [true, 'true', 'TRUE', '1', 1, 'yes', [true]]) {
        expect(dangerOf(one, { [name]: on }, 'X'), `${one.id} ${String(on)}`).toBeDefined()
        expect(isAllowed(factsOf(one, { [name]: on }), new Set(['change', 'access']))).toBe(false)
      }
      for (const off of [undefined, null, false, 'false', '']) expect(dangerOf(one, { [name]: off }, 'X'), one.id).toBeUndefined()
    }
  })

  it.each([
    ['get-qr', ['sparkbot', 'devices', 'get-qr', '--device-id', '61b37a069cba0c15d6c89757', '--force']],
    ['api', ['api', 'GET', '/devices/61b37a069cba0c15d6c89757/scan?force=true', '--gateway', 'sparkbot']],
    ['api, by fields', ['api', 'GET', '/devices/61b37a069cba0c15d6c89757/scan', '--gateway', 'sparkbot', '-f', 'force=1']],
  ])('are asked before a QR code that drops the session: %s', async (_, words) => {
    const env = { WAMUX_SPARKBOT_API_KEY: 'key-of-sparkbot', WAMUX_SPARKBOT_BASE_URL: 'http://127.0.0.1:1' }
    expect(await invoke(words, { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect((await invoke([...words, '--yes'], { env })).code).toBe(3)
  })

  it.each(GATEWAYS)('can say --yes and -y to every operation of %s', async (gateway) => {
    const operations = tables.find(([id]) => id === gateway)?.[1] ?? []
    for (const { id } of operations) {
      for (const flag of ['--yes', '-y']) {
        const route = await findRoute([gateway, id, flag], ownPlugins)
        if (route.kind !== 'command') throw new Error(id)
        expect(parseCommand(route.title, route.command, route.rest).is('yes'), `${id} ${flag}`).toBe(true)
      }
    }
  })

  it('are asked by every verb that cannot be undone, and by no other', async () => {
    const wrong: string[] = []
    for (const [namespace, ids] of Object.entries(verbs)) {
      const group = await commands[namespace]?.load()
      for (const verb of ids) {
        const id = `${namespace}.${verb}` as keyof typeof verbSafety
        const { flags = {}, examples } = group?.commands[kebabCase(verb)] ?? { examples: [] }
        const asks = flags.yes !== undefined && !flags.yes.hidden
        if (asks !== (verbSafety[id] === 'danger')) wrong.push(id)
        const command = group?.commands[kebabCase(verb)]
        for (const flag of ['--yes', '-y']) {
          const line = Object.keys(command?.args ?? {}).map((name) => `--${name}=1`)
          if (!command || !parseCommand(id, command, [...line, flag]).is('yes')) wrong.push(`${id}: no ${flag}`)
        }
        expect(examples.length, id).toBeGreaterThan(0)
      }
    }
    expect(wrong).toEqual([])
  })

  it.each([
    ['session', 'logout', 'default'],
    ['session', 'reset', 'default'],
    ['session', 'delete', 'default'],
  ])('are asked before wamux %s %s; a script has to say --yes', async (...words) => {
    const env = {
      WAMUX_WAHA_API_KEY: 'key-of-waha',
      WAMUX_WAHA_BASE_URL: 'http://127.0.0.1:1',
      WAMUX_SPARKBOT_API_KEY: 'key-of-sparkbot',
      WAMUX_SPARKBOT_BASE_URL: 'http://127.0.0.1:1',
    }
    const gateway = words[1] === 'reset' ? 'sparkbot' : 'waha'
    const asked = await invoke([...words, '--gateway', gateway], { env })
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    for (const yes of ['--yes', '-y'])
      expect((await invoke([...words, '--gateway', 'waha', yes], { env })).code).toBe(words[1] === 'reset' ? 7 : 3)
  })

  it('see who is touched in tables, JSON and help', async () => {
    const { stdout } = await invoke(['operations', '--json'])
    const rows = JSON.parse(stdout) as { gateway: string; id: string; audience: Audience; safety: Safety }[]
    expect(rows.map(({ gateway, id, audience }) => `${gateway} ${id} ${audience}`)).toEqual(
      all.map((one) => `${name(one)} ${one[1].audience}`),
    )
    expect((await invoke(['operations', 'waha', '--audience', 'access', '--json'])).stdout).toContain('keys.create')
    expect((await invoke(['operations', 'waha', '--search', 'keys.create'])).stdout).toMatch(/create\taccess/)
    expect((await invoke(['waha', 'keys', 'create', '--help'])).stdout).toContain('gives somebody access')
    expect((await invoke(['waha', 'messages', 'send-text', '--help'])).stdout).toContain('Other people see it')
    expect((await invoke(['waha', 'keys', '--help'])).stdout).toContain('gives access')
  })

  it('are told by verbs that give access', () => {
    const told = Object.entries(verbAudience).filter(([id, audience]) => accessNote({ audience, safety: verbSafety[id as 'session.get'] }))
    expect(told.map(([id]) => id)).toEqual(
      Object.keys(verbAudience).filter(
        (id) => verbAudience[id as 'session.get'] === 'access' && verbSafety[id as 'session.get'] !== 'danger',
      ),
    )
  })
})
