import type { CommandGroup } from '../../command/command.ts'

export const group: CommandGroup = {
  bare: {
    about: 'the operations as tools for AI agents, over stdio',
    details:
      'A Model Context Protocol server with three tools: search operations, describe one, call one. What sends messages or deletes things is refused unless you allow it here; an agent cannot. It runs until its input ends.',
    flags: {
      'allow-send': { about: 'let agents send messages, and do what others see' },
      'allow-danger': { about: 'let agents delete, reset and revoke' },
      'read-only': { about: 'let agents read, and change nothing' },
    },
    examples: ['wamux mcp --read-only', 'wamux mcp --gateway waha --allow-send'],
    run: async (context) => (await import('./serve.ts')).serveMcp(context),
  },
  commands: {},
}
