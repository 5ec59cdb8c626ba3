import { parseArgs } from 'node:util'
import { type ArgSpec, type CommandSpec, type FlagSpec, GLOBAL_FLAGS } from './command.ts'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'

/** What was given on the command line, checked. */
export interface Values {
  text(name: string): string | undefined
  /** A value that the parser has made sure of. */
  required(name: string): string
  is(name: string): boolean
  /** A duration in ms. */
  ms(name: string): number | undefined
  list(name: string): readonly string[] | undefined
  /** Every value of what may be given several times. */
  all(name: string): readonly string[]
}

export interface Words {
  /** Leading words that no flag belongs to: what command is meant. */
  readonly words: readonly string[]
  /** Where they stand in the command line. */
  readonly places: readonly number[]
  readonly help: boolean
}

type Option = { readonly type: 'string' | 'boolean'; readonly short?: string }
type Flags = Readonly<Record<string, FlagSpec>>

const SHORT: Readonly<Record<string, string>> = { help: 'h' }
/** Stands before a number below zero, which the parser would take for short flags. */
const NUMBER = '\0'

/** The words of a command line, before it is known which flags the command has. */
export function findWords(argv: readonly string[]): Words {
  const tokens = tokensOf(argv, GLOBAL_FLAGS)
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
  const flags: Flags = { ...GLOBAL_FLAGS, ...spec.flags, ...Object.fromEntries(args.map(flagOf)) }
  const help = `See: wamux ${title} --help`
  const given = new Map<string, string[]>()
  const placed: string[] = []
  for (const token of tokensOf(argv, flags)) {
    if (token.kind === 'positional') placed.push(token.value)
    if (token.kind !== 'option') continue
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined
    if (!flag) throw unknownFlag(token.rawName, flags, help)
    const value = checkedValue(token.name, flag, token.value, token.inlineValue, help)
    const before = given.get(token.name)
    if (!before) given.set(token.name, value === undefined ? [] : [value])
    else if (value === undefined) continue
    else if (flag.repeat) before.push(value)
    else if (before[0] !== value) throw new UsageError(`--${token.name} is given twice.`, help)
  }
  for (const [name, arg] of args) {
    if (given.has(name)) continue
    const values = arg.rest ? placed.splice(0) : placed.splice(0, 1)
    if (values.length > 0) given.set(name, values)
  }
  if (placed.length > 0) throw new UsageError(`wamux ${title}: "${placed[0]}" is one argument too many.`, help)
  for (const [name, arg] of args) {
    if (arg.required && !given.has(name)) throw new UsageError(`wamux ${title}: <${name}> is missing, ${arg.about}.`, help)
    if (given.get(name)?.includes('')) throw new UsageError(`wamux ${title}: <${name}> is empty.`, help)
  }
  return valuesOf(given)
}

/** The tokens of a command line, numbers below zero among them as values. */
function tokensOf(argv: readonly string[], flags: Flags) {
  const args = argv.map((one) => (/^-\d*\.?\d+$/.test(one) ? NUMBER + one : one))
  const { tokens } = parseArgs({ args, options: optionsOf(flags), strict: false, tokens: true })
  return tokens.map((token) =>
    'value' in token && token.value?.startsWith(NUMBER) ? { ...token, value: token.value.slice(1) } : token,
  ) as typeof tokens
}

function flagOf([name, arg]: [string, ArgSpec]): [string, FlagSpec] {
  return [name, { about: arg.about, value: arg.value ?? name, ...(arg.rest ? { repeat: true } : {}) }]
}

function optionsOf(flags: Flags): Record<string, Option> {
  const options: Record<string, Option> = {}
  for (const [name, flag] of Object.entries(flags)) {
    const short = SHORT[name] ?? (name.length === 1 ? name : undefined)
    const type = flag.value === undefined || flag.optional ? 'boolean' : 'string'
    options[name] = { type, ...(short ? { short } : {}) }
  }
  return options
}

function unknownFlag(rawName: string, flags: Flags, help: string): UsageError {
  const near = didYouMean(rawName.replace(/^-+/, ''), Object.keys(flags))
  return new UsageError(`Unknown flag ${rawName}.`, near ? `Did you mean --${near}?` : help)
}

function checkedValue(
  name: string,
  flag: FlagSpec,
  value: string | undefined,
  inline: boolean | undefined,
  help: string,
): string | undefined {
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value.`, help)
    return undefined
  }
  if (value === undefined && flag.optional) return undefined
  if (value === undefined) throw new UsageError(`--${name} needs a value: --${name} <${flag.value}>.`, help)
  // "--text --json" is far more often a forgotten value than a value
  if (!inline && value.length > 1 && value.startsWith('-') && !/^-\d/.test(value)) {
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

const UNITS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `1500`, `1500ms`, `30s`, `2m`, `8h` or `7d`. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,9}(?:\.\d+)?)(ms|s|m|h|d|)$/.exec(text) ?? []
  return digits === undefined || unit === undefined ? undefined : Math.round(Number(digits) * (UNITS[unit] ?? 1))
}

/** Given values by name; a flag without a value has an empty list. */
export function valuesOf(given: ReadonlyMap<string, readonly string[]>): Values {
  const text = (name: string) => given.get(name)?.[0]
  return {
    text,
    required: (name) => text(name) ?? '',
    is: (name) => given.has(name),
    ms: (name) => parseDuration(text(name) ?? ''),
    list: (name) => text(name)?.split(','),
    all: (name) => given.get(name) ?? [],
  }
}
