import { type Command, type CommandSpec, type FlagSpec, GLOBAL_FLAGS, type Group } from './command.ts'
import { commands } from './commands.ts'
import { EXIT_MEANINGS } from './exit-codes.ts'
import { padText, textWidth, wrapText } from './print/text-width.ts'
import type { Paint } from './terminal.ts'

const EXAMPLES = [
  'wamux emulate',
  'wamux session create default --gateway waha',
  'wamux session qr default --gateway waha',
  'wamux message send-text default +4915112345678 "Hello" --gateway waha',
]

/** `wamux --help` */
export function rootHelp(paint: Paint, width: number): string {
  const words = Object.entries(commands).map(([word, { about }]): Pair => [word, about])
  return [
    'One command line for the WhatsApp gateways WAHA, Wawp, WARest and SparkBot.\n',
    section('Usage', [`wamux <command> [flags]`], paint),
    list('Commands', [...words, ['help', 'this text, or that of a command']], paint, width),
    list('Flags', [...flagPairs(GLOBAL_FLAGS), ['--version', 'the version']], paint, width),
    section('Examples', EXAMPLES, paint),
    list(
      'Environment',
      [
        ['WAMUX_<GATEWAY>_BASE_URL', 'where the gateway is; WAHA and WARest default to this machine'],
        ['WAMUX_<GATEWAY>_API_KEY', 'the key, for WAHA, WARest and SparkBot'],
        ['WAMUX_WAWP_INSTANCE_ID, WAMUX_WAWP_ACCESS_TOKEN', 'the same for Wawp'],
      ],
      paint,
      width,
    ),
    list(
      'Exit codes',
      EXIT_MEANINGS.map(([code, meaning]): Pair => [String(code), meaning]),
      paint,
      width,
    ),
  ].join('\n')
}

/** `wamux session --help` */
export function groupHelp(word: string, group: Group, paint: Paint, width: number): string {
  const all = Object.entries(group.commands)
  const words = all.map(([name, { about }]): Pair => [name, about])
  const examples = [...(group.bare?.examples ?? []), ...all.flatMap(([, { examples: own }]) => own.slice(0, 1)).slice(0, 4)]
  return [
    `${sentence(group.bare?.about ?? commands[word]?.about ?? word)}\n`,
    ...(group.bare?.details ? [`${wrapText(group.bare.details, width).join('\n')}\n`] : []),
    section(
      'Usage',
      [...(group.bare ? [usage(word, group.bare)] : []), ...(all.length > 0 ? [`wamux ${word} <command> [flags]`] : [])],
      paint,
    ),
    ...(words.length > 0 ? [list('Commands', words, paint, width)] : []),
    list('Flags', flagPairs({ ...group.bare?.flags, ...GLOBAL_FLAGS }), paint, width),
    section('Examples', examples, paint),
  ].join('\n')
}

/** `wamux session stop --help` */
export async function commandHelp(title: string, command: Command, paint: Paint, width: number): Promise<string> {
  const args = Object.entries(command.args ?? {})
  const more = await command.more?.()
  return [
    `${sentence(command.about)}\n`,
    ...(command.details ? [`${wrapText(command.details, width).join('\n')}\n`] : []),
    section('Usage', [usage(title, command)], paint),
    ...(args.length > 0
      ? [
          list(
            'Arguments, in their place or as --name',
            args.map(([name, { about }]): Pair => [`<${name}>`, about]),
            paint,
            width,
          ),
        ]
      : []),
    list('Flags', flagPairs({ ...command.flags, ...GLOBAL_FLAGS }), paint, width),
    section('Examples', command.examples, paint),
    ...(more ? [`${more}\n`] : []),
  ].join('\n')
}

function usage(title: string, { args, flags }: CommandSpec): string {
  const places = Object.entries(args ?? {}).map(([name, { required }]) => (required ? ` <${name}>` : ` [${name}]`))
  const own = Object.entries(flags ?? {}).map(([name, { value }]) => ` [--${name}${value ? ` <${value}>` : ''}]`)
  return `wamux ${title}${places.join('')}${own.join('')}`
}

type Pair = readonly [name: string, about: string]

function flagPairs(flags: Readonly<Record<string, FlagSpec>>): Pair[] {
  return Object.entries(flags).map(([name, { about, value }]) => [`--${name}${value ? ` <${value}>` : ''}`, about])
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  return `${paint.bold(title)}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

const LONGEST_NAME = 26

function list(title: string, entries: readonly Pair[], paint: Paint, width: number): string {
  const name = Math.min(LONGEST_NAME, Math.max(...entries.map(([one]) => textWidth(one))))
  const indent = ' '.repeat(name + 4)
  const lines = entries.flatMap(([one, about]) => {
    const wrapped = wrapText(about, width - name - 4)
    // a name that is too long has a line of its own
    if (textWidth(one) > name) return [paint.cyan(one), ...wrapped.map((line) => `${indent.slice(2)}${line}`)]
    return wrapped.map((line, index) => (index === 0 ? `${paint.cyan(padText(one, name))}  ${line}` : `${indent.slice(2)}${line}`))
  })
  return section(title, lines, paint)
}

function sentence(about: string): string {
  return `${about.charAt(0).toUpperCase()}${about.slice(1)}${about.endsWith('…') ? '' : '.'}`
}
