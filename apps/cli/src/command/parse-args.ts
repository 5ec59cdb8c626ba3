import { parseArgs } from 'node:util'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { ArgSpec, CommandSpec } from './command.ts'
import { type FlagSpec, GLOBAL_FLAGS } from './flags.ts'
import type { Values } from './values.ts'
import { parseDuration, valuesOf } from './values.ts'

/** The words of a command line: what is neither a flag nor the value of a flag. */
export interface Words {
  readonly words: readonly string[]
  /** The index of each word in the command line. */
  readonly places: readonly number[]
  /** True with `--help` or `-h`. */
  readonly help: boolean
}

type Option = { readonly type: 'string' | 'boolean'; readonly short?: string }
type Flags = Readonly<Record<string, FlagSpec>>

const SHORT: Readonly<Record<string, string>> = { help: 'h' }
/** Put in front of a negative number while Node parses, which would read `-5` as short flags. */
const NEGATIVE_MARK = '\0'

/** Finds the words of a command line. The command is not known yet, so only the flags of every command are. */
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

/** Flags that count even when the command line is too wrong to be parsed. */
export interface EarlyFlags {
  /** Errors are printed as JSON. */
  readonly json: boolean
  readonly noColor: boolean
  readonly verbose: boolean
}

/** Finds these flags by a plain search, in front of `--`. */
export function earlyFlags(argv: readonly string[]): EarlyFlags {
  const own = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length)
  const json = own.some(
    (one, index) =>
      /^--json(=|$)/.test(one) || /^--output=(nd)?json$/.test(one) || (one === '--output' && /^(nd)?json$/.test(own[index + 1] ?? '')),
  )
  return { json, noColor: own.includes('--no-color'), verbose: own.includes('--verbose') }
}

/** The tokens of a command line; a negative number is a value. */
function tokensOf(argv: readonly string[], flags: Flags) {
  const args = argv.map((one) => (/^-(?:\d+(?:\.\d+)?|\.\d+)$/.test(one) ? NEGATIVE_MARK + one : one))
  const { tokens } = parseArgs({ args, options: optionsOf(flags), strict: false, tokens: true })
  return tokens.map((token) =>
    'value' in token && token.value?.startsWith(NEGATIVE_MARK) ? { ...token, value: token.value.slice(1) } : token,
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
  // in `--text --json` the value was most probably forgotten
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
