import { code, plain, table } from './markdown.ts'

interface Named {
  readonly name: string
  readonly about: string
}

/** What `apps/cli/scripts/write-reference.ts` prints. */
export interface CommandReference {
  readonly words: readonly {
    readonly word: string
    readonly about: string
    readonly commands: readonly {
      readonly title: string
      readonly usage: string
      readonly about: string
      readonly args: readonly Named[]
      readonly flags: readonly Named[]
      readonly examples: readonly string[]
    }[]
  }[]
  readonly flags: readonly Named[]
}

/** The reference of the command line: a page for each first word. @returns Markdown, by its place on the site */
export function commandPages({ words, flags }: CommandReference): ReadonlyMap<string, string> {
  const pages = new Map<string, string>()
  for (const { word, about, commands } of words) {
    const sections = commands.map(
      (one) =>
        `## ${one.title}\n\n${plain(one.about)}\n\n${code('', one.usage)}${named('Argument', one.args)}${named('Flag', one.flags)}${code('sh', one.examples.join('\n'))}`,
    )
    pages.set(`cli/${word}`, `# wamux ${word}\n\n${plain(about.charAt(0).toUpperCase() + about.slice(1))}.\n\n${sections.join('')}`)
  }
  const list = table(
    ['Command', 'What it does'],
    words.map(({ word, about }) => [`[wamux ${word}](/cli/${word})`, about]),
  )
  pages.set('cli/commands', `# Every command\n\n${list}## Flags of every command\n\n${named('Flag', flags)}`)
  return pages
}

function named(head: string, rows: readonly Named[]): string {
  return table(
    [head, 'What it is'],
    rows.map(({ name, about }) => [`\`${name}\``, about]),
  )
}
