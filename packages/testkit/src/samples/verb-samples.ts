import type { Media, SessionState, VerbId } from '@wamux/core'
import { FILES, type FileKind } from './files.ts'

/** The stage that a session must have reached before a verb can be called. */
export type Stage = 'none' | 'created' | 'pairing' | 'connected'

/** What must exist besides a connected session. */
export type Need =
  /** A text that the session sent to {@link PHONE}. */
  | 'own'
  /** A text that {@link PHONE} sent to the session. */
  | 'theirs'
  /** The same with a picture. */
  | 'picture'
  /** A group that the session made, with {@link PHONE} in it. */
  | 'group'
  /** The invite link of a group that others made. */
  | 'invite'
  /** {@link OTHER} has asked to join the session's group. */
  | 'request'
  /** A status that the session posted. */
  | 'status'
  | 'label'
  /** A channel that the session made. */
  | 'channel'
  /** A channel that others made. */
  | 'theirChannel'
  /** The same, and the session follows it. */
  | 'followed'
  | 'webhook'

/** A session and everything that was created for a verb. */
export interface Fixtures {
  readonly session: string
  /** Ids of what was created. */
  readonly ids: Readonly<Partial<Record<Need, string>>>
  /** The verb's file, given in a way that the gateway takes. */
  readonly file: Media
}

interface VerbSample {
  readonly stage: Stage
  readonly needs: readonly Need[]
  readonly file?: FileKind
  readonly input: (fixtures: Fixtures) => object
  /** The input names an existing session. */
  readonly takesSession: boolean
}

/** A number reserved for fiction: the phone that the session writes with. */
export const PHONE = '+12025550143'
/** A second number reserved for fiction. */
export const OTHER = '+12025550144'
/** Where webhooks of the suite go, unless the test gateway says otherwise. */
export const HOOK_URL = 'http://hooks.invalid/wamux'
export const HOOK_SECRET = 'conformance-hook-secret'

export const STATES: readonly SessionState[] = [
  'stopped',
  'starting',
  'pairing',
  'connecting',
  'connected',
  'disconnected',
  'logged_out',
  'conflict',
  'failed',
  'unknown',
]

type More = (fixtures: Fixtures) => object
const nothing: More = () => ({})

function at(stage: Stage, more: More = nothing): VerbSample {
  return { stage, needs: [], input: (fixtures) => ({ session: fixtures.session, ...more(fixtures) }), takesSession: true }
}

function connected(more: More = nothing, ...needs: Need[]): VerbSample {
  return { ...at('connected', more), needs }
}

function withFile(kind: FileKind, more: More = nothing): VerbSample {
  return { ...connected((fixtures) => ({ file: fixtures.file, ...more(fixtures) })), file: kind }
}

/** A verb about a chat with {@link PHONE} that has messages. */
function onChat(more: More = nothing): VerbSample {
  return connected((fixtures) => ({ chat: PHONE, ...more(fixtures) }), 'theirs')
}

function onMessage(need: 'own' | 'theirs' | 'picture', more: More = nothing): VerbSample {
  return connected((fixtures) => ({ chat: PHONE, message: fixtures.ids[need], ...more(fixtures) }), need)
}

function onContact(): VerbSample {
  return connected(() => ({ contact: PHONE }), 'theirs')
}

function onGroup(more: More = nothing, ...needs: Need[]): VerbSample {
  return connected((fixtures) => ({ group: fixtures.ids.group, ...more(fixtures) }), 'group', ...needs)
}

function onChannel(need: 'channel' | 'theirChannel' | 'followed'): VerbSample {
  return connected((fixtures) => ({ channel: fixtures.ids[need] }), need)
}

function onLabel(more: More = nothing): VerbSample {
  return connected((fixtures) => ({ label: fixtures.ids.label, ...more(fixtures) }), 'label')
}

const persons =
  (...participants: string[]): More =>
  () => ({ participants })
const toPhone: More = () => ({ to: PHONE })
const captioned: More = () => ({ to: PHONE, caption: 'Look' })

