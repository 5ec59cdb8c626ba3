import type { Operation } from '@wamux/core'
import type { ListRule, MediaRule, Overlay } from './overlay.ts'

const ALL = ['binary', 'url', 'base64'] as const

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'messages.sendImage': 'image/jpeg',
  'messages.sendFile': 'application/octet-stream',
  'messages.sendVoice': 'audio/ogg; codecs=opus',
  'messages.sendVideo': 'video/mp4',
  'messages.sendSticker': 'image/webp',
  'messages.sendButtons': 'image/jpeg',
  'groups.setPicture': 'image/jpeg',
  'profile.setPicture': 'image/jpeg',
  'channels.create': 'image/jpeg',
  'status.sendImage': 'image/jpeg',
  'status.sendVoice': 'audio/ogg; codecs=opus',
  'status.sendVideo': 'video/mp4',
}

const MESSAGE = ['id', 'timestamp', 'from', 'fromMe', 'to', 'participant', 'body', 'hasMedia', 'media', 'ackName']

const needsSession = { session: 'session' }

const lists: Readonly<Record<string, ListRule>> = {
  session: {
    operation: 'sessions.list',
    label: 'Session',
    input: { all: true },
    id: ['name'],
    name: ['name'],
    about: ['status'],
    example: 'default',
  },
  chat: {
    operation: 'chats.list',
    label: 'Chat',
    needs: needsSession,
    id: ['id._serialized', 'id'],
    name: ['name', 'id._serialized', 'id'],
    example: '4915112345678@c.us',
    phone: 'c.us',
  },
  contact: {
    operation: 'contacts.list',
    label: 'Contact',
    needs: needsSession,
    id: ['id._serialized', 'id'],
    name: ['name', 'pushname', 'id'],
    example: '4915112345678@c.us',
    phone: 'c.us',
  },
  group: {
    operation: 'groups.list',
    label: 'Group',
    needs: needsSession,
    id: ['id._serialized', 'id', 'JID'],
    name: ['subject', 'name', 'Name', 'id'],
    example: '120363000000000000@g.us',
  },
  channel: {
    operation: 'channels.list',
    label: 'Channel',
    needs: needsSession,
    id: ['id'],
    name: ['name', 'id'],
    example: '120363000000000000@newsletter',
  },
  label: { operation: 'labels.list', label: 'Label', needs: needsSession, id: ['id'], name: ['name'], example: '1' },
}

function locatorOf({ id, resource }: Operation, path: string): string | undefined {
  if (path === 'session') return 'session'
  // these operations of old have the session in another field
  if (/^sessions\.\w+Deprecated$/.test(id) && path === 'name') return 'session'
  if (path === 'contactId') return 'contact'
  if (path === 'chatId') return resource === 'contacts' ? 'contact' : 'chat'
  if (path === 'labelId') return 'label'
  if (path !== 'id') return undefined
  return { groups: 'group', channels: 'channel', contacts: 'contact' }[resource]
}

function mediaOf({ id }: Operation, path: string): MediaRule | undefined {
  if (path === '' && /^media\.convert/.test(id)) return { sources: ALL, style: 'flat' }
  if (path === 'preview.image') return { sources: ALL, style: 'bare' }
  const file = path === 'file' || path === 'headerImage' || (path === 'picture' && id === 'channels.create')
  return file ? { sources: ALL, style: 'object', mimeType: MEDIA_TYPES[id] ?? 'application/octet-stream' } : undefined
}

const SPARSE = ['chats.listMessages', 'messages.list']

const WHOLE_LISTS = [
  'sessions.list',
  'chats.overviewByIds',
  'groups.listParticipants',
  'groups.listParticipantsV2',
  'groups.listJoinRequests',
  'channels.list',
  'channels.previewMessages',
  'channels.listSearchViews',
  'channels.listSearchCountries',
  'channels.listSearchCategories',
  'labels.list',
  'labels.getChats',
  'labels.getChatLabels',
  'presence.list',
  'keys.list',
  'apps.list',
]

