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

type Flags = Readonly<Record<string, FlagSpec>>
type Args = readonly (readonly [name: string, spec: ArgSpec])[]

/** One part of a command line: an argument in its place, or a flag with its value. */
type Token =
  | { readonly kind: 'operand'; readonly value: string; readonly index: number }
  | {
      readonly kind: 'flag'
      readonly name: string
      readonly typed: string
      readonly value: string | undefined
      readonly index: number
      /** The free text in whose place it stands, when that text is missing without it. */
      readonly insteadOf?: string
    }

/** Flags of other programs, and what they are called here. */
const MEANT_FLAGS: Readonly<Record<string, readonly string[]>> = {
  format: ['output'],
  v: ['verbose'],
  i: ['verbose'],
  include: ['verbose'],
  debug: ['verbose'],
  force: ['yes'],
  f: ['yes'],
  account: ['profile'],
  p: ['profile', 'port'],
  color: ['no-color'],
  colour: ['no-color'],
  s: ['session'],
  name: ['session'],
  n: ['limit', 'session'],
  a: ['all'],
  e: ['events', 'event'],
  d: ['input', 'body'],
  data: ['input', 'body'],
  m: ['text'],
  message: ['text'],
  body: ['text'],
  recipient: ['to'],
  phone: ['to'],
  number: ['to', 'phone'],
}

/** Finds the words of a command line. The command is not known yet, so only the flags of every command are. */
export function findWords(argv: readonly string[]): Words {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const tokens = tokensOf(argv.slice(0, end), GLOBAL_FLAGS, [])
  const found = tokens.filter((token) => token.kind === 'operand')
  const places = found.map((token) => token.index)
  return {
    words: places.map((place) => argv[place] ?? ''),
    places,
    help: tokens.some((token) => token.kind === 'flag' && token.name === 'help'),
  }
}

/** True when a command's line asks for its help: `--help` or `-h` where neither is the value of a flag nor a text. */
export function asksForHelp(spec: CommandSpec, argv: readonly string[]): boolean {
  return tokensOf(argv, flagsOf(spec), argsOf(spec)).some((token) => token.kind === 'flag' && token.name === 'help')
}

/**
 * Parses what follows a command's words.
 *
 * @param title the command, for messages: `session stop`
 * @throws UsageError that says what is wrong and what was probably meant
 */
export function parseCommand(title: string, spec: CommandSpec, argv: readonly string[]): Values {
  const args = argsOf(spec)
  const flags = flagsOf(spec)
  const help = `See: wamux ${title} --help`
  const given = new Map<string, string[]>()
  const placed: string[] = []
  const tokens = tokensOf(argv, flags, args)
  for (const token of tokens) {
    if (token.kind === 'operand') {
      placed.push(token.value)
      continue
    }
    const twice = new UsageError(`--${token.name} is given twice.`, help)
    if (token.insteadOf !== undefined) throw given.get(token.name)?.length ? twice : flagOrText(title, token.typed, token.insteadOf, spec)
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined
    if (!flag) throw unknownFlag(token.typed, flags, help)
    const value = checkedValue(token.name, flag, token.value, help)
    const before = given.get(token.name)
    if (!before) given.set(token.name, value === undefined ? [] : [value])
    else if (value === undefined) continue
    else if (flag.repeat) before.push(value)
    else if (before[0] !== value) throw twice
  }
  const left = args.filter(([name]) => !given.has(name))
  for (const [name, arg] of leavesOutFirst(left, placed, namesBehind(tokens, args)) ? left.slice(1) : left) {
    const values = arg.rest ? placed.splice(0) : placed.splice(0, 1)
    if (values.length > 0) given.set(name, values)
  }
  if (placed.length > 0) throw tooMany(title, spec, placed[0] ?? '', given)
  for (const [name, arg] of args) {
    if (arg.required && !arg.fallback && !given.has(name)) throw missingArgument(title, spec, name, arg)
    if (given.get(name)?.includes('')) throw new UsageError(`wamux ${title}: <${name}> is empty.`, help)
  }
  refuseSwapped(title, spec, args, given)
  return valuesOf(given)
}

