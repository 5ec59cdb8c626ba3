import { verbs } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { ownPlugins } from '../../test/own-plugins.ts'
import { kebabCase } from '../command/case.ts'
import { parseCommand } from '../command/parse-args.ts'
import { MEANT } from './aliases.ts'
import { commands } from './registry.ts'
import { findRoute as findAnyRoute } from './route.ts'

const findRoute = (argv: readonly string[]) => findAnyRoute(argv, ownPlugins)

describe('the way to a command', () => {
  it('leads over flags that stand anywhere', async () => {
    const route = await findRoute(['--gateway', 'waha', 'session', '--json', 'stop', 'x', '--timeout', '5s'])
    expect(route).toMatchObject({ kind: 'command', title: 'session stop', rest: ['--gateway', 'waha', '--json', 'x', '--timeout', '5s'] })
  })

  it('takes the value of a flag for no command', async () => {
    expect(await findRoute(['emulate', '--port', '0', '--json'])).toMatchObject({ title: 'emulate', rest: ['--port', '0', '--json'] })
    expect(await findRoute(['emulate', 'scan', 'x'])).toMatchObject({ title: 'emulate scan', rest: ['x'] })
  })

  it('leads to help on every level', async () => {
    expect(await findRoute([])).toEqual({ kind: 'help', topic: { kind: 'root' } })
    expect(await findRoute(['--help'])).toEqual({ kind: 'help', topic: { kind: 'root' } })
    expect(await findRoute(['session'])).toMatchObject({ kind: 'help', topic: { kind: 'group', word: 'session' } })
    expect(await findRoute(['session', '--help'])).toMatchObject({ kind: 'help', topic: { kind: 'group', word: 'session' } })
    expect(await findRoute(['help', 'session', 'stop'])).toMatchObject({ topic: { kind: 'command', title: 'session stop' } })
    expect(await findRoute(['session', 'stop', 'x', '-h'])).toMatchObject({ topic: { kind: 'command', title: 'session stop' } })
    expect(await findRoute(['help', 'exit-codes'])).toMatchObject({ topic: { kind: 'text', name: 'exit-codes' } })
    expect(await findRoute(['waha'])).toMatchObject({ topic: { kind: 'gateway', id: 'waha' } })
    expect(await findRoute(['waha', 'sessions'])).toMatchObject({ topic: { kind: 'gateway', id: 'waha', family: 'sessions' } })
    expect(await findRoute(['help', 'waha', 'sessions', 'stop'])).toMatchObject({ topic: { kind: 'command', title: 'waha sessions stop' } })
  })

  it('is named for words of other programs, and every command that is named exists', async () => {
    const named = Object.values(MEANT).flatMap((text) =>
      [...text.matchAll(/\bwamux ((?:[a-z-]+ ?)+)/g)].map(([, words = '']) => words.trim()),
    )
    expect(named.length).toBeGreaterThan(40)
    for (const words of named) await expect(findRoute(words.split(' ')), words).resolves.toBeDefined()
  })

  it('leads to every operation of a gateway, also by its id', async () => {
    const wanted = { kind: 'command', title: 'waha sessions stop', rest: ['x', '--json'] }
    expect(await findRoute(['waha', 'sessions', 'stop', 'x', '--json'])).toMatchObject(wanted)
    expect(await findRoute(['waha', 'sessions.stop', 'x', '--json'])).toMatchObject(wanted)
  })

  it.each([
    [['wahaa', 'sessions'], 'no command "wamux wahaa"', 'Did you mean wamux waha?'],
    [['waha', 'sesions', 'list'], 'no "sesions" in waha', 'Did you mean wamux waha sessions?'],
    [['waha', 'sessions', 'stp'], 'no operation "sessions stp"', 'Did you mean wamux waha sessions stop?'],
    [['sesion', 'list'], 'no command "wamux sesion"', 'Did you mean wamux session?'],
    [['session', 'stp'], 'no command "wamux session stp"', 'Did you mean wamux session stop?'],
    [['help', 'session', 'stp'], 'no command', 'wamux session stop'],
    [['emulate', 'scna'], 'no command', 'wamux emulate scan'],
    [['webhook', 'add'], 'no command', 'wamux webhook create'],
    [['--json'], '--json needs a command', '--help'],
    [['toString'], 'no command', '--help'],
    [['session', 'constructor'], 'no command', '--help'],
  ])('%j ends in advice', async (argv, message, hint) => {
    await expect(findRoute(argv)).rejects.toMatchObject({ message: expect.stringContaining(message), hint: expect.stringContaining(hint) })
  })
})

describe('the commands', () => {
  it.each(Object.entries(verbs))('%s has every verb of the vocabulary, under its word', async (namespace, names) => {
    const group = await commands[namespace]?.load()
    expect(Object.keys(group?.commands ?? {})).toEqual(expect.arrayContaining(names.map(kebabCase)))
  })

  it('speak in words', () => {
    expect(kebabCase('requestPairingCode')).toBe('request-pairing-code')
    expect(kebabCase('qr')).toBe('qr')
  })

  it('have examples that they understand themselves', async () => {
    for (const [word, { load }] of Object.entries(commands)) {
      const { bare, commands: known } = await load()
      for (const [name, command] of [...Object.entries(known), ...(bare ? [['', bare] as const] : [])]) {
        expect(command.examples.length, `${word} ${name}`).toBeGreaterThan(0)
        for (const example of command.examples) {
          const words = wordsOf(example)
          const route = await findRoute(words)
          expect(route, example).toMatchObject({ kind: 'command', command: { about: command.about } })
          if (route.kind === 'command') parseCommand(route.title, route.command, route.rest)
        }
      }
    }
  })
})

// as a shell splits it, as far as our examples go
function wordsOf(example: string): string[] {
  const line = example
    .replace(/\s+#.*$/, '')
    .replace(/^eval "\$\((.*)\)"$/, '$1')
    .replace(/^.*(\||<\(|=\S+)\s*(?=wamux)/, '')
    .replace(/\)$| [|<>]+ .*$/, '')
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '').slice(1)
}
