import type { Command, CommandGroup } from '../src/command/command.ts'
import { type FlagSpec, GLOBAL_FLAGS } from '../src/command/flags.ts'
import { paragraphs, type TopicParts } from '../src/commands/help/topic-texts.ts'
import { EXIT_MEANINGS } from '../src/errors/exit-codes.ts'
import { sentence } from '../src/help/layout.ts'
import { commands } from '../src/router/registry.ts'

/** The manual pages, by their file names. @param version of wamux */
export async function manPages(version: string): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([['wamux.1', rootPage(version)]])
  for (const [word, { about, load }] of Object.entries(commands))
    pages.set(`wamux-${word}.1`, groupPage(word, about, await load(), version))
  return pages
}

function rootPage(version: string): string {
  const words = Object.entries(commands).map(([word, { about }]) => item(`wamux ${word}`, `${about}: see wamux-${word}(1)`))
  return [
    head('wamux', 'one command line for WhatsApp gateways', version),
    heading('SYNOPSIS'),
    '.B wamux\n\\fIcommand\\fR [\\fIflags\\fR]\n.br\n.B wamux\n\\fIgateway\\fR \\fIresource\\fR \\fIoperation\\fR [\\fIflags\\fR]\n',
    heading('DESCRIPTION'),
    text('The same words for WAHA, Wawp, WARest and SparkBot, errors that say what to do next, and never a message sent twice.'),
    heading('COMMANDS'),
    ...words,
    heading('FLAGS'),
    ...flags(GLOBAL_FLAGS),
    heading('EXIT STATUS'),
    ...EXIT_MEANINGS.map(([code, meaning]) => item(String(code), meaning)),
    heading('ENVIRONMENT'),
    item('WAMUX_<GATEWAY>_BASE_URL', 'where the gateway is'),
    item('WAMUX_<GATEWAY>_API_KEY', 'its key; wamux help environment names all variables'),
    ...(paragraphs.environment ?? []).map(part),
    ...['output', 'profiles', 'agents'].flatMap((name) => [heading(name.toUpperCase()), ...(paragraphs[name] ?? []).map(part)]),
  ].join('')
}

function groupPage(word: string, about: string, { bare, commands: own }: CommandGroup, version: string): string {
  return [
    head(`wamux-${word}`, about, version),
    heading('SYNOPSIS'),
    ...(bare ? [synopsis(word, bare)] : []),
    ...Object.entries(own).map(([name, command]) => synopsis(`${word} ${name}`, command)),
    ...(bare ? [heading('DESCRIPTION'), ...command(undefined, bare)] : []),
    ...(Object.keys(own).length > 0 ? [heading('COMMANDS')] : []),
    ...Object.entries(own).flatMap(([name, one]) => command(`${word} ${name}`, one)),
    heading('SEE ALSO'),
    text('wamux(1) has the flags of every command, exit status and environment.'),
  ].join('')
}

function command(title: string | undefined, { about, details, args = {}, flags: own = {}, examples }: Command): string[] {
  return [
    ...(title === undefined ? [] : [`.SS wamux ${escaped(title)}\n`]),
    text(`${sentence(about)}${details ? ` ${details}` : ''}`),
    ...Object.entries(args).map(([name, arg]) => item(`<${name}>`, arg.about)),
    ...flags(own),
    '.PP\nExamples:\n.nf\n',
    ...examples.map((example) => `  ${escaped(example)}\n`),
    '.fi\n',
  ]
}

function synopsis(title: string, { args = {} }: Command): string {
  const places = Object.entries(args).map(([name, { required, rest }]) => {
    const shown = `\\fI${escaped(name)}\\fR${rest ? ' ...' : ''}`
    return required ? ` ${shown}` : ` [${shown}]`
  })
  return `.B wamux ${escaped(title)}\n${places.join('').trim()} [\\fIflags\\fR]\n.br\n`
}

function flags(specs: Readonly<Record<string, FlagSpec>>): string[] {
  return Object.entries(specs)
    .filter(([, { hidden }]) => !hidden)
    .map(([name, { about, value, optional }]) => {
      const word = value === undefined ? '' : optional ? `[=${value}]` : ` <${value}>`
      return item(`${name.length === 1 ? '-' : '--'}${name}${word}`, about)
    })
}

function part(one: TopicParts): string {
  if (typeof one === 'string') return text(one)
  if ('lines' in one) return `.PP\n${escaped(one.title)}:\n.nf\n${one.lines.map((line) => `  ${escaped(line)}\n`).join('')}.fi\n`
  return `.PP\n${escaped(one.title)}:\n${one.entries.map(([name, about]) => item(name, about)).join('')}`
}

function head(name: string, about: string, version: string): string {
  return `.TH "${name.toUpperCase()}" "1" "" "wamux ${version}" "wamux"\n.SH NAME\n${escaped(name)} \\- ${escaped(about)}\n`
}

function heading(title: string): string {
  return `.SH ${title}\n`
}

function text(paragraph: string): string {
  return `.PP\n${escaped(paragraph)}\n`
}

function item(name: string, about: string): string {
  return `.TP\n\\fB${escaped(name)}\\fR\n${escaped(about)}\n`
}

// a dot or an apostrophe at the start of a line would be a command
function escaped(line: string): string {
  return line
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')
}
