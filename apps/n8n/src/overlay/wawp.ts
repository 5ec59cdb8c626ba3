import type { Operation } from '@wamux/core'
import type { ListRule, Overlay } from './overlay.ts'

const lists: Readonly<Record<string, ListRule>> = {
  chat: {
    operation: 'chats.list',
    label: 'Chat',
    id: ['id._serialized', 'id'],
    name: ['name', 'id'],
    example: '4915112345678@c.us',
    phone: 'c.us',
  },
  contact: {
    operation: 'contacts.list',
    label: 'Contact',
    id: ['id._serialized', 'id'],
    name: ['name', 'pushname', 'id'],
    example: '4915112345678@c.us',
    phone: 'c.us',
  },
  group: {
    operation: 'groups.list',
    label: 'Group',
    id: ['id._serialized', 'id'],
    name: ['subject', 'name', 'id'],
    example: '120363000000000000@g.us',
  },
  channel: { operation: 'channels.list', label: 'Channel', id: ['id'], name: ['name', 'id'], example: '120363000000000000@newsletter' },
  label: { operation: 'labels.list', label: 'Label', id: ['id'], name: ['name'], example: '1' },
}

function locatorOf({ resource }: Operation, path: string): string | undefined {
  if (path === 'contactId') return 'contact'
  if (path === 'chatId') return resource === 'contacts' ? 'contact' : 'chat'
  if (path === 'labelId') return 'label'
  if (path !== 'id') return undefined
  return { groups: 'group', channels: 'channel', labels: 'label' }[resource]
}

const SPARSE = ['chats.getMessages']

const WHOLE_LISTS = [
  'channels.list',
  'channels.previewMessages',
  'channels.getSearchViews',
  'channels.getSearchCountries',
  'channels.getSearchCategories',
  'groups.getParticipants',
  'labels.list',
  'labels.getChats',
  'labels.getChatLabels',
]

/** The Wawp node. Wawp takes files by address only. */
export const wawpOverlay: Overlay = {
  gateway: 'Wawp',
  resources: {
    sessions: ['session', 'Session'],
    auth: ['pairing', 'Pairing'],
    webhooks: ['webhook', 'Webhook'],
    messages: ['message', 'Message'],
    chats: ['chat', 'Chat'],
    contacts: ['contact', 'Contact'],
    lids: ['lid', 'LID'],
    labels: ['label', 'Label'],
    groups: ['group', 'Group'],
    channels: ['channel', 'Channel'],
    presence: ['presence', 'Presence'],
    status: ['status', 'Status'],
    profile: ['profile', 'Profile'],
  },
  order: { first: ['message', 'session', 'chat', 'group', 'contact'], last: ['webhook'] },
  firstResource: 'messages',
  firstOperations: { messages: 'messages.sendText', sessions: 'sessions.get', status: 'status.sendText' },
  fieldLabels: { 'file[url]': 'File URL', 'file[filename]': 'File Name', 'file[mimetype]': 'File MIME Type' },
  whether: {
    convert: 'to convert the file to a format that WhatsApp plays',
    is_active: 'the webhook is in use',
    adminsOnly: 'only admins may do it',
  },
  locatorOf,
  lists,
  mediaOf: () => undefined,
  onTop: ['groups.file.url', 'messages.message.title', 'messages.message.button', 'messages.message.sections'],
  mayBeEmpty: ['messages.react.reaction', 'groups.setDescription.description', 'profile.setAbout.status', 'contacts.update.lastName'],
  pagingOf({ id, parameters = [] }) {
    const names = parameters.map((one) => one.name)
    // engines count reactions and deletions among messages, and leave them out
    if (SPARSE.includes(id)) return { by: 'offset', size: 100, sparse: true }
    if (names.includes('limit') && names.includes('offset')) return { by: 'offset', size: 100 }
    return WHOLE_LISTS.includes(id) ? { by: 'none', size: 0 } : undefined
  },
  simplifyOf({ id }) {
    if (['chats.getMessages', 'messages.get'].includes(id))
      return ['id', 'timestamp', 'from', 'fromMe', 'to', 'body', 'hasMedia', 'media', 'ack']
    if (['contacts.list', 'contacts.get'].includes(id))
      return ['id', 'number', 'name', 'pushname', 'isMyContact', 'isBlocked', 'isBusiness']
    return undefined
  },
}
