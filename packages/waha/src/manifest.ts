import type { Manifest } from '@wamux/core'
import { credentials } from './auth.ts'

/** What WAHA is, as plain data. */
export const manifest: Manifest = {
  contract: 1,
  id: 'waha',
  name: 'WAHA',
  packageName: '@wamux/waha',
  factory: 'createWaha',
  about: 'Self-hosted WhatsApp HTTP API with the engines WEBJS, WPP, NOWEB and GOWS.',
  docs: 'https://waha.devlike.pro/docs/',
  api: { version: '2026.7.1', defaultBaseUrl: 'http://localhost:3000' },
  sessionTerm: 'session',
  credentials,
  capabilities: {
    'session.list': 'native',
    'session.get': 'native',
    'session.create': 'native',
    'session.update': 'native',
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
