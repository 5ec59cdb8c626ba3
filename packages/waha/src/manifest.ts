import type { Manifest } from '@wamux/core'
import { apiKey } from './auth.ts'
import { nativeVerbs } from './generated/native-verbs.ts'

// requests may have 50 MB, and base64 makes four bytes of three; a file given as a url may be larger
const MAX_FILE_BYTES = 38_000_000
const FILES = 'Core servers before 2026.6.1 send no files.'
const SINCE_2026_8_2 = 'Needs WAHA 2026.8.2.'
const STORE = 'NOWEB needs its store enabled.'
const NOT_NOWEB = 'The engine NOWEB lacks it.'
const PART_OF_CONFIG = 'Reads the config of the session, changes one webhook and puts all of it back; a running session starts anew.'

/** What WAHA is, as plain data. */
export const manifest: Manifest = {
  contract: 1,
  id: 'waha',
  name: 'WAHA',
  packageName: '@wamux/waha',
  factory: 'createWaha',
  about: 'Self-hosted WhatsApp HTTP API with the engines WEBJS, WPP, NOWEB and GOWS.',
  docs: 'https://waha.devlike.pro/docs/',
  api: { version: '2026.9.2', defaultBaseUrl: 'http://localhost:3000' },
  sessionTerm: 'session',
  credentials: [{ ...apiKey, label: 'API key', env: 'WAMUX_WAHA_API_KEY', secret: true }],
  capabilities: {
    ...nativeVerbs,
    'session.waitFor': 'composed',
    'message.downloadMedia': 'composed',
    'message.waitFor': 'composed',
    'chat.get': 'composed',
    'webhook.list': 'composed',
    'webhook.create': 'composed',
    'webhook.update': 'composed',
    'webhook.delete': 'composed',
  },
  limits: {
    'session.update': { note: 'Reads the config, changes what is given and puts all of it back; a running session starts anew.' },
    'message.sendText': { note: 'The vendor documents mentions since 2026.9.1.' },
    'message.sendImage': { maxMediaBytes: MAX_FILE_BYTES, note: FILES },
    'message.sendVideo': { maxMediaBytes: MAX_FILE_BYTES, note: `What is not MP4 is converted by WAHA. ${FILES}` },
    'message.sendVoice': { maxMediaBytes: MAX_FILE_BYTES, note: `What is not OGG is converted by WAHA. ${FILES}` },
    'message.sendDocument': { maxMediaBytes: MAX_FILE_BYTES, note: FILES },
    'message.sendSticker': { maxMediaBytes: MAX_FILE_BYTES, note: `WebP only. ${SINCE_2026_8_2} The engine GOWS has it, others may not.` },
    'message.sendLocation': { note: 'A location has a name, but no address.' },
    'message.sendPoll': { maxPollOptions: 12 },
    'message.forward': { note: 'The engine GOWS lacks it.' },
    'message.edit': { maxAgeMs: 15 * 60 * 1000 },
    'message.markSeen': { note: 'Without ids it marks the messages of the last 7 days.' },
    'message.get': { note: STORE },
    'message.list': { note: STORE },
    'message.downloadMedia': { note: 'Only files that the server itself keeps; fetch those in S3 from `media.url` of the message.' },
    'chat.list': { note: `NOWEB gives no names of persons. ${STORE}` },
    'chat.get': { note: `Found in the overview of chats. ${STORE}` },
    'contact.list': { note: STORE },
    'contact.get': { note: `Only people in the address book. ${STORE}` },
    'contact.about': { note: NOT_NOWEB },
    'contact.block': { note: NOT_NOWEB },
    'contact.unblock': { note: NOT_NOWEB },
    'group.joinRequests': { note: SINCE_2026_8_2 },
    'group.approve': { note: SINCE_2026_8_2 },
    'group.reject': { note: SINCE_2026_8_2 },
    'group.setPicture': { maxMediaBytes: MAX_FILE_BYTES, note: FILES },
    'status.sendText': { note: 'The default background is the vendor’s green.' },
    'status.sendImage': { maxMediaBytes: MAX_FILE_BYTES, note: FILES },
    'status.sendVideo': { maxMediaBytes: MAX_FILE_BYTES, note: FILES },
    'status.sendVoice': { maxMediaBytes: MAX_FILE_BYTES, note: FILES },
    'profile.get': { note: 'Does not return the about text.' },
    'profile.setPicture': { maxMediaBytes: MAX_FILE_BYTES, note: FILES },
    'label.update': { note: 'wamux reads what is not given, and sends it, too.' },
    'webhook.list': { note: 'Only webhooks of the session, not those of the whole server.' },
    'webhook.create': { note: PART_OF_CONFIG },
    'webhook.update': { note: PART_OF_CONFIG },
    'webhook.delete': { note: PART_OF_CONFIG },
  },
}
