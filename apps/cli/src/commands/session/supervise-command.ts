import type { Command } from '../../command/command.ts'

export const supervise: Command = {
  about: 'watch over sessions: restart stuck ones, stop idle ones, report the rest',
  details:
    'Restarts sessions that have failed or hang, with growing pauses and a cap. Stops idle ones only with --stop-idle. Never logs out, resets or deletes. Runs until Ctrl-C.',
  args: { sessions: { about: 'which; default all that the gateway lists', rest: true } },
  flags: {
    'stop-idle': { about: 'stop a session in which nothing has happened for this long: 24h', value: 'time', duration: true },
    stuck: { about: 'how long a session may be starting; default 2m', value: 'time', duration: true },
    restarts: { about: 'most restarts in a row; default 5; 0 only reports', value: 'number' },
    interval: { about: 'pause between two polls; default 30s', value: 'time', duration: true },
  },
  examples: ['wamux session supervise', 'wamux session supervise default --stop-idle 24h --output ndjson'],
  run: async (context) => (await import('../session/supervise.ts')).supervise(context),
}
