import { GLOBAL_FLAGS } from '../../command/flags.ts'
import { type ModulesFolder, modulesFolders, type SearchStart } from '../../gateway/modules-folders.ts'
import { findPlugin, findPlugins, idOf, type Package } from '../../gateway/plugin-packages.ts'
import { commandIndex } from '../../generated/command-index.ts'
import { ACCOUNT_STATES, CAUSES, FAULTS } from '../../generated/emulator-words.ts'
import { TOPICS } from '../../help/topics.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { oneLine } from '../../terminal/visible-text.ts'
import { operationNames } from './operation-names.ts'

/** One word that can come next. */
export interface Candidate {
  readonly word: string
  readonly about: string
}

// a shell puts the word on its command line as it is; names of folders, profiles and plugins come from elsewhere
const SAFE_WORD = /^[\w@%+=:,./-]+$/
const GLOBAL: readonly string[] = Object.keys(GLOBAL_FLAGS).filter((name) => !GLOBAL_FLAGS[name]?.hidden)
const TAKES_VALUE: ReadonlySet<string> = new Set(
  Object.entries(GLOBAL_FLAGS).flatMap(([name, { value, optional }]) => (value === undefined || optional ? [] : [`--${name}`])),
)

/**
 * What can come next on a command line. Nothing is sent, and no plugin is loaded but the one that the line names.
 *
 * @param words what follows `wamux`; the last one is being typed, and may be empty
 */
export async function complete(words: readonly string[], start: SearchStart, env: Terminal['env']): Promise<readonly Candidate[]> {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  // most completions need no plugin: then no folder is looked into
  let folders: readonly ModulesFolder[] | undefined
  const found = await candidates(before, current, () => (folders ??= usableFolders(start)), env)
  return found.filter(({ word }) => word.startsWith(current) && SAFE_WORD.test(word))
}

/** Folders of projects that nobody has trusted are left out: a table of operations is code. */
function usableFolders(start: SearchStart): readonly ModulesFolder[] {
  return modulesFolders(start).filter(({ trusted }) => trusted)
}

async function candidates(
  before: readonly string[],
  current: string,
  folders: () => readonly ModulesFolder[],
  env: Terminal['env'],
): Promise<readonly Candidate[]> {
  // words of the command only: without flags and their values
  const plain = before.filter((word, index) => !word.startsWith('-') && !TAKES_VALUE.has(before[index - 1] ?? ''))
  const last = before.at(-1)
  if (last === '--output') return plainCandidates(GLOBAL_FLAGS.output?.choices ?? [])
  if (last === '--gateway') return gateways(folders)
  if (last === '--profile' || (plain[0] === 'profile' && /^(use|remove|show)$/.test(plain[1] ?? ''))) return profiles(env)
  // the value of another flag is no command
  if (last !== undefined && TAKES_VALUE.has(last)) return []
  const [word, second] = plain
  if (word === undefined)
    return current.startsWith('-')
      ? flags(['version', ...GLOBAL])
      : [...groups(), ...gateways(folders), { word: 'help', about: 'help about a command or topic' }]
  if (word === 'help')
    return second === undefined ? [...groups(), ...Object.entries(TOPICS).map(([topic, about]) => ({ word: topic, about }))] : []
  const group = Object.hasOwn(commandIndex, word) ? commandIndex[word] : undefined
  if (!group) return operationCandidates(word, plain.slice(1), current, folders, env)
  const command = second !== undefined && Object.hasOwn(group.commands, second) ? group.commands[second] : group.commands['']
  if (current.startsWith('-')) return flags([...(command?.[1].split(' ') ?? []), ...GLOBAL])
  if (word === 'trigger' && second === undefined) return plainCandidates(CAUSES)
  if (word === 'completion' && second === undefined) return plainCandidates(['bash', 'zsh', 'fish', 'powershell'])
  if ((word === 'operations' || word === 'spec') && plain.length <= (word === 'spec' ? 2 : 1) && (word === 'operations' || second))
    return gateways(folders)
  if (word === 'emulate' && plain.length === 2) return emulateCandidates(second)
  if (second !== undefined) return []
  return Object.entries(group.commands).flatMap(([name, [about]]) => (name === '' ? [] : [{ word: name, about }]))
}

function emulateCandidates(command: string | undefined): Candidate[] {
  const named = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([word, about]) => ({ word, about }))
  if (command === 'fault') return [...named(FAULTS), { word: 'off', about: 'end what is wrong' }]
  return command === 'account' ? [...named(ACCOUNT_STATES), { word: 'ok', about: 'end all states of the account' }] : []
}

function groups(): Candidate[] {
  return Object.entries(commandIndex).map(([word, { about }]) => ({ word, about }))
}

function gateways(folders: () => readonly ModulesFolder[]): Candidate[] {
  return findPlugins(folders()).map(({ name }: Package) => ({ word: idOf(name) ?? name, about: `every operation of ${name}` }))
}

async function profiles(env: Terminal['env']): Promise<Candidate[]> {
  try {
    const { readConfig } = await import('../../gateway/profile-store.ts')
    return Object.entries(readConfig(env).profiles).map(([word, { gateway }]) => ({ word, about: gateway }))
  } catch {
    return []
  }
}

async function operationCandidates(
  id: string,
  words: readonly string[],
  current: string,
  folders: () => readonly ModulesFolder[],
  env: Terminal['env'],
): Promise<readonly Candidate[]> {
  const plugin = findPlugin(id, folders())
  const [family, name] = words
  if (!plugin) return []
  if (current.startsWith('-')) {
    if (family === undefined || name === undefined) return flags(GLOBAL)
    const { operationFlagNames } = await import('./operation-flags.ts')
    return flags([...(await operationFlagNames(plugin, family, name)), ...GLOBAL])
  }
  const index = await operationNames(plugin, env)
  if (family === undefined)
    return Object.entries(index).map(([word, operations]) => ({ word, about: `${Object.keys(operations).length} operations` }))
  if (name !== undefined) return []
  return Object.entries(Object.hasOwn(index, family) ? (index[family] ?? {}) : {}).map(([word, about]) => ({ word, about }))
}

function plainCandidates(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, about: '' }))
}

function flags(names: readonly string[]): Candidate[] {
  return names.filter((name) => name !== '').map((name) => ({ word: `${name.length === 1 ? '-' : '--'}${name}`, about: '' }))
}

/** Candidates for the scripts of the shells: one line each, word, tab, description. */
export function candidateText(found: readonly Candidate[]): string {
  const safe = found.filter(({ word }) => SAFE_WORD.test(word))
  return safe.map(({ word, about }) => `${word}\t${oneLine(about).replaceAll(/\s+/g, ' ')}\n`).join('')
}