/** Refuses a number where the text belongs, and a text where the number does. */
function refuseSwapped(title: string, spec: CommandSpec, args: Args, given: ReadonlyMap<string, readonly string[]>): void {
  const to = args.findIndex(([, { address }]) => address)
  const [address = '', text = ''] = [args[to]?.[0], args.slice(to + 1).find(([, { freeText }]) => freeText)?.[0]]
  const [person, words] = [given.get(address)?.[0], given.get(text)?.[0]]
  if (to < 0 || person === undefined || words === undefined || /\d|@/.test(person)) return
  if (!/^\+[\d ().-]{6,24}$|^[\w.-]{3,80}@(?:c\.us|g\.us|s\.whatsapp\.net|lid|newsletter)$/.test(words)) return
  throw new UsageError(
    `wamux ${title}: "${person}" is no number, and "${words}" is one.`,
    `<${address}> comes first.\n${howTo(title, spec)}`,
  )
}

/** A phone number or JID, which no session is called. */
const ADDRESS = /^[\u200b-\u200f\u202a-\u202e\u2066-\u2069]*\+\d|@(?:c\.us|g\.us|s\.whatsapp\.net|lid|newsletter|broadcast)$/

/**
 * True when the first argument was left out, which has a fallback. Where the second argument is an address,
 * the first was left out if an address with a plus or a server is in its place (bare digits may be the name of a session). Elsewhere: when
 * there are fewer arguments than the command needs.
 *
 * @param mixed an argument is given by its name behind others in their places: then nothing is concluded from their number
 */
function leavesOutFirst(left: Args, placed: readonly string[], mixed: boolean): boolean {
  const [first, second] = left
  if (!first?.[1].fallback) return false
  if (second?.[1].address) return ADDRESS.test(placed[0] ?? '') || placed.length === 0
  return !mixed && placed.length < left.filter(([, { required }]) => required).length
}

/** True when an argument is given by its name behind one in its place. */
function namesBehind(tokens: readonly Token[], args: Args): boolean {
  const first = tokens.findIndex(({ kind }) => kind === 'operand')
  return first >= 0 && tokens.slice(first).some((token) => token.kind === 'flag' && args.some(([name]) => name === token.name))
}

/** `wamux session stop <session>`; arguments that may be left out are in brackets. */
export function usageLine(title: string, { args }: CommandSpec): string {
  const places = Object.entries(args ?? {}).map(([name, { required, fallback, rest }]) => {
    const shown = rest ? `${name}…` : name
    return required && !fallback ? ` <${shown}>` : ` [${shown}]`
  })
  return `wamux ${title}${places.join('')}`
}

function howTo(title: string, spec: CommandSpec): string {
  const [example] = spec.examples
  return `Usage: ${usageLine(title, spec)} [flags]${example ? `\nExample: ${example}` : ''}\nSee: wamux ${title} --help`
}

function tooMany(title: string, spec: CommandSpec, word: string, given: ReadonlyMap<string, readonly string[]>): UsageError {
  const fields = given.get('json')?.length === 0 && /^[\w.]+(,[\w.]+)*$/.test(word)
  const text = argsOf(spec).at(-1)?.[1].freeText === true
  const why = fields
    ? `Fields stand behind an equals sign: --json=${word}\n`
    : text
      ? 'A text of several words is put in quotes: "Hello World"\n'
      : ''
  return new UsageError(`wamux ${title}: "${word}" is one argument too many.`, `${why}${howTo(title, spec)}`)
}

function missingArgument(title: string, spec: CommandSpec, name: string, arg: ArgSpec): UsageError {
  return new UsageError(`wamux ${title}: <${name}> is missing, ${arg.about}.`, howTo(title, spec))
}

/** A flag of the command where a text is expected: it is refused, as it would send nothing, or something else. */
function flagOrText(title: string, typed: string, name: string, spec: CommandSpec): UsageError {
  return new UsageError(
    `wamux ${title}: <${name}> is missing, and ${typed} is a flag.`,
    `If ${typed} is the ${name}: put -- in front of it, or give - and pipe it in.\n${howTo(title, spec)}`,
  )
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
      /^--json(=|$)/.test(one) ||
      /^(--output=|-o=?)(nd)?json$/.test(one) ||
      (/^(--output|-o)$/.test(one) && /^(nd)?json$/.test(own[index + 1] ?? '')),
  )
  return { json, noColor: own.includes('--no-color'), verbose: own.includes('--verbose') }
}

