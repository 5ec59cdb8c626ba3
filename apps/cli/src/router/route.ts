import type { Command, CommandGroup } from '../command/command.ts'
import { asksForHelp, findWords } from '../command/parse-args.ts'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Plugins } from '../gateway/plugins.ts'
import { TOPICS } from '../help/topics.ts'
import { firstWords, meantCommand, secondWord } from './aliases.ts'
import { commands } from './registry.ts'

/** What the help is about. */
export type Topic =
  | { readonly kind: 'root' }
  | { readonly kind: 'all' }
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
  const [typed] = words
  if (typed === undefined) {
    if (argv.some((one) => one === '--version' || one === '-V' || one === '-v') && !help) {
      return findRoute(['version', ...argv.filter((one) => !/^(--version|-V|-v)$/.test(one))], plugins)
    }
    const stray = argv.find((one) => one !== '--help' && one !== '-h' && one.startsWith('-'))
    if (stray !== undefined && !help) throw new UsageError(`${stray} needs a command.`, 'See: wamux --help')
    return { kind: 'help', topic: { kind: 'root' } }
  }
  const [word = typed, second = words[1], ...more] = firstWords(typed, commands)
  // a short form stands for two words: login
  const taken = more.length > 0 || second !== words[1] ? 1 : 2
  const entry = lookUp(commands, word)
  if (!entry) return operationRoute(argv, words, places, plugins)
  const group = await entry.load()
  const name = second === undefined ? undefined : secondWord(second, group.commands)
  const command = name === undefined ? undefined : lookUp(group.commands, name)
  if (second === 'help' && !command && !group.bare) return helpFor([word, ...words.slice(2)], plugins)
  if (command) return commandRoute(`${word} ${name}`, command, withoutWords(argv, places.slice(0, taken)))
  if (second === undefined && !group.bare) return { kind: 'help', topic: { kind: 'group', word, group } }
  // a second word after a flag may be the value of that flag: emulate --port 4010
  const follows = second !== undefined && places[1] === (places[0] ?? 0) + 1
  if (group.bare && (!follows || Object.keys(group.commands).length === 0)) {
    const rest = withoutWords(argv, places.slice(0, 1))
    if (asksForHelp(group.bare, rest)) return { kind: 'help', topic: { kind: 'group', word, group } }
    return { kind: 'command', title: word, command: group.bare, rest }
  }
  if (help && (second === undefined || group.bare)) return { kind: 'help', topic: { kind: 'group', word, group } }
  throw unknownCommand(`${word} ${second}`, second ?? '', group.commands, word)
}

function commandRoute(title: string, command: Command, rest: readonly string[]): Route {
  if (asksForHelp(command, rest)) return { kind: 'help', topic: { kind: 'command', title, command } }
  return { kind: 'command', title, command, rest }
}

/** `wamux waha sessions stop`: a first word that is no command can be the id of a gateway. */
async function operationRoute(
  argv: readonly string[],
  words: readonly string[],
  places: readonly number[],
  plugins: Plugins,
): Promise<Route> {
  const [id = '', family, name] = words
  // a topic is no command, and nothing else can be meant
  if (Object.hasOwn(TOPICS, id)) return helpFor(words, plugins)
  if (!plugins.isKnown(id)) throw (await turnedRound(id, family)) ?? noSuchWord(id, plugins)
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
  const route = commandRoute(`${id} ${first} ${second}`, command, rest)
  // for its help a command has the flags of its document, not those that the line uses
  return route.kind === 'help' ? helpFor([id, first, second], plugins) : route
}

function loadOperations() {
  return Promise.all([import('../commands/gateway/command.ts'), import('../operation/names.ts')])
}

async function helpFor(words: readonly string[], plugins: Plugins): Promise<Route> {
  const topic = await topicFor(words, plugins)
  return { kind: 'help', topic }
}

async function topicFor(words: readonly string[], plugins: Plugins): Promise<Topic> {
  const [typed, ...others] = words
  if (typed === undefined) return { kind: 'root' }
  if (typed === 'all') return { kind: 'all' }
  const [word = typed, second, third] = [...firstWords(typed, commands), ...others]
  const entry = lookUp(commands, word)
  if (!entry) {
    if (Object.hasOwn(TOPICS, word)) return { kind: 'text', name: word }
    if (!plugins.isKnown(word)) throw noSuchWord(word, plugins)
    if (second === undefined) return { kind: 'gateway', id: word }
    const [{ operationCommand }, { splitId }] = await loadOperations()
    const [family, name] = splitId(second) ?? [second, third]
    if (name === undefined) return { kind: 'gateway', id: word, family }
    const command = operationCommand(word, await plugins.operations(word), family, name, [])
    return { kind: 'command', title: `${word} ${family} ${name}`, command }
  }
  const group = await entry.load()
  const name = second === undefined ? undefined : secondWord(second, group.commands)
  const command = name === undefined ? undefined : lookUp(group.commands, name)
  if (command) return { kind: 'command', title: `${word} ${name}`, command }
  // what follows a group with a command of its own can be an argument: wamux help listen default
  if (second === undefined || group.bare) return { kind: 'group', word, group }
  throw unknownCommand(`${word} ${second}`, second, group.commands, word)
}

/** The error for a verb that stands first, as kubectl and aws have it: `get session` -> `wamux session get`. */
async function turnedRound(verb: string, thing = ''): Promise<UsageError | undefined> {
  const [group = ''] = firstWords(thing, commands)
  const own = (await lookUp(commands, group)?.load())?.commands ?? {}
  const name = secondWord(verb, own)
  const meant = Object.hasOwn(own, name) ? `wamux ${group} ${name}` : meantCommand(group, verb, own)
  return meant === undefined ? undefined : new UsageError(`There is no command "wamux ${verb}".`, `The thing comes first: ${meant}`)
}

function noSuchWord(word: string, plugins: Plugins): UsageError {
  const others = Object.fromEntries(['help', ...plugins.knownIds(), ...Object.keys(TOPICS)].map((one) => [one, true]))
  return unknownCommand(word, word, { ...commands, ...others }, undefined)
}

function lookUp<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function unknownCommand(typed: string, word: string, known: Readonly<Record<string, unknown>>, group: string | undefined): UsageError {
  const prefix = group === undefined ? 'wamux' : `wamux ${group}`
  const meant = meantCommand(group, word, known)
  const near = meant === undefined ? didYouMean(word, Object.keys(known)) : undefined
  const hint = meant ? `That is here: ${meant}` : near ? `Did you mean ${prefix} ${near}?` : `See: ${prefix} --help`
  return new UsageError(`There is no command "wamux ${typed}".`, hint)
}

function withoutWords(argv: readonly string[], places: readonly number[]): string[] {
  return argv.filter((_, index) => !places.includes(index))
}
