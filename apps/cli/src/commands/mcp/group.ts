import type { CommandGroup } from '../../command/command.ts'

export const group: CommandGroup = {
  bare: {
    about: 'the operations as tools for AI agents, over stdio',
    details:
      'A Model Context Protocol server with three tools: search operations, describe one, call one. Unless you allow more here, agents may read, and change what nobody else notices. Secrets in answers are always hidden. It runs until its input ends.',
    flags: {
      'allow-send': { about: 'let agents send messages, and do what other people see' },
      'allow-access': { about: 'let agents give others access or data: pairing, keys, webhooks' },
      'allow-danger': { about: 'let agents do what cannot be undone; what others see needs --allow-send, too' },
      'read-only': { about: 'let agents read, and change nothing' },
    },
    examples: ['wamux mcp --read-only', 'wamux mcp --gateway waha --allow-send'],
    run: async (context) => (await import('./serve.ts')).serveMcp(context),
  },
  commands: {},
}