function argsOf({ args }: CommandSpec): Args {
  return Object.entries(args ?? {})
}

function flagsOf(spec: CommandSpec): Flags {
  return { ...GLOBAL_FLAGS, ...spec.flags, ...Object.fromEntries(argsOf(spec).map(flagOf)) }
}

function flagOf([name, arg]: Args[number]): [string, FlagSpec] {
  return [name, { about: arg.about, value: arg.value ?? name, ...(arg.rest ? { repeat: true } : {}) }]
}

/** A flag as it is typed, without its value in the next word. */
interface Typed {
  readonly name: string
  readonly inline: string | undefined
}

/** What looks like a flag: `--name`, `--name=value`, `-n`, `-nvalue`. A negative number is a value, and `-` means stdin. */
function looksLikeFlag(word: string): boolean {
  return word.length > 1 && word.startsWith('-') && word !== '--' && !/^-(?:\d+(?:\.\d+)?|\.\d+)$/.test(word)
}

/** The flag that a word is; undefined when it is none that the command has. */
function flagAt(word: string, flags: Flags): Typed | undefined {
  if (!looksLikeFlag(word)) return undefined
  if (word.startsWith('--')) {
    const [, name = '', inline] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    return Object.hasOwn(flags, name) && name.length > 1 ? { name, inline } : undefined
  }
  const name = shortName(word.charAt(1), flags)
  if (name === undefined) return undefined
  const inline = word.length > 2 ? word.slice(word[2] === '=' ? 3 : 2) : undefined
  return inline !== undefined && flags[name]?.value === undefined ? undefined : { name, inline }
}

function shortName(letter: string, flags: Flags): string | undefined {
  if (Object.hasOwn(flags, letter)) return letter
  return Object.keys(flags).find((name) => flags[name]?.short === letter)
}

function takesNext({ name, inline }: Typed, flags: Flags): boolean {
  return inline === undefined && flags[name]?.value !== undefined && !flags[name]?.optional
}

/**
 * The parts of a command line. An argument in the place of a free text is that text, however it begins: scripts pass texts of other people,
 * and such a text must not become a flag. Only a flag of the command is a flag there: in front of the text, or as a whole word.
 */
function tokensOf(argv: readonly string[], flags: Flags, args: Args): readonly Token[] {
  const tokens: Token[] = []
  const operand = (value: string, index: number) => void tokens.push({ kind: 'operand', value, index })
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (word === '--') {
      if (index === argv.length - 1 && textPlace(tokens, args)) operand(word, index)
      else for (let next = index + 1; next < argv.length; next++) operand(argv[next] ?? '', next)
      break
    }
    if (!looksLikeFlag(word)) {
      operand(word, index)
      continue
    }
    const found = flagAt(word, flags)
    const place = textPlace(tokens, args)
    // a short flag with its value attached is rather a word: -greetings
    const attached = found?.inline !== undefined && !word.startsWith('--')
    const meaning =
      place && found && !attached ? meaningIn(place[0], found, argv.slice(index + 1), tokens, flags, args) : place ? 'text' : 'flag'
    if (meaning === 'text') {
      operand(word, index)
      continue
    }
    const typed = word.replace(/=.*/s, '')
    const [name, inline] = found ? [found.name, found.inline] : [typed.replace(/^-+/, ''), undefined]
    const next = found && takesNext(found, flags) ? argv[index + 1] : undefined
    const insteadOf = meaning === 'unclear' && place ? { insteadOf: place[0] } : {}
    tokens.push({ kind: 'flag', name, typed, value: next ?? inline, index, ...insteadOf })
    if (next !== undefined) index++
  }
  return tokens
}

