import type { CommandGroup } from '../../command/command.ts'
import { CAUSES } from '../../generated/emulator-words.ts'

export const group: CommandGroup = {
  bare: {
    about: 'make something happen on the emulator: a message comes, a phone calls, …',
    details:
      'A phone of the emulated network does it, or the account itself, so all that follows is real there: webhooks go out, chats change. With --payload the gateway sends an event of any name instead.',
    args: {
      event: {
        about: `one that the gateway reports: ${CAUSES.join(', ')}`,
        required: true,
      },
      session: { about: 'session that it happens to; default the only connected one' },
    },
    flags: {
      from: { about: 'number of the phone that does it; default +12025550199', value: 'number' },
      text: { about: 'what it writes', value: 'text' },
      payload: { about: "payload of an event in the gateway's own words: JSON, @file.json, or - for stdin", value: 'json' },
      url: { about: 'where the emulator is; default what the gateway variables say', value: 'url' },
    },
    examples: [
      'wamux trigger message.received default --text "Is anybody there?"',
      'wamux trigger call.received',
      `wamux trigger engine.event default --payload '{"event":"anything"}'`,
    ],
    run: async (context) => (await import('../trigger/trigger.ts')).trigger(context),
  },
  commands: {},
}