/** The WAHA node. */
export const wahaOverlay: Overlay = {
  gateway: 'WAHA',
  resources: {
    sessions: ['session', 'Session'],
    auth: ['pairing', 'Pairing'],
    messages: ['message', 'Message'],
    chats: ['chat', 'Chat'],
    contacts: ['contact', 'Contact'],
    lids: ['lid', 'LID'],
    groups: ['group', 'Group'],
    channels: ['channel', 'Channel'],
    status: ['status', 'Status'],
    labels: ['label', 'Label'],
    presence: ['presence', 'Presence'],
    profile: ['profile', 'Profile'],
    events: ['event', 'Event'],
    calls: ['call', 'Call'],
    media: ['media', 'Media'],
    keys: ['apiKey', 'API Key'],
    apps: ['app', 'App'],
    numberApps: ['numberApp', 'Number App'],
    mcp: ['mcp', 'MCP'],
    server: ['server', 'Server'],
  },
  composesWebhooks: true,
  onTop: ['sessions.create.name'],
  order: { first: ['message', 'session', 'chat', 'group', 'contact'], last: ['webhook', 'app', 'apiKey', 'mcp', 'server'] },
  firstResource: 'messages',
  firstOperations: { messages: 'messages.sendText', sessions: 'sessions.get', events: 'events.send' },
  labels: { 'messages.list': 'Get Messages (Deprecated)', 'channels.listSearchViews': 'Get Search Views' },
  fieldLabels: {
    'filter.timestamp.lte': 'Sent Until',
    'filter.timestamp.gte': 'Sent Since',
    'filter.fromMe': 'From Me',
    'filter.ack': 'Acknowledgement',
  },
  whether: {
    'sessions.list.all': 'to include stopped sessions',
    'server.environment.all': 'to include all variables of the process, not only those of WAHA',
    start: 'to start it right away; add this always, as servers disagree about the default',
    debug: 'to write more log output on the server',
    status: 'to leave out events about status posts',
    groups: 'to leave out events about groups',
    channels: 'to leave out events about channels',
    broadcast: 'to leave out events about broadcast lists and status posts',
    messages: 'messages are included',
    chats: 'chats are included',
    labels: 'labels are included',
    server: 'to turn on commands to the server',
    queue: 'to turn on commands about the queue',
    enabled: 'it is in use',
    reject: 'to reject calls',
    read: 'it may read messages, chats, contacts and groups',
    send: 'it may send, and change groups, labels, channels, contacts and the profile',
    control: 'it may start, stop, restart, log out and pair',
    setting: 'it may change the configuration',
    app: 'it may manage apps',
    delete: 'it may delete the session',
    logout: 'to unpair the phone as well',
    convert: 'to convert the file on the server first',
    star: 'to star the message; off removes the star',
    adminsOnly: 'only admins may do it',
    membersCanAddNewMember: 'all members may add people; off leaves it to the admins',
    membersCanShareHistory: 'all members may share earlier messages; off leaves it to the admins',
    newMembersApprovalRequired: 'an admin has to let new members in',
    purge: 'to delete what the apps of the session have stored as well',
    contacts: 'contacts are included',
    messageSecrets: 'what poll votes and event responses are decrypted with is included',
    isAdmin: 'it is a key for everything; without this a session is needed',
    isActive: 'the key is in use',
    force: 'to stop at once, instead of in good order',
  },
  locatorOf,
  lists,
  mediaOf,
  mayBeEmpty: [
    'messages.react.reaction',
    'groups.setDescription.description',
    'profile.setAbout.status',
    'contacts.update.lastName',
    'labels.update.name',
  ],
  pagingOf({ id, parameters = [] }) {
    const names = parameters.map((one) => one.name)
    // engines count reactions and deletions among messages, and leave them out
    if (SPARSE.includes(id)) return { by: 'offset', size: 100, sparse: true }
    if (names.includes('limit') && names.includes('offset')) return { by: 'offset', size: 100 }
    return WHOLE_LISTS.includes(id) ? { by: 'none', size: 0 } : undefined
  },
  simplifyOf({ id }) {
    if (['chats.listMessages', 'chats.getMessage', 'messages.list'].includes(id)) return MESSAGE
    return undefined
  },
}