/** The free text whose turn it is; undefined when it is another argument's, or all are there. */
function textPlace(tokens: readonly Token[], args: Args): Args[number] | undefined {
  const named = new Set(tokens.flatMap((token) => (token.kind === 'flag' ? [token.name] : [])))
  const operands = tokens.flatMap((token) => (token.kind === 'operand' ? [token.value] : []))
  const left = args.filter(([name]) => !named.has(name))
  // without the first argument, which has a fallback, an address is the first one
  const turn = operands.length + (left[0]?.[1].fallback && ADDRESS.test(operands[0] ?? '') ? 1 : 0)
  const place = left[Math.min(turn, left.length - 1)]
  if (!place || (turn >= left.length && !place[1].rest)) return undefined
  return place[1].freeText ? place : undefined
}

/**
 * What a flag of the command means in the place of a free text. It is the flag when the text and all that the command needs behind it
 * still come: `send-text … --dry-run "Hello"`. Else it is the text when it has a value (`--to=…`), and unclear as a whole word.
 */
function meaningIn(
  place: string,
  { name, inline }: Typed,
  after: readonly string[],
  tokens: readonly Token[],
  flags: Flags,
  args: Args,
): 'flag' | 'text' | 'unclear' {
  if (name === 'help' && inline === undefined) return 'flag'
  const isNamed = (one: string) => after.some((word) => flagAt(word, flags)?.name === one)
  if (name === place) return 'flag'
  const operands = tokens.filter(({ kind }) => kind === 'operand').length
  const from = args.findIndex(([one]) => one === place)
  const inFront = args.slice(0, from).some(([one]) => one === name)
  // several texts, and some are there: flags may follow, but none that names an argument in front of them
  const [, spec] = args[from] ?? []
  const begun = spec?.rest === true && operands > from && !inFront
  const needed = args.slice(from).filter(([one, { required }]) => (required || one === place) && !isNamed(one)).length
  const words = after.filter((one) => one !== '--')
  const coming = words.filter((one, at) => isOperand(one, words[at - 1], flags)).length
  const given = tokens.some((token) => token.kind === 'flag' && token.name === name) && !flags[name]?.repeat
  if (begun || (coming >= needed && !inFront && !(given && inline !== undefined))) return 'flag'
  return inline === undefined ? 'unclear' : 'text'
}

function isOperand(word: string, before: string | undefined, flags: Flags): boolean {
  const owner = before === undefined ? undefined : flagAt(before, flags)
  return !looksLikeFlag(word) && !(owner && takesNext(owner, flags))
}

function unknownFlag(typed: string, flags: Flags, help: string): UsageError {
  const bare = typed.replace(/^-+/, '')
  const meant = (Object.hasOwn(MEANT_FLAGS, bare) ? MEANT_FLAGS[bare] : undefined)?.find((one) => Object.hasOwn(flags, one))
  // with a single letter every other letter would count as near
  const names = Object.keys(flags).filter((name) => name.length > 1)
  const near = meant ?? (bare.length > 1 ? didYouMean(bare, names) : undefined)
  const cluster = !typed.startsWith('--') && typed.length > 2
  if (cluster)
    return new UsageError(`Unknown flag ${typed}.`, `If it is a value: put -- in front of it, or give - and pipe it in.\n${help}`)
  return new UsageError(`Unknown flag ${typed}.`, near ? `Did you mean --${near}?` : help)
}

function checkedValue(name: string, flag: FlagSpec, value: string | undefined, help: string): string | undefined {
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value.`, help)
    return undefined
  }
  if (value === undefined && flag.optional) return undefined
  if (value === undefined) throw new UsageError(`--${name} needs a value: --${name} <${flag.value}>.`, help)
  if (flag.duration && parseDuration(value) === undefined) {
    throw new UsageError(`--${name} takes a time like 1500 (ms), 30s, 2m or 1m30s, not "${value}".`, help)
  }
  // other programs count in seconds, and no request is answered within so few milliseconds
  if (flag.duration && /^[1-9]\d?$/.test(value))
    throw new UsageError(`--${name} ${value} would be ${value} ms.`, `Say the unit: --${name} ${value}s, or ${value}ms`)
  const { choices } = flag
  if (!choices) return value
  for (const one of flag.list ? value.split(',') : [value]) {
    if (choices.includes(one)) continue
    const near = didYouMean(one, choices)
    throw new UsageError(`--${name} takes ${choices.join(', ')}, not "${one}".`, near ? `Did you mean ${near}?` : help)
  }
  return value
}
