import type { CommandGroup } from '../../command/command.ts'

export const group: CommandGroup = {
  bare: {
    about: 'four gateways over one simulated WhatsApp network, on this machine',
    details:
      'Runs until Ctrl-C. Every number is a phone; scanning a QR code is one command (emulate scan). Nothing leaves this machine unless --allow-webhooks-to or --allow-media-from says so.',
    flags: {
      port: { about: 'default 4010, or a free one when it is taken; 0 is any free one', value: 'port' },
      host: { about: 'default 127.0.0.1: only this machine', value: 'host' },
      open: { about: 'open its web page in the browser: phones, chats, sessions, requests' },
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
    examples: ['wamux emulate --open', 'wamux emulate --port 4020', 'wamux emulate --json   # one line, for scripts'],
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
  },
}
