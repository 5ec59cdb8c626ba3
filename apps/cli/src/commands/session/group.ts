import type { CommandGroup } from '../../command/command.ts'
import { verbCommands } from '../../verb/verb-commands.ts'
import { supervise } from './supervise-command.ts'
import { sessionVerbs } from './verbs.ts'

/** `wamux session` */
export const group: CommandGroup = { commands: { ...verbCommands('session', sessionVerbs), supervise } }
