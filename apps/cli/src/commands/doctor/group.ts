import type { CommandGroup } from '../../command/command.ts'

export const group: CommandGroup = {
  bare: {
    about: 'what is wrong, and what to do about it',
    details:
      'Looks at Node, plugins, configuration and its permissions, and asks every gateway that is set up whether it answers, takes the credentials, and how its sessions and webhooks are. Works when the configuration does not. Nothing is changed.',
    flags: { offline: { about: 'ask no gateway' } },
    examples: ['wamux doctor', 'wamux doctor --json', 'wamux doctor --offline'],
    run: async (context) => (await import('./run.ts')).doctor(context),
  },
  commands: {},
}
