import type { CommandGroup } from '../../command/command.ts'
import { ACCOUNT_STATES, FAULTS } from '../../generated/emulator-words.ts'

const URL_FLAG = {
  about: 'where the emulator is, perhaps with a namespace (…/@name); default what the gateway variables say',
  value: 'url',
} as const
const SET_FLAG = {
  about: 'a value by its name: --set times=3; without a name the command lists them',
  value: 'name=value',
  repeat: true,
} as const

export const group: CommandGroup = {
  bare: {
    about: 'four gateways over one simulated WhatsApp network, on this machine',
    details:
      'Runs until Ctrl-C. Every number is a phone; scanning a QR code is one command (emulate scan). Nothing leaves this machine unless --allow-webhooks-to or --allow-media-from says so.',
    flags: {
      port: { about: 'default 4010, or a free one when it is taken; 0 is any free one', value: 'port' },
      host: { about: 'default 127.0.0.1: only this machine', value: 'host' },
      open: { about: 'open its web page in the browser: phones, chats, sessions, requests' },
      scenario: { about: 'start with the phones, chats, sessions and answering people of this YAML file', value: 'file' },
      'allow-host': {
        about: 'also answer to this name, as in a network of containers: emulator; default only names of this machine',
        value: 'host',
        repeat: true,
      },
      'allow-webhooks-to': {
        about: 'send webhooks to this host or host:port, too; * for any; default only this machine',
        value: 'host',
        repeat: true,
      },
      'allow-media-from': {
        about: 'fetch files that are sent by their address from this host or host:port; * for any public one; default made-up files',
        value: 'host',
        repeat: true,
      },
    },
    examples: [
      'wamux emulate --open',
      'wamux emulate --port 4020',
      'wamux emulate --scenario appointment.yaml',
      'wamux emulate --json   # one line, for scripts',
    ],
    run: async (context) => (await import('./serve.ts')).serve(context),
  },
  commands: {
    env: {
      about: 'print what to export for the emulator that runs',
      args: { gateway: { about: 'only this one: waha, wawp, warest or sparkbot; default all whose plugin is installed', value: 'id' } },
      flags: { url: { about: 'where the emulator is; default http://127.0.0.1:4010', value: 'url' } },
      examples: ['eval "$(wamux emulate env waha)"', 'wamux emulate env --json'],
      run: async (context) => (await import('./env.ts')).printEnv(context),
    },
    fault: {
      about: 'let something go wrong: lost answers, slow drips, late webhooks, rate limits, …',
      details: 'Without a name it lists what is wrong at the moment and what can go wrong, with the values. "off" ends it.',
      words: { title: 'Names', words: FAULTS },
      args: {
        name: { about: 'what goes wrong, or "off"' },
        value: { about: 'its most important value (slow 5s, drip 20, error 503); after "off" which one ends, default all' },
      },
      flags: {
        operation: { about: 'only calls of this operation: messages.sendText; default all', value: 'id' },
        times: { about: 'for how many calls; default 1', value: 'number' },
        percent: { about: 'for how many of a hundred calls; default 100', value: 'number' },
        session: { about: 'whose queue is meant, for queue-held and queue-rejecting; default the only one', value: 'session' },
        set: SET_FLAG,
        url: URL_FLAG,
      },
      examples: [
        'wamux emulate fault    # what is wrong now, and what can be',
        'wamux emulate fault lost-answer --operation messages.sendText',
        'wamux emulate fault slow 5s --times 3',
        'wamux emulate fault webhooks-twice',
        'wamux emulate fault off',
      ],
      run: async (context) => (await import('./fault.ts')).fault(context),
    },
    account: {
      about: 'put an account into a state that real ones get into: banned, timelock, logged-out, …',
      details: 'Without a state it lists them, with the values. "ok" ends all of them.',
      words: { title: 'States', words: ACCOUNT_STATES },
      args: {
        state: { about: 'the state, or "ok"' },
        session: { about: 'the session whose account it is; default the only one of the gateway' },
      },
      flags: {
        phone: { about: 'number of a phone instead of a session; for passkeys the phone that scans', value: 'number' },
        set: SET_FLAG,
        url: URL_FLAG,
      },
      examples: [
        'wamux emulate account timelock default --set minutes=30',
        'wamux emulate account logged-out --gateway warest',
        'wamux emulate account banned --phone +12025550100',
        'wamux emulate account ok',
      ],
      run: async (context) => (await import('./account.ts')).account(context),
    },
    scan: {
      about: 'scan the QR code of an emulated session, as a phone would',
      args: { session: { about: 'name or id of the session', required: true } },
      flags: {
        phone: { about: 'number of the phone that scans; default a new one', value: 'number' },
        url: { about: 'where the emulator is; default what the gateway variables say', value: 'url' },
      },
      examples: ['wamux emulate scan --gateway waha --session default', 'wamux emulate scan default --phone +12025550123'],
      run: async (context) => (await import('./scan.ts')).scan(context),
    },
    snapshot: {
      about: 'keep everything that the emulator knows, in a file or on stdout',
      details: 'The file also contains the keys of webhooks that gateways were given.',
      args: { file: { about: 'where to; default stdout' } },
      flags: { url: URL_FLAG },
      examples: ['wamux emulate snapshot before.json', 'wamux emulate snapshot > before.json'],
      run: async (context) => (await import('./time.ts')).snapshot(context),
    },
    restore: {
      about: 'bring the emulator back to a snapshot',
      args: { file: { about: 'what emulate snapshot wrote', required: true } },
      flags: { url: URL_FLAG },
      examples: ['wamux emulate restore before.json'],
      run: async (context) => (await import('./time.ts')).restore(context),
    },
    reset: {
      about: 'forget all phones, sessions and messages',
      flags: { url: URL_FLAG, scenario: { about: 'start again with this YAML file', value: 'file' } },
      examples: ['wamux emulate reset', 'wamux emulate reset --scenario appointment.yaml'],
      run: async (context) => (await import('./time.ts')).reset(context),
    },
    clock: {
      about: 'show, stop, advance or start the time of the emulator',
      args: { action: { about: 'pause, resume, idle (until nothing waits), or how much time passes: 500ms, 3s, 2m, 1h, 2d' } },
      flags: { url: URL_FLAG },
      examples: ['wamux emulate clock', 'wamux emulate clock pause', 'wamux emulate clock 20m', 'wamux emulate clock idle'],
      run: async (context) => (await import('./time.ts')).clock(context),
    },
    transcript: {
      about: 'print what happened in the emulator, one JSON object a line',
      flags: { url: URL_FLAG },
      examples: ['wamux emulate transcript', 'wamux emulate transcript --url http://127.0.0.1:4010/@test-1'],
      run: async (context) => (await import('./time.ts')).transcript(context),
    },
  },
}
