import type { CommandGroup } from '../../command/command.ts'
import { FORWARD_FLAGS } from '../../event/forward-flags.ts'

export const group: CommandGroup = {
  commands: {},
  bare: {
    about: 'events as they happen; they can be forwarded to your own program',
    details:
      'WAHA sends events through a socket: no tunnel is needed. The other gateways are polled, which finds session states, messages and their ticks. With --port they come by webhook instead. Forwarded events are signed as Standard Webhooks says, with a secret that stays the same. Runs until Ctrl-C, or as long as --timeout says. Events of the socket that happen while it does not run are lost. The events connection.lost, connection.restored and connection.gap report that the connection broke, came back, or that events may be missing.',
    args: { session: { about: 'name or id of the session; default the only one', required: false } },
    flags: {
      ...FORWARD_FLAGS,
      events: { about: 'only these types, separated by commas: message.received,session.status', value: 'types' },
      all: { about: 'the events of all sessions that the credentials may see' },
      chat: { about: 'only what happens in this chat, by number, JID or LID; several separated by commas', value: 'chats' },
      since: { about: 'messages of this long ago too: 1h, 2d', value: 'time', duration: true },
      via: { about: 'socket or poll; default the socket where there is one', value: 'way', choices: ['socket', 'poll'] },
      interval: { about: 'pause between two polls; default 5s', value: 'time', duration: true },
      port: { about: "take the gateway's webhooks on this port instead; 0 is any free one", value: 'port' },
      host: { about: 'with --port; default 127.0.0.1: only this machine', value: 'host' },
      signature: {
        about: 'with --port, how Wawp signs its deliveries; its documents contradict each other',
        value: 'form',
        choices: ['secret', 'hmac-sha256', 'hmac-sha512'],
      },
      unsigned: { about: 'with --port, accept deliveries without a signature; anybody can send those' },
    },
    examples: [
      'wamux listen default',
      'wamux listen default --forward-to http://localhost:8080/hook',
      'wamux listen default --chat +4915112345678',
      'wamux listen default --events message.received --output ndjson >> events.ndjson',
      'WAMUX_WEBHOOK_SECRET=… wamux listen --gateway warest --port 8080',
    ],
    run: async (context) => (await import('./listen.ts')).listen(context),
  },
}
