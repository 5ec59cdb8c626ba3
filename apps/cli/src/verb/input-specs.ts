import type { InputSpec } from './verb-spec.ts'

const NUMBER = 'number (+4915112345678) or JID (…@c.us)'

/** Fields that many verbs have. */
export const NAMED_SESSION: InputSpec = { about: 'name or id of the session', positional: true, required: true }
export const SESSION: InputSpec = {
  about: 'name or id of the session; default WAMUX_SESSION, that of the profile, or the only one',
  positional: true,
  required: true,
  fallback: 'session',
}
export const TO: InputSpec = {
  about: 'number (+4915112345678) or JID (…@g.us for a group)',
  positional: true,
  required: true,
  address: true,
}
export const CHAT: InputSpec = {
  about: 'whom the chat is with: number (+4915112345678) or JID',
  positional: true,
  required: true,
  address: true,
}
export const CONTACT: InputSpec = { about: NUMBER, positional: true, required: true, address: true }
export const GROUP: InputSpec = { about: "the group's JID (…@g.us)", positional: true, required: true, address: true }
export const CHANNEL: InputSpec = { about: "the channel's JID (…@newsletter)", positional: true, required: true, address: true }
export const MESSAGE: InputSpec = {
  about: 'id of the message, as it was given when it was sent or listed',
  positional: true,
  required: true,
}
export const PARTICIPANTS: InputSpec = {
  about: `persons: ${NUMBER}`,
  kind: 'list',
  positional: true,
  required: true,
  value: 'person',
  address: true,
}
export const PHONE: InputSpec = { about: 'number of the phone, +4915112345678', positional: true, required: true, address: true }
export const FILE: InputSpec = { about: 'file to send, or - for stdin; or --url', kind: 'media', positional: true }
export const PICTURE: InputSpec = { about: 'the picture, or - for stdin; or --url', kind: 'media', positional: true }
export const CAPTION: InputSpec = { about: 'text below it' }
export const REPLY_TO: InputSpec = { about: 'id of the message that this one answers', value: 'id' }
export const MENTIONS: InputSpec = {
  about: 'person to mention; the text has to name the number',
  kind: 'list',
  flag: 'mention',
  value: 'person',
  address: true,
}
export const LIMIT: InputSpec = { about: 'how many at most', kind: 'limit', value: 'number' }
export const CURSOR: InputSpec = { about: 'start of the next page, as the page before printed it', kind: 'cursor', value: 'text' }
