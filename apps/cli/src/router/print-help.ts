import type { Environment } from '../command/context.ts'
import { earlyFlags } from '../command/parse-args.ts'
import { commandHelp, fullHelp, groupHelp, rootHelp } from '../commands/help/help.ts'
import { EXIT } from '../errors/exit-codes.ts'
import type { HelpView } from '../help/layout.ts'
import { columnsOf, paintFor } from '../terminal/terminal.ts'
import { commands } from './registry.ts'
import type { Topic } from './route.ts'

const WIDEST = 100

/** Prints the help about a topic to stdout. @returns the exit code */
export async function printHelp(topic: Topic, argv: readonly string[], { terminal, plugins }: Environment): Promise<number> {
  const { stdout, env } = terminal
  const paint = paintFor(stdout, env, earlyFlags(argv).noColor)
  const width = Math.min(columnsOf(stdout, env) ?? 80, WIDEST)
  stdout.write(await helpText(topic, { paint, width, plugins }))
  return EXIT.ok
}

async function helpText(topic: Topic, view: HelpView): Promise<string> {
  switch (topic.kind) {
    case 'root':
      return rootHelp(view)
    case 'all':
      return fullHelp(commands, view)
    case 'text':
      return (await import('../commands/help/topic.ts')).topicText(topic.name, view)
    case 'group':
      return groupHelp(topic.word, commands[topic.word]?.about, topic.group, view)
    case 'command':
      return commandHelp(topic.title, topic.command, view)
    case 'gateway':
      return (await import('../commands/gateway/help.ts')).gatewayHelp(topic.id, topic.family, view)
  }
}
