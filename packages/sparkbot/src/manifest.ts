import type { Manifest } from '@wamux/core'
import { credentials } from './auth.ts'

/** What SparkBot is, as plain data. Its API facts are those of Wassenger, whose service it very probably is under another name. */
export const manifest: Manifest = {
  contract: 1,
  id: 'sparkbot',
  name: 'SparkBot',
  packageName: '@wamux/sparkbot',
  factory: 'createSparkbot',
  about: 'Hosted WhatsApp API with numbers, teams and queues; probably Wassenger under another name.',
  docs: 'https://github.com/wamux/wamux/tree/main/packages/sparkbot#readme',
  // no host is known: the user has to give one
  api: { version: '1.0.0' },
  sessionTerm: 'WhatsApp number',
  credentials,
  capabilities: {
    'session.list': 'native',
    'session.get': 'native',
    'session.create': 'native',
    'session.update': 'native',
    'session.delete': 'native',
    'session.restart': 'native',
    'session.reset': 'native',
    'session.qr': 'native',
    'session.requestPairingCode': 'native',
    'session.waitFor': 'composed',
    'message.sendText': 'native',
  },
}
