import type { Manifest } from '@wamux/core'

/** What Wawp is, as plain data. */
export const manifest: Manifest = {
  contract: 1,
  id: 'wawp',
  name: 'Wawp',
  packageName: '@wamux/wawp',
  factory: 'createWawp',
  about: 'Hosted WhatsApp API; one instance is one session.',
  docs: 'https://api.wawp.net/en/docs',
  api: { version: '2.1.0', defaultBaseUrl: 'https://api.wawp.net' },
  sessionTerm: 'instance',
  credentials: [
    {
      field: 'instanceId',
      label: 'Instance ID',
      env: 'WAMUX_WAWP_INSTANCE_ID',
      secret: false,
      required: true,
      about: 'The session that calls are for unless they name another.',
    },
    { field: 'accessToken', label: 'Access token', env: 'WAMUX_WAWP_ACCESS_TOKEN', secret: true, required: true },
  ],
  capabilities: {
    'session.get': 'native',
    'session.create': 'composed',
    'session.delete': 'native',
    'session.start': 'native',
    'session.stop': 'native',
    'session.restart': 'native',
    'session.logout': 'native',
    'session.qr': 'native',
    'session.requestPairingCode': 'native',
    'session.waitFor': 'composed',
    'message.sendText': 'native',
  },
}
