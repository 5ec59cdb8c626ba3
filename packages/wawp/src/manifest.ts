import type { Manifest } from '@wamux/core'
import { credentials } from './auth.ts'

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
  credentials,
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
