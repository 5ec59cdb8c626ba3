import type { Group } from '../command.ts'
import { verbCommands } from './commands.ts'
import { messageVerbs } from './message.ts'
import { sessionVerbs } from './session.ts'

// together in one file: two small ones take longer to load
export const session: Group = { commands: verbCommands('session', sessionVerbs) }
export const message: Group = { commands: verbCommands('message', messageVerbs) }
