import type { Operation } from '@wamux/core'
import type { ListRule, MediaRule, Overlay } from './overlay.ts'

const ALL = ['binary', 'url', 'base64'] as const

const needsSession = { sessionId: 'sessionId' }

const lists: Readonly<Record<string, ListRule>> = {
  session: {
    operation: 'sessions.list',
    label: 'Session',
    id: ['sessionId', 'id'],
    name: ['friendlyName', 'pushName', 'me.name', 'sessionId', 'id'],
    about: ['status'],
    example: 'my-session',
  },
  chat: {
    operation: 'chats.list',
    label: 'Chat',
    needs: needsSession,
    id: ['id', 'jid'],
    name: ['name', 'id', 'jid'],
    example: '4915112345678',
    phone: 's.whatsapp.net',
  },
  group: {
    operation: 'groups.list',
    label: 'Group',
    needs: needsSession,
    id: ['id', 'groupId'],
    name: ['subject', 'name', 'id'],
    example: '120363000000000000@g.us',
  },
}

function locatorOf({ id }: Operation, path: string): string | undefined {
  // a session that is still to be made is in no list
  if (path === 'sessionId') return id === 'sessions.create' || id === 'sessions.createPairCode' ? undefined : 'session'
  if (path === 'chatId' || path === 'to') return 'chat'
  return path === 'groupId' ? 'group' : undefined
}

function mediaOf({ id }: Operation, path: string): MediaRule | undefined {
  if (/^messages\.send/.test(id)) {
    if (path === 'files') return { sources: ALL, style: 'form', many: true }
    if (['media', 'document', 'audio', 'gif', 'sticker'].includes(path)) return { sources: ALL, style: 'form' }
    if (path === 'image') return { sources: ALL, style: 'text', mimeType: 'image/jpeg' }
  }
  if (path === 'picture') return { sources: ALL, style: 'text', mimeType: 'image/jpeg' }
  if (path === 'file' && /^misc\./.test(id)) return { sources: ALL, style: 'text' }
  return undefined
}

/** The WARest node. */
export const warestOverlay: Overlay = {
  gateway: 'WARest',
  resources: {
    sessions: ['session', 'Session'],
    messages: ['message', 'Message'],
    chats: ['chat', 'Chat'],
    messageActions: ['messageAction', 'Message Action'],
    groups: ['group', 'Group'],
    profile: ['profile', 'Profile'],
    server: ['server', 'Server'],
    misc: ['miscellaneous', 'Miscellaneous'],
  },
  order: { first: ['message', 'session', 'chat', 'group'], last: ['miscellaneous', 'server'] },
  firstResource: 'messages',
  firstOperations: {
    messages: 'messages.sendText',
    sessions: 'sessions.list',
    messageActions: 'messageActions.markRead',
    misc: 'misc.validatePhone',
  },
  fieldLabels: { isVN: 'Voice Note', checkNumbers: 'Phone Numbers', sessionId: 'Session' },
  whether: {
    mediaOnly: 'to leave out messages without media',
    isFromMe: 'to get own messages only; servers that were seen ignore it',
    fromMe: 'it is an own message',
    pin: 'to pin; off takes the pin off',
    announcement: 'only admins write and the others read',
    locked: 'only admins change name, picture and description',
  },
  locatorOf,
  lists,
  mediaOf,
  onTop: ['messages.contact.name', 'messages.contact.phone'],
  mayBeEmpty: ['groups.setDescription.groupDescription'],
  pagingOf({ id, parameters = [] }) {
    const names = parameters.map((one) => one.name)
    if (names.includes('limit') && names.includes('offset')) return { by: 'offset', size: 100 }
    const whole = ['sessions.list', 'sessions.listDevices', 'groups.list', 'groups.listParticipants', 'groups.listRequests']
    return whole.includes(id) ? { by: 'none', size: 0 } : undefined
  },
  simplifyOf: ({ id }) =>
    id === 'server.info' ? ['serviceName', 'serviceVersion', 'environment', 'uptimeSeconds', 'sessions', 'timestamp'] : undefined,
}
