import type { CommandGroup } from '../../command/command.ts'
import { FORWARD_FLAGS } from '../../event/forward-flags.ts'

export const group: CommandGroup = {
  commands: {
    replay: {
      about: 'replay saved events',
      args: { file: { about: 'what wamux listen --output ndjson has written, or - for stdin', required: true } },
      flags: {
        ...FORWARD_FLAGS,
        events: { about: 'only these types, separated by commas', value: 'types' },
        pause: { about: 'between two events; default none', value: 'time', duration: true },
      },
      examples: ['wamux events replay events.ndjson --forward-to http://localhost:8080/hook', 'wamux events replay - < events.ndjson'],
      run: async (context) => (await import('../events/replay.ts')).replay(context),
    },
    types: {
      about: 'the types of events that there are',
      examples: ['wamux events types'],
      run: async ({ printResult }) => {
        const { eventTypes } = await import('@wamux/core')
        await printResult({
          data: eventTypes,
          rows: eventTypes.map((type) => ({ type })),
          text: () => eventTypes.map((type) => `${type}\n`).join(''),
        })
        return undefined
      },
    },
  },
}
