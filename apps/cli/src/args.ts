import { parseArgs } from 'node:util'
import { type ArgSpec, type CommandSpec, type FlagSpec, GLOBAL_FLAGS } from './command.ts'
import { didYouMean } from './did-you-mean.ts'
import { UsageError } from './usage-error.ts'

/** What was given on the command line, checked. */
export interface Values {
  text(name: string): string | undefined
  /** A value that the parser has made sure of. */
  required(name: string): string
  is(name: string): boolean
  /** A duration in ms. */
  ms(name: string): number | undefined
  list(name: string): readonly string[] | undefined
}

export interface Words {
  /** Leading words that no flag belongs to: what command is meant. */
  readonly words: readonly string[]
  /** Where they stand in the command line. */
  readonly places: readonly number[]
  readonly help: boolean
}

type Option = { readonly type: 'string' | 'boolean'; readonly short?: string }

const SHORT: Readonly<Record<string, string>> = { help: 'h' }

/** The words of a command line, before it is known which flags the command has. */
export function findWords(argv: readonly string[]): Words {
  const { tokens } = parseArgs({ args: [...argv], options: optionsOf(GLOBAL_FLAGS), strict: false, tokens: true })
  const end = tokens.find((token) => token.kind === 'option-terminator')?.index ?? argv.length
  const found = tokens.filter((token) => token.kind === 'positional' && token.index < end)
  const places = found.map((token) => token.index)
  return {
    words: places.map((place) => argv[place] ?? ''),
    places,
    help: tokens.some((token) => token.kind === 'option' && token.name === 'help'),
  }
}

/**
 * Parses what follows a command's words.
 *
 * @param title the command, for messages: `session stop`
 * @throws UsageError that says what is wrong and what was probably meant
 */
export function parseCommand(title: string, spec: CommandSpec, argv: readonly string[]): Values {
  const args = Object.entries(spec.args ?? {})
  const flags: Readonly<Record<string, FlagSpec>> = { ...GLOBAL_FLAGS, ...spec.flags, ...Object.fromEntries(args.map(flagOf)) }
  const { tokens } = parseArgs({ args: [...argv], options: optionsOf(flags), strict: false, tokens: true })
  const help = `See: wamux ${title} --help`
  const given = new Map<string, string | true>()
  const placed: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') placed.push(token.value)
    if (token.kind !== 'option') continue
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined
    if (!flag) throw unknownFlag(token.rawName, flags, help)
    given.set(token.name, checkedValue(token.name, flag, token.value, token.inlineValue, help))
  }
  for (const [name] of args) {
    if (given.has(name)) continue
    const value = placed.shift()
    if (value !== undefined) given.set(name, value)
  }
  if (placed.length > 0) throw new UsageError(`wamux ${title}: "${placed[0]}" is one argument too many.`, help)
  for (const [name, arg] of args) {
    if (arg.required && !given.has(name)) throw new UsageError(`wamux ${title}: <${name}> is missing, ${arg.about}.`, help)
    if (given.get(name) === '') throw new UsageError(`wamux ${title}: <${name}> is empty.`, help)
  }
  return valuesOf(given)
}

function flagOf([name, arg]: [string, ArgSpec]): [string, FlagSpec] {
  return [name, { about: arg.about, value: arg.value ?? name }]
}

function optionsOf(flags: Readonly<Record<string, FlagSpec>>): Record<string, Option> {
  const options: Record<string, Option> = {}
  for (const [name, flag] of Object.entries(flags)) {
    const short = SHORT[name]
    options[name] = { type: flag.value === undefined ? 'boolean' : 'string', ...(short ? { short } : {}) }
  }
  return options
}

function unknownFlag(rawName: string, flags: Readonly<Record<string, FlagSpec>>, help: string): UsageError {
  const near = didYouMean(rawName.replace(/^-+/, ''), Object.keys(flags))
  return new UsageError(`Unknown flag ${rawName}.`, near ? `Did you mean --${near}?` : help)
}

function checkedValue(name: string, flag: FlagSpec, value: string | undefined, inline: boolean | undefined, help: string): string | true {
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value.`, help)
    return true
  }
  if (value === undefined) throw new UsageError(`--${name} needs a value: --${name} <${flag.value}>.`, help)
  // "--text --json" is far more often a forgotten value than a value
  if (!inline && value.length > 1 && value.startsWith('-')) {
    throw new UsageError(
      `--${name} needs a value, and ${value} looks like a flag.`,
      `For a value that starts with a dash: --${name}=${value}`,
    )
  }
  if (flag.duration && parseDuration(value) === undefined) {
    throw new UsageError(`--${name} takes a time like 1500 (ms), 30s or 2m, not "${value}".`, help)
  }
  const { choices } = flag
  if (!choices) return value
  for (const one of flag.list ? value.split(',') : [value]) {
    if (choices.includes(one)) continue
    const near = didYouMean(one, choices)
    throw new UsageError(`--${name} takes ${choices.join(', ')}, not "${one}".`, near ? `Did you mean ${near}?` : help)
  }
  return value
}

const UNITS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000 }

/** Milliseconds of `1500`, `1500ms`, `30s` or `2m`. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,9}(?:\.\d+)?)(ms|s|m|)$/.exec(text) ?? []
  return digits === undefined || unit === undefined ? undefined : Math.round(Number(digits) * (UNITS[unit] ?? 1))
}

/** Given values by name. */
export function valuesOf(given: ReadonlyMap<string, string | true>): Values {
  const text = (name: string) => {
    const value = given.get(name)
    return typeof value === 'string' ? value : undefined
  }
  return {
    text,
    required: (name) => text(name) ?? '',
    is: (name) => given.has(name),
    ms: (name) => parseDuration(text(name) ?? ''),
    list: (name) => text(name)?.split(','),
  }
}
