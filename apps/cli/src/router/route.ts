import type { Command, CommandGroup } from '../command/command.ts'
import { findWords } from '../command/parse-args.ts'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Plugins } from '../gateway/plugins.ts'
import { TOPICS } from '../help/topics.ts'
import { commands } from './registry.ts'

/** What the help is about. */
export type Topic =
  | { readonly kind: 'root' }
  | { readonly kind: 'text'; readonly name: string }
  | { readonly kind: 'group'; readonly word: string; readonly group: CommandGroup }
  | { readonly kind: 'command'; readonly title: string; readonly command: Command }
  | { readonly kind: 'gateway'; readonly id: string; readonly family?: string }

/** What a command line asks for: help, or a command to run with the rest of its line. */
export type Route =
  | { readonly kind: 'help'; readonly topic: Topic }
  | { readonly kind: 'command'; readonly title: string; readonly command: Command; readonly rest: readonly string[] }

/** Finds the command of a command line; flags may stand anywhere. @throws UsageError that proposes the nearest command */
export async function findRoute(argv: readonly string[], plugins: Plugins): Promise<Route> {
  const { words, places, help } = findWords(argv)
  if (words[0] === 'help') return helpFor(words.slice(1), plugins)
  const [word, second] = words
  if (word === undefined) {
    const stray = argv.find((one) => one !== '--help' && one !== '-h' && one.startsWith('-'))
    if (stray !== undefined && !help) throw new UsageError(`${stray} needs a command.`, 'See: wamux --help')
    return { kind: 'help', topic: { kind: 'root' } }
  }
  if (help) return helpFor(words, plugins)
  const entry = lookUp(commands, word)
  if (!entry) return operationRoute(argv, words, places, plugins)
  const group = await entry.load()
  const command = second === undefined ? undefined : lookUp(group.commands, second)
  if (command) return { kind: 'command', title: `${word} ${second}`, command, rest: withoutWords(argv, places.slice(0, 2)) }
  // a second word after a flag may be the value of that flag: emulate --port 4010
  const follows = second !== undefined && places[1] === (places[0] ?? 0) + 1
  if (group.bare && (!follows || Object.keys(group.commands).length === 0)) {
    return { kind: 'command', title: word, command: group.bare, rest: withoutWords(argv, places.slice(0, 1)) }
  }
  throw second === undefined ? missingWord(word, group) : unknownCommand(`${word} ${second}`, second, Object.keys(group.commands), word)
}

/** `wamux waha sessions stop`: a first word that is no command can be the id of a gateway. */
async function operationRoute(
  argv: readonly string[],
  words: readonly string[],
  places: readonly number[],
  plugins: Plugins,
): Promise<Route> {
  const [id = '', family, name] = words
  if (!plugins.knownIds().includes(id)) throw noSuchWord(id, plugins)
  if (family === undefined) return { kind: 'help', topic: { kind: 'gateway', id } }
  const [{ operationCommand }, { splitId }] = await loadOperations()
  const table = await plugins.operations(id)
  // the id of an operation is taken as well: wamux waha sessions.stop
  const whole = splitId(family)
  const taken = whole ? 2 : 3
  const rest = withoutWords(argv, places.slice(0, taken))
  const [first, second] = whole ?? [family, name]
  if (second === undefined) return { kind: 'help', topic: { kind: 'gateway', id, family: first } }
  const command = operationCommand(id, table, first, second, rest)
  return { kind: 'command', title: `${id} ${first} ${second}`, command, rest }
}

function loadOperations() {
  return Promise.all([import('../commands/gateway/command.ts'), import('../operation/names.ts')])
}

async function helpFor(words: readonly string[], plugins: Plugins): Promise<Route> {
  const topic = await topicFor(words, plugins)
  return { kind: 'help', topic }
}

async function topicFor(words: readonly string[], plugins: Plugins): Promise<Topic> {
  const [word, second, third] = words
  if (word === undefined) return { kind: 'root' }
  const entry = lookUp(commands, word)
  if (!entry) {
    if (Object.hasOwn(TOPICS, word)) return { kind: 'text', name: word }
    if (!plugins.knownIds().includes(word)) throw noSuchWord(word, plugins)
    if (second === undefined) return { kind: 'gateway', id: word }
    const [{ operationCommand }, { splitId }] = await loadOperations()
    const [family, name] = splitId(second) ?? [second, third]
    if (name === undefined) return { kind: 'gateway', id: word, family }
    const command = operationCommand(word, await plugins.operations(word), family, name, [])
    return { kind: 'command', title: `${word} ${family} ${name}`, command }
  }
  const group = await entry.load()
  const command = second === undefined ? undefined : lookUp(group.commands, second)
  if (command) return { kind: 'command', title: `${word} ${second}`, command }
  // what follows a group with a command of its own can be an argument: wamux help listen default
  if (second === undefined || group.bare) return { kind: 'group', word, group }
  throw unknownCommand(`${word} ${second}`, second, Object.keys(group.commands), word)
}

function noSuchWord(word: string, plugins: Plugins): UsageError {
  return unknownCommand(word, word, [...Object.keys(commands), 'help', ...plugins.knownIds(), ...Object.keys(TOPICS)], undefined)
}

function lookUp<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function missingWord(word: string, { commands: known }: CommandGroup): UsageError {
  return new UsageError(`wamux ${word} needs one more word.`, `One of: ${Object.keys(known).join(', ')}\nSee: wamux ${word} --help`)
}

function unknownCommand(typed: string, word: string, candidates: readonly string[], group: string | undefined): UsageError {
  const near = didYouMean(word, candidates)
  const prefix = group === undefined ? 'wamux' : `wamux ${group}`
  return new UsageError(`There is no command "wamux ${typed}".`, near ? `Did you mean ${prefix} ${near}?` : `See: ${prefix} --help`)
}

function withoutWords(argv: readonly string[], places: readonly number[]): string[] {
  return argv.filter((_, index) => !places.includes(index))
}
