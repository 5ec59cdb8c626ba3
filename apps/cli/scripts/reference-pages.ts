import type { ArgSpec, Command } from '../src/command/command.ts'
import { type FlagSpec, GLOBAL_FLAGS } from '../src/command/flags.ts'
import { sentence } from '../src/help/layout.ts'
import { commands } from '../src/router/registry.ts'

/** The reference of the command line in Markdown: a page for each first word, by its file name without ending. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>()
  const words = Object.entries(commands)
  for (const [word, { about, load }] of words) {
    const { bare, commands: own } = await load()
    const parts = [
      ...(bare ? [section(`wamux ${word}`, bare)] : []),
      ...Object.entries(own).map(([name, one]) => section(`wamux ${word} ${name}`, one)),
    ]
    pages.set(word, `# wamux ${word}\n\n${escaped(sentence(about))}\n\n${parts.join('\n')}`)
  }
  const list = words.map(([word, { about }]) => `| [wamux ${word}](/cli/${word}) | ${cell(about)} |\n`).join('')
  const head = '# Every command\n\n| Command | What it does |\n| --- | --- |\n'
  pages.set('commands', `${head}${list}\n## Flags of every command\n\n${flagTable(GLOBAL_FLAGS)}`)
  return pages
}

function section(title: string, { about, details, args = {}, flags = {}, examples }: Command): string {
  const places = Object.entries(args).map(([name, { required, rest }]) => {
    const shown = `${name}${rest ? '...' : ''}`
    return required ? ` <${shown}>` : ` [${shown}]`
  })
  return [
    `## ${title}\n\n`,
    `${escaped(`${sentence(about)}${details ? ` ${details}` : ''}`)}\n\n`,
    `\`\`\`\n${title}${places.join('')} [flags]\n\`\`\`\n\n`,
    argTable(args),
    flagTable(flags),
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\`\n`,
  ].join('')
}

function argTable(args: Readonly<Record<string, ArgSpec>>): string {
  return rows(
    'Argument',
    Object.entries(args).map(([name, { about, required }]) => [`${name}${required ? ' (required)' : ''}`, about]),
  )
}

function flagTable(flags: Readonly<Record<string, FlagSpec>>): string {
  const shown = Object.entries(flags).filter(([, { hidden }]) => !hidden)
  return rows(
    'Flag',
    shown.map(([name, { about, value, optional }]) => {
      const word = value === undefined ? '' : optional ? `[=${value}]` : ` <${value}>`
      return [`\`${name.length === 1 ? '-' : '--'}${name}${word}\``, about]
    }),
  )
}

function rows(head: string, all: readonly string[][]): string {
  if (all.length === 0) return ''
  return `| ${head} | What it is |\n| --- | --- |\n${all.map((one) => `| ${one.map(cell).join(' | ')} |\n`).join('')}\n`
}

function cell(text: string): string {
  return escaped(text).replaceAll('|', '\\|').replaceAll('\n', ' ')
}

// VitePress takes `<` for HTML and `{{` for code of Vue, but not inside of code
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;')))
    .join('')
}