/** One call of every verb of the vocabulary; complete by type. */
export const samples: { readonly [Id in VerbId]: VerbSample } = {
  'session.list': { stage: 'created', needs: [], input: () => ({}), takesSession: false },
  'session.get': at('created'),
  'session.create': { stage: 'none', needs: [], input: ({ session }) => ({ session, phone: PHONE }), takesSession: false },
  'session.update': at('created', () => ({ config: {} })),
  'session.delete': at('created'),
  'session.start': at('created'),
  'session.stop': connected(),
  'session.restart': connected(),
  'session.logout': connected(),
  'session.reset': connected(),
  'session.qr': at('pairing'),
  'session.requestPairingCode': at('pairing', () => ({ phone: PHONE })),
  'session.waitFor': at('created', () => ({ state: STATES, timeoutMs: 1_000 })),
  'message.sendText': connected(() => ({ to: PHONE, text: 'Hello' })),
  'message.sendImage': withFile('image', captioned),
  'message.sendVideo': withFile('video', captioned),
  'message.sendAudio': withFile('audio', toPhone),
  'message.sendVoice': withFile('voice', toPhone),
  'message.sendDocument': withFile('document', captioned),
  'message.sendSticker': withFile('sticker', toPhone),
  'message.sendLocation': connected(() => ({ to: PHONE, latitude: 52.5163, longitude: 13.3777, name: 'Brandenburg Gate' })),
  'message.sendContact': connected(() => ({ to: PHONE, contacts: [{ name: 'Grace Hopper', phone: OTHER }] })),
  'message.sendPoll': connected(() => ({ to: PHONE, question: 'Tea or coffee?', options: ['Tea', 'Coffee'] })),
  'message.forward': onMessage('theirs', () => ({ to: OTHER })),
  'message.react': onMessage('theirs', () => ({ emoji: '👍' })),
  'message.edit': onMessage('own', () => ({ text: 'Hello again' })),
  'message.revoke': onMessage('own'),
  'message.star': onMessage('theirs'),
  'message.pin': onMessage('theirs'),
  'message.markSeen': onChat(),
  'message.get': onMessage('theirs'),
  'message.list': onChat(() => ({ limit: 10 })),
  'message.downloadMedia': onMessage('picture'),
  'message.waitFor': onMessage('own', () => ({ ack: 'sent', timeoutMs: 5_000, intervalMs: 5 })),
  'chat.list': connected(() => ({ limit: 10 }), 'theirs'),
  'chat.get': onChat(),
  'chat.archive': onChat(),
  'chat.unarchive': onChat(),
  'chat.mute': onChat(),
  'chat.pin': onChat(),
  'chat.clear': onChat(),
  'chat.delete': onChat(),
  'chat.markUnread': onChat(),
  'chat.setTyping': onChat(),
  'contact.list': connected(() => ({ limit: 10 }), 'theirs'),
  'contact.get': onContact(),
  'contact.check': connected(() => ({ phone: PHONE })),
  'contact.resolve': onContact(),
  'contact.profilePicture': onContact(),
  'contact.about': onContact(),
  'contact.block': onContact(),
  'contact.unblock': onContact(),
  'group.list': connected(() => ({ limit: 10 }), 'group'),
  'group.get': onGroup(),
  'group.create': connected(() => ({ subject: 'Conformance', participants: [PHONE] })),
  'group.leave': onGroup(),
  'group.join': connected(({ ids }) => ({ invite: ids.invite }), 'invite'),
  'group.inviteLink': onGroup(),
  'group.revokeInvite': onGroup(),
  'group.addParticipants': onGroup(persons(OTHER)),
  'group.removeParticipants': onGroup(persons(PHONE)),
  'group.promote': onGroup(persons(PHONE)),
  'group.demote': onGroup(persons(PHONE)),
  'group.joinRequests': onGroup(nothing, 'request'),
  'group.approve': onGroup(persons(OTHER), 'request'),
  'group.reject': onGroup(persons(OTHER), 'request'),
  'group.setSubject': onGroup(() => ({ subject: 'Another subject' })),
  'group.setDescription': onGroup(() => ({ description: 'What it is about' })),
  'group.setPicture': { ...onGroup(({ file }) => ({ file })), file: 'image' },
  'group.setAnnouncement': onGroup(() => ({ announcement: true })),
  'group.setLocked': onGroup(() => ({ locked: true })),
  'status.sendText': connected(() => ({ text: 'On holiday' })),
  'status.sendImage': withFile('image', () => ({ caption: 'Look' })),
  'status.sendVideo': withFile('video', () => ({ caption: 'Look' })),
  'status.sendVoice': withFile('voice'),
  'status.delete': connected(({ ids }) => ({ message: ids.status }), 'status'),
  'presence.set': connected(() => ({ presence: 'online' })),
  'presence.subscribe': onChat(),
  'presence.get': onChat(),
  'profile.get': connected(),
  'profile.setName': connected(() => ({ name: 'Ada Lovelace' })),
  'profile.setAbout': connected(() => ({ about: 'Counting' })),
  'profile.setPicture': withFile('image'),
  'label.list': connected(nothing, 'label'),
  'label.create': connected(() => ({ name: 'New customer' })),
  'label.update': onLabel(() => ({ name: 'Paid' })),
  'label.delete': onLabel(),
  'label.chats': onLabel(),
  'label.ofChat': connected(() => ({ chat: PHONE }), 'label', 'theirs'),
  'label.setForChat': connected(({ ids }) => ({ chat: PHONE, labels: [ids.label] }), 'label', 'theirs'),
  'channel.list': connected(nothing, 'channel'),
  'channel.get': onChannel('channel'),
  'channel.create': connected(() => ({ name: 'News', description: 'What is new' })),
  'channel.delete': onChannel('channel'),
  'channel.follow': onChannel('theirChannel'),
  'channel.unfollow': onChannel('followed'),
  'channel.mute': onChannel('followed'),
  'channel.unmute': onChannel('followed'),
  'webhook.list': connected(nothing, 'webhook'),
  'webhook.create': connected(() => ({ url: HOOK_URL })),
  'webhook.update': connected(({ ids }) => ({ webhook: ids.webhook, url: `${HOOK_URL}/other` }), 'webhook'),
  'webhook.delete': connected(({ ids }) => ({ webhook: ids.webhook }), 'webhook'),
}

/** Invented ids, for tests that call no real gateway. */
export function madeUpFixtures(session: string): Fixtures {
  // by URL, which every gateway accepts
  return { session, ids: {}, file: { ...FILES.image, url: 'https://files.invalid/picture.png' } }
}
