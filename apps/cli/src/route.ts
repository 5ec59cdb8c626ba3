import { findWords } from './args.ts'
import type { Command, Group } from './command.ts'
import { commands } from './commands.ts'
import { didYouMean } from './did-you-mean.ts'
import { UsageError } from './usage-error.ts'

/** What a command line asks for. */
export type Route =
  | { readonly kind: 'help'; readonly topic?: { readonly word: string; readonly group: Group; readonly command?: string } }
  | { readonly kind: 'command'; readonly title: string; readonly command: Command; readonly rest: readonly string[] }

/** Finds the command that a command line means, wherever its flags stand. @throws UsageError with what was probably meant */
export async function findRoute(argv: readonly string[]): Promise<Route> {
  const { words, places, help } = findWords(argv)
  if (words[0] === 'help') return helpFor(words.slice(1))
  const [word, second] = words
  if (word === undefined) {
    const stray = argv.find((one) => one !== '--help' && one !== '-h' && one.startsWith('-'))
    if (stray !== undefined && !help) throw new UsageError(`${stray} needs a command.`, 'See: wamux --help')
    return { kind: 'help' }
  }
  if (help) return helpFor(words)
  const group = await loadGroup(word)
  const command = second === undefined ? undefined : find(group.commands, second)
  if (command) return { kind: 'command', title: `${word} ${second}`, command, rest: without(argv, places.slice(0, 2)) }
  // a word further on may be the value of a flag of the group's own
  const follows = second !== undefined && places[1] === (places[0] ?? 0) + 1
  if (group.bare && (!follows || Object.keys(group.commands).length === 0)) {
    return { kind: 'command', title: word, command: group.bare, rest: without(argv, places.slice(0, 1)) }
  }
  throw second === undefined ? missing(word, group) : unknown(`${word} ${second}`, second, Object.keys(group.commands), word)
}

async function helpFor(words: readonly string[]): Promise<Route> {
  const [word, second] = words
  if (word === undefined) return { kind: 'help' }
  const group = await loadGroup(word)
  // a session or another value may follow a group's own command
  if (second === undefined || (group.bare && !find(group.commands, second))) return { kind: 'help', topic: { word, group } }
  if (!find(group.commands, second)) throw unknown(`${word} ${second}`, second, Object.keys(group.commands), word)
  return { kind: 'help', topic: { word, group, command: second } }
}

async function loadGroup(word: string): Promise<Group> {
  const entry = find(commands, word)
  if (!entry) throw unknown(word, word, [...Object.keys(commands), 'help'], undefined)
  return entry.load()
}

function find<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function missing(word: string, { commands: known }: Group): UsageError {
  return new UsageError(`wamux ${word} needs one more word.`, `One of: ${Object.keys(known).join(', ')}\nSee: wamux ${word} --help`)
}

function unknown(typed: string, word: string, candidates: readonly string[], group: string | undefined): UsageError {
  const near = didYouMean(word, candidates)
  const prefix = group === undefined ? 'wamux' : `wamux ${group}`
  return new UsageError(`There is no command "wamux ${typed}".`, near ? `Did you mean ${prefix} ${near}?` : `See: ${prefix} --help`)
}

function without(argv: readonly string[], places: readonly number[]): string[] {
  return argv.filter((_, index) => !places.includes(index))
}
