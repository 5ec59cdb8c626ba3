import type { Manifest } from '@wamux/core'
import { nativeVerbs } from './generated/native-verbs.ts'

/** What GOWA is, as plain data. */
export const manifest: Manifest = {
  contract: 1,
  id: 'gowa',
  name: 'GOWA',
  packageName: 'wamux-plugin-gowa',
  factory: 'createGowa',
  about: 'Self-hosted WhatsApp HTTP API written in Go (go-whatsapp-web-multidevice).',
  docs: 'https://github.com/aldinokemal/go-whatsapp-web-multidevice',
  api: { version: '8.1.2', defaultBaseUrl: 'http://localhost:3000' },
  sessionTerm: 'device',
  credentials: [
    { field: 'username', label: 'User', env: 'WAMUX_GOWA_USERNAME', secret: false, required: true, about: 'A name of --basic-auth.' },
    { field: 'password', label: 'Password', env: 'WAMUX_GOWA_PASSWORD', secret: true, required: true, about: 'Its password.' },
  ],
  capabilities: {
    ...nativeVerbs,
    'session.waitFor': 'composed',
    'webhook.list': 'composed',
    'webhook.create': 'composed',
    'webhook.delete': 'composed',
  },
  limits: {
    'session.qr': { note: 'A picture. Asking for it begins a pairing anew.' },
    'message.sendDocument': { media: ['bytes'], note: 'The server fetches no documents by address.' },
    'webhook.create': { note: 'A device has one webhook.' },
  },
  basis: { evidence: 'inferred', note: 'From the public document and routes of the project; no server was asked.' },
}
