import type { Command, CommandEntry, CommandGroup, CommandSpec } from '../../command/command.ts'
import { type FlagSpec, GLOBAL_FLAGS } from '../../command/flags.ts'
import { usageLine } from '../../command/parse-args.ts'
import { idOf } from '../../gateway/plugin-packages.ts'
import type { HelpView, Pair } from '../../help/layout.ts'
import { dashed, flagPairs, list, section, sentence, valueText } from '../../help/layout.ts'
import { TOPICS } from '../../help/topics.ts'
import { textWidth, wrapText } from '../../print/text-width.ts'

/** What somebody new needs, in the order in which it is needed. */
const COMMON: readonly Pair[] = [
  ['profile add', 'set up an account; also: wamux login'],
  ['emulate', 'or try it without one: four gateways on this machine'],
  ['session create NAME', 'make a session'],
  ['session qr', 'draw its QR code; the phone scans it'],
  ['session list', 'all sessions, and how they are'],
  ['send NUMBER TEXT', 'send a text; all other kinds: wamux message'],
  ['message list NUMBER', 'what was written'],
  ['listen', 'events as they happen'],
  ['doctor', 'what is wrong, and what to do about it'],
]

const EXAMPLES = [
  'wamux emulate                          # try it without an account',
  'wamux profile add                      # or: set up yours',
  'wamux session create default',
  'wamux session qr default',
  'wamux message send-text default +4915112345678 "Hello"',
  'wamux waha chats list default --limit 5 --json=id,name',
]

/** `wamux --help`: one screen of 24 lines for somebody new. */
export function rootHelp(view: HelpView): string {
  return [
    'One command line for the WhatsApp gateways WAHA, Wawp, WARest and SparkBot.\n',
    list('Usage: wamux <command> [flags]', COMMON, view),
    section('Example', ['wamux send +4915112345678 "Hello" --session default'], view),
    list(
      'More',
      [
        ['wamux help all', 'every command and flag'],
        ['wamux COMMAND --help', 'one command: wamux session --help, wamux send --help'],
        ['wamux GATEWAY --help', 'every operation of one gateway: wamux waha --help'],
        [
          'wamux help TOPIC',
          Object.keys(TOPICS)
            .filter((one) => one !== 'topics')
            .join(', '),
        ],
      ],
      view,
    ),
  ].join('\n')
}

/** `wamux help all` @param commands every first word, with what it is about */
export function fullHelp(commands: Readonly<Record<string, CommandEntry>>, view: HelpView): string {
  const words = (kind: 'verbs' | 'tools') =>
    Object.entries(commands)
      .filter(([, entry]) => (entry.kind ?? 'tools') === kind)
      .map(([word, { about }]): Pair => [word, about])
  const gateways = view.plugins.installed().map(({ name }): Pair => [idOf(name) ?? name, `every operation of ${name}`])
  return [
    'One command line for the WhatsApp gateways WAHA, Wawp, WARest and SparkBot.\n',
    section('Usage', ['wamux <command> [flags]', 'wamux <gateway> <resource> <operation> [flags]'], view),
    list('On every gateway', words('verbs'), view),
    gateways.length > 0
      ? list('On one gateway', gateways, view)
      : section('On one gateway', ['No plugin is installed: wamux plugins add waha'], view),
    list('Tools', [...words('tools'), ['help', 'help about a command or topic; all: this text']], view),
    list('Flags', [...flagPairs(GLOBAL_FLAGS), ['-v, --version', 'the version']], view),
    section('Examples', EXAMPLES, view),
    section('Topics', [`wamux help ${Object.keys(TOPICS).slice(0, -1).join(' | ')}`], view),
  ].join('\n')
}

/** `wamux session --help` @param about the line of the word in `wamux --help` */
export function groupHelp(word: string, about: string | undefined, group: CommandGroup, view: HelpView): string {
  const all = Object.entries(group.commands)
  const words = all.map(([name, { about }]): Pair => [name, about])
  const examples = [...(group.bare?.examples ?? []), ...all.flatMap(([, { examples: own }]) => own.slice(0, 1)).slice(0, 4)]
  return [
    `${sentence(group.bare?.about ?? about ?? word)}\n`,
    ...(group.bare?.details ? [`${wrapText(group.bare.details, view.width).join('\n')}\n`] : []),
    section(
      'Usage',
      [...(group.bare ? [usage(word, group.bare, view)] : []), ...(all.length > 0 ? [`wamux ${word} <command> [flags]`] : [])],
      view,
    ),
    ...argumentList(group.bare, view),
    ...(words.length > 0 ? [list('Commands', words, view)] : []),
    ...flagLists(group.bare?.flags, view),
    section('Examples', examples, view),
  ].join('\n')
}

/** `wamux session stop --help` */
export async function commandHelp(title: string, command: Command, view: HelpView): Promise<string> {
  const more = await command.extraHelp?.(view.plugins)
  return [
    `${sentence(command.about)}\n`,
    ...(command.details ? [`${wrapText(command.details, view.width).join('\n')}\n`] : []),
    section('Usage', [usage(title, command, view)], view),
    section('Examples', command.examples, view),
    ...argumentList(command, view),
    ...(command.words ? [list(command.words.title, Object.entries(command.words.words), view)] : []),
    ...flagLists(command.flags, view),
    ...(more ? [`${wrapText(more, view.width).join('\n')}\n`] : []),
  ].join('\n')
}

function argumentList(command: CommandSpec | undefined, view: HelpView): string[] {
  const args = Object.entries(command?.args ?? {})
  if (args.length === 0) return []
  return [
    list(
      'Arguments, in their place or as --name',
      args.map(([name, { about }]): Pair => [`<${name}>`, about]),
      view,
    ),
  ]
}

function flagLists(flags: Readonly<Record<string, FlagSpec>> | undefined, view: HelpView): string[] {
  const own = flagPairs(flags ?? {})
  return [...(own.length > 0 ? [list('Flags', own, view)] : []), list('Flags of every command', flagPairs(GLOBAL_FLAGS), view)]
}

function usage(title: string, spec: CommandSpec, { width }: HelpView): string {
  const own = Object.entries(spec.flags ?? {}).filter(([, { hidden }]) => !hidden)
  const start = usageLine(title, spec)
  const whole = start + own.map(([name, flag]) => ` [${dashed(name)}${valueText(flag)}]`).join('')
  // a line with many flags gets too long: the list of flags below says the same
  return textWidth(whole) <= width - 2 || own.length === 0 ? whole : `${start} [flags]`
}
