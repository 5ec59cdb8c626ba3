import type { CommandGroup } from '../../command/command.ts'
import { SESSION } from '../../verb/input-specs.ts'
import { SENT_ONCE, sendText } from '../../verb/send-text.ts'
import { verbCommand } from '../../verb/verb-commands.ts'

const { session: _, ...others } = sendText.input

/** `wamux send`: `wamux message send-text` without a place for the session, which is seldom another one. */
export const group: CommandGroup = {
  commands: {},
  bare: verbCommand('message.sendText', {
    ...sendText,
    details: `${SENT_ONCE} Pictures, files and all else: wamux message --help`,
    input: { ...others, session: { ...SESSION, positional: false } },
    examples: [
      'wamux send +4915112345678 "Hello"',
      'wamux send +4915112345678 "Hello" --session shop',
      'date | wamux send +4915112345678 -',
    ],
  }),
}
