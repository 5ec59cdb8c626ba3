import type { Command, FlagSpec, Group } from '../../command/command.ts'

const FORWARD: Readonly<Record<string, FlagSpec>> = {
  'forward-to': { about: 'post each event there, signed with a secret of your own', value: 'url' },
  'print-secret': { about: 'print the secret that forwarded events are signed with, and end' },
}

const listen: Command = {
  about: 'events as they happen, and on to your own program',
  details:
    "WAHA sends events through a socket: no tunnel is needed. The other gateways are looked at again and again, which finds states of the session, messages and their ticks. With --port they come by webhook instead. Forwarded events are signed as Standard Webhooks says, with a secret that stays the same. Runs until Ctrl-C, and loses the socket's events of the time it does not run.",
  args: { session: { about: 'name or id of the session', required: false } },
  flags: {
    ...FORWARD,
    events: { about: 'only these types, separated by commas: message.received,session.status', value: 'types' },
    since: { about: 'messages of this long ago too: 1h, 2d', value: 'time', duration: true },
    via: { about: 'socket or look; default the socket where there is one', value: 'way', choices: ['socket', 'look'] },
    interval: { about: 'pause between two looks; default 5s', value: 'time', duration: true },
    port: { about: "take the gateway's webhooks on this port instead; 0 is any free one", value: 'port' },
    host: { about: 'with --port; default 127.0.0.1: only this machine', value: 'host' },
    signature: {
      about: 'with --port, how Wawp signs: its sources disagree',
      value: 'form',
      choices: ['secret', 'hmac-sha256', 'hmac-sha512'],
    },
    unsigned: { about: 'with --port, take deliveries that prove nothing; anybody can write those' },
  },
  examples: [
    'wamux listen default',
    'wamux listen default --forward-to http://localhost:8080/hook',
    'wamux listen default --events message.received --output ndjson >> events.ndjson',
    'WAMUX_WEBHOOK_SECRET=… wamux listen --gateway warest --port 8080',
  ],
  run: async (context) => (await import('./listen.ts')).listen(context),
}

export const listenGroup: Group = { bare: listen, commands: {} }

export const eventsGroup: Group = {
  commands: {
    replay: {
      about: 'tell saved events once more',
      args: { file: { about: 'what wamux listen --output ndjson has written, or - for stdin', required: true } },
      flags: {
        ...FORWARD,
        events: { about: 'only these types, separated by commas', value: 'types' },
        pause: { about: 'between two events; default none', value: 'time', duration: true },
      },
      examples: ['wamux events replay events.ndjson --forward-to http://localhost:8080/hook', 'wamux events replay - < events.ndjson'],
      run: async (context) => (await import('../events/replay.ts')).replay(context),
    },
    types: {
      about: 'the types of events that there are',
      examples: ['wamux events types'],
      run: async ({ give }) => {
        const { eventTypes } = await import('@wamux/core')
        await give({
          data: eventTypes,
          rows: eventTypes.map((type) => ({ type })),
          text: () => eventTypes.map((type) => `${type}\n`).join(''),
        })
        return undefined
      },
    },
  },
}

export const triggerGroup: Group = {
  bare: {
    about: 'make something happen on the emulator: a message comes, a phone calls, …',
    details:
      'A phone of the emulated network does it, so all that follows is real there: webhooks go out, chats change. With --payload the gateway sends an event of any name instead.',
    args: {
      event: {
        about: 'message.received, message.reaction, message.edited, message.revoked, call.received, group.joined, …',
        required: true,
      },
      session: { about: 'whom it happens to; default the only session that is connected' },
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

export const supervise: Command = {
  about: 'look after sessions: restart what is stuck, stop what is idle, tell the rest',
  details:
    'Restarts sessions that have failed or hang, with growing pauses and a cap. Stops idle ones only with --stop-idle. Never logs out, resets or deletes. Runs until Ctrl-C.',
  args: { sessions: { about: 'which; default all that the gateway lists', rest: true } },
  flags: {
    'stop-idle': { about: 'stop a session in which nothing has happened for this long: 24h', value: 'time', duration: true },
    stuck: { about: 'how long it may be starting; default 2m', value: 'time', duration: true },
    restarts: { about: 'how many restarts in a row; default 5, 0 only tells', value: 'number' },
    interval: { about: 'pause between two looks; default 30s', value: 'time', duration: true },
  },
  examples: ['wamux session supervise', 'wamux session supervise default --stop-idle 24h --output ndjson'],
  run: async (context) => (await import('../session/supervise.ts')).supervise(context),
}
