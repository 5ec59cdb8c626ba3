import { type Command, type CommandSpec, type FlagSpec, GLOBAL_FLAGS, type Group } from '../../command/command.ts'
import { commands } from '../../router/registry.ts'
import type { Plugins } from '../../gateway/installed.ts'
import { idOf } from '../../gateway/packages.ts'
import { padText, textWidth, wrapText } from '../../print/text-width.ts'
import type { Topic } from '../../router/route.ts'
import type { Paint } from '../../terminal/terminal.ts'
import { TOPICS } from '../../command/help-topics.ts'

/** What help is written with. */
export interface HelpView {
  readonly paint: Paint
  readonly width: number
  readonly plugins: Plugins
}

const EXAMPLES = [
  'wamux emulate                          # try it without an account',
  'wamux profile add                      # or: set up yours',
  'wamux session create default',
  'wamux session qr default',
  'wamux message send-text default +4915112345678 "Hello"',
  'wamux waha chats list default --limit 5 --json=id,name',
]

/** The help about a topic. */
export async function helpText(topic: Topic, view: HelpView): Promise<string> {
  switch (topic.kind) {
    case 'root':
      return rootHelp(view)
    case 'text':
      return (await import('./topic.ts')).topicText(topic.name, view)
    case 'group':
      return groupHelp(topic.word, topic.group, view)
    case 'command':
      return commandHelp(topic.title, topic.command, view)
    case 'gateway':
      return (await import('../operation/help.ts')).gatewayHelp(topic.id, topic.family, view)
  }
}

/** `wamux --help` */
function rootHelp(view: HelpView): string {
  const words = (kind: 'verbs' | 'tools') =>
    Object.entries(commands)
      .filter(([, entry]) => (entry.kind ?? 'tools') === kind)
      .map(([word, { about }]): Pair => [word, about])
  const gateways = view.plugins.found().map(({ name }): Pair => [idOf(name) ?? name, `every operation of ${name}`])
  return [
    'One command line for the WhatsApp gateways WAHA, Wawp, WARest and SparkBot.\n',
    section('Usage', ['wamux <command> [flags]', 'wamux <gateway> <resource> <operation> [flags]'], view),
    list('On every gateway', words('verbs'), view),
    gateways.length > 0
      ? list('On one gateway', gateways, view)
      : section('On one gateway', ['No plugin is installed: wamux plugins add waha'], view),
    list('Tools', [...words('tools'), ['help', 'this text, or that of a command or topic']], view),
    list('Flags', [...flagPairs(GLOBAL_FLAGS), ['--version', 'the version']], view),
    section('Examples', EXAMPLES, view),
    section('Topics', [`wamux help ${Object.keys(TOPICS).slice(0, -1).join(' | ')}`], view),
  ].join('\n')
}

/** `wamux session --help` */
export function groupHelp(word: string, group: Group, view: HelpView): string {
  const all = Object.entries(group.commands)
  const words = all.map(([name, { about }]): Pair => [name, about])
  const examples = [...(group.bare?.examples ?? []), ...all.flatMap(([, { examples: own }]) => own.slice(0, 1)).slice(0, 4)]
  return [
    `${sentence(group.bare?.about ?? commands[word]?.about ?? word)}\n`,
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
  const more = await command.more?.(view.plugins)
  return [
    `${sentence(command.about)}\n`,
    ...(command.details ? [`${wrapText(command.details, view.width).join('\n')}\n`] : []),
    section('Usage', [usage(title, command, view)], view),
    section('Examples', command.examples, view),
    ...argumentList(command, view),
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

function usage(title: string, { args, flags }: CommandSpec, { width }: HelpView): string {
  const places = Object.entries(args ?? {}).map(([name, { required, rest }]) => {
    const shown = rest ? `${name}…` : name
    return required ? ` <${shown}>` : ` [${shown}]`
  })
  const own = Object.entries(flags ?? {}).filter(([, { hidden }]) => !hidden)
  const start = `wamux ${title}${places.join('')}`
  const whole = start + own.map(([name, flag]) => ` [${dashed(name)}${valueText(flag)}]`).join('')
  // with many of them the list below says more than a line that never ends
  return textWidth(whole) <= width - 2 || own.length === 0 ? whole : `${start} [flags]`
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`
}

function valueText({ value, optional }: FlagSpec): string {
  if (value === undefined) return ''
  return optional ? `[=${value}]` : ` <${value}>`
}

type Pair = readonly [name: string, about: string]

export function flagPairs(flags: Readonly<Record<string, FlagSpec>>): Pair[] {
  return Object.entries(flags)
    .filter(([, { hidden }]) => !hidden)
    .map(([name, flag]) => [`${dashed(name)}${valueText(flag)}`, flag.about])
}

/** Lines under a heading. */
export function section(title: string, lines: readonly string[], { paint }: Pick<HelpView, 'paint'>): string {
  return `${paint.bold(title)}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

const LONGEST_NAME = 26

/** Names and what they are, under a heading. */
export function list(title: string, entries: readonly Pair[], view: Pick<HelpView, 'paint' | 'width'>): string {
  const { paint, width } = view
  const name = Math.min(LONGEST_NAME, Math.max(...entries.map(([one]) => textWidth(one))))
  const indent = ' '.repeat(name + 4)
  const lines = entries.flatMap(([one, about]) => {
    const wrapped = wrapText(about, width - name - 4)
    // a name that is too long has a line of its own
    if (textWidth(one) > name) return [paint.cyan(one), ...wrapped.map((line) => `${indent.slice(2)}${line}`)]
    return wrapped.map((line, index) => (index === 0 ? `${paint.cyan(padText(one, name))}  ${line}` : `${indent.slice(2)}${line}`))
  })
  return section(title, lines, view)
}

/** `all sessions` -> `All sessions.` */
export function sentence(about: string): string {
  return `${about.charAt(0).toUpperCase()}${about.slice(1)}${/[….!?]$/.test(about) ? '' : '.'}`
}
