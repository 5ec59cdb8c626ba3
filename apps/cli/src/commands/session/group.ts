import type { Command, CommandGroup } from '../../command/command.ts'
import { severalTargets } from '../../gateway/connection.ts'
import { verbCommands } from '../../verb/verb-commands.ts'
import { supervise } from './supervise-command.ts'
import { sessionVerbs } from './verbs.ts'

const verbs = verbCommands('session', sessionVerbs)

/** `session list` of one gateway, or of all that are set up when none is named. */
const list: Command = {
  ...(verbs.list as Command),
  async run(context) {
    const { values, terminal, plugins } = context
    const targets = severalTargets({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
    const several = targets.length > 1 && !values.is('dry-run') && !values.is('curl')
    return several ? (await import('./list-everywhere.ts')).listEverywhere(targets, context) : verbs.list?.run(context)
  },
}

/** `wamux session` */
export const group: CommandGroup = { commands: { ...verbs, list, supervise } }
