import type { Manifest } from '@wamux/core'
import { credentials } from './auth.ts'

/** What WARest is, as plain data. It has no stop: logout erases the credentials, reconnect restarts. */
export const manifest: Manifest = {
  contract: 1,
  id: 'warest',
  name: 'WARest',
  packageName: '@wamux/warest',
  factory: 'createWarest',
  about: 'Self-hosted WhatsApp REST API on Baileys.',
  docs: 'https://github.com/triyatna/warest-whatsapp-rest-api',
  api: { version: '0.3.44', defaultBaseUrl: 'http://localhost:7308' },
  sessionTerm: 'session',
  credentials,
  capabilities: {
    'session.list': 'native',
    'session.get': 'composed',
    'session.create': 'composed',
    'session.update': 'native',
    'session.delete': 'native',
    'session.start': 'composed',
    'session.restart': 'native',
    'session.logout': 'native',
    'session.qr': 'composed',
    'session.requestPairingCode': 'composed',
    'session.waitFor': 'composed',
    'message.sendText': 'native',
  },
}
