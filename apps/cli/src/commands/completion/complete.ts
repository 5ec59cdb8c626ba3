import { commandIndex } from '../../generated/command-index.ts'
import { findPlugin, findPlugins, idOf, type Package } from '../../gateway/packages.ts'
import { type Place, placesFrom, type Surroundings } from '../../gateway/places.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { TOPICS } from '../../command/help-topics.ts'
import { nativeWords } from './operation-names.ts'

/** What may come next. */
export interface Candidate {
  readonly word: string
  readonly about: string
}

/** The flags of every command, and the formats of `--output`. */
export const GLOBAL: readonly string[] = [
  'gateway',
  'profile',
  'json',
  'jq',
  'output',
  'quiet',
  'timeout',
  'no-color',
  'no-input',
  'verbose',
  'help',
]
const TAKES_VALUE: ReadonlySet<string> = new Set(['--gateway', '--profile', '--jq', '--output', '--timeout'])
export const FORMATS: readonly string[] = ['table', 'json', 'ndjson', 'csv', 'yaml']

/**
 * What may come next on a command line. Nothing is sent to anybody, and no plugin is loaded that the line does not name.
 *
 * @param words what follows `wamux`; the last one is being typed, and may be empty
 */
export async function complete(words: readonly string[], surroundings: Surroundings, env: Terminal['env']): Promise<readonly Candidate[]> {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const found = await candidates(before, current, placesFrom(surroundings), env)
  return found.filter(({ word }) => word.startsWith(current))
}

async function candidates(
  before: readonly string[],
  current: string,
  places: readonly Place[],
  env: Terminal['env'],
): Promise<readonly Candidate[]> {
  // the value of a flag is no word of the command
  const plain = before.filter((word, index) => !word.startsWith('-') && !TAKES_VALUE.has(before[index - 1] ?? ''))
  const last = before.at(-1)
  if (last === '--output') return named(FORMATS)
  if (last === '--gateway') return gateways(places)
  if (last === '--profile' || (plain[0] === 'profile' && /^(use|remove|show)$/.test(plain[1] ?? ''))) return profiles(env)
  const [word, second] = plain
  if (word === undefined)
    return current.startsWith('-')
      ? flags(['version', ...GLOBAL])
      : [...groups(), ...gateways(places), { word: 'help', about: 'help about a command or topic' }]
  if (word === 'help')
    return second === undefined ? [...groups(), ...Object.entries(TOPICS).map(([topic, about]) => ({ word: topic, about }))] : []
  const group = Object.hasOwn(commandIndex, word) ? commandIndex[word] : undefined
  if (!group) return native(word, plain.slice(1), current, places, env)
  const command = second !== undefined && Object.hasOwn(group.commands, second) ? group.commands[second] : group.commands['']
  if (current.startsWith('-')) return flags([...(command?.[1].split(' ') ?? []), ...GLOBAL])
  if (word === 'completion' && second === undefined) return named(['bash', 'zsh', 'fish', 'powershell'])
  if ((word === 'operations' || word === 'spec') && plain.length <= (word === 'spec' ? 2 : 1) && (word === 'operations' || second))
    return gateways(places)
  if (second !== undefined) return []
  return Object.entries(group.commands).flatMap(([name, [about]]) => (name === '' ? [] : [{ word: name, about }]))
}

function groups(): Candidate[] {
  return Object.entries(commandIndex).map(([word, { about }]) => ({ word, about }))
}

function gateways(places: readonly Place[]): Candidate[] {
  return findPlugins(places).map(({ name }: Package) => ({ word: idOf(name) ?? name, about: `every operation of ${name}` }))
}

async function profiles(env: Terminal['env']): Promise<Candidate[]> {
  try {
    const { readConfig } = await import('../../gateway/store.ts')
    return Object.entries(readConfig(env).profiles).map(([word, { gateway }]) => ({ word, about: gateway }))
  } catch {
    return []
  }
}

async function native(
  id: string,
  words: readonly string[],
  current: string,
  places: readonly Place[],
  env: Terminal['env'],
): Promise<readonly Candidate[]> {
  const plugin = findPlugin(id, places)
  const [family, name] = words
  if (!plugin) return []
  if (current.startsWith('-')) {
    if (family === undefined || name === undefined) return flags(GLOBAL)
    const { operationFlagNames } = await import('./operation-flags.ts')
    return flags([...(await operationFlagNames(plugin, family, name)), ...GLOBAL])
  }
  const index = await nativeWords(plugin, env)
  if (family === undefined)
    return Object.entries(index).map(([word, operations]) => ({ word, about: `${Object.keys(operations).length} operations` }))
  if (name !== undefined) return []
  return Object.entries(Object.hasOwn(index, family) ? (index[family] ?? {}) : {}).map(([word, about]) => ({ word, about }))
}

function named(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, about: '' }))
}

function flags(names: readonly string[]): Candidate[] {
  return names.filter((name) => name !== '').map((name) => ({ word: `${name.length === 1 ? '-' : '--'}${name}`, about: '' }))
}

/** Candidates as the scripts of the shells read them: a word and a tab and what it is about, one a line. */
export function candidateText(found: readonly Candidate[]): string {
  return found.map(({ word, about }) => `${word}\t${about.replaceAll(/\s+/g, ' ')}\n`).join('')
}
