import type { Manifest } from '@wamux/core'
import { nativeVerbs } from './generated/native-verbs.ts'

// TODO 2: describe Acme, and name the verbs that call several operations (composed). Native verbs come from the document.
/** What Acme is, as plain data. */
export const manifest: Manifest = {
  contract: 1,
  id: 'acme',
  name: 'Acme',
  packageName: 'wamux-plugin-acme',
  factory: 'createAcme',
  about: 'A WhatsApp HTTP API.',
  docs: 'https://acme.invalid/docs',
  api: { version: '1.0.0', defaultBaseUrl: 'http://localhost:3000' },
  sessionTerm: 'session',
  credentials: [{ field: 'apiKey', label: 'API key', env: 'WAMUX_ACME_API_KEY', secret: true, required: true }],
  capabilities: { ...nativeVerbs, 'session.waitFor': 'composed' },
  evidence: { 'session.get': 'inferred', 'session.waitFor': 'inferred', 'message.sendText': 'inferred' },
}
