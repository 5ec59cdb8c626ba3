import type { Operation } from '@wamux/core'
import type { ListRule, MediaRule, Overlay } from './overlay.ts'

const needsDevice = { deviceId: 'deviceId' }
const HEX = '507f1f77bcf86cd799439011'

const lists: Readonly<Record<string, ListRule>> = {
  device: {
    operation: 'devices.list',
    label: 'WhatsApp Number',
    id: ['id'],
    name: ['alias', 'phone', 'id'],
    about: ['phone'],
    example: HEX,
  },
  chat: {
    operation: 'chats.list',
    label: 'Chat',
    needs: needsDevice,
    id: ['wid'],
    name: ['name', 'wid'],
    example: '4915112345678@c.us',
    phone: 'c.us',
  },
  contact: {
    operation: 'chatContacts.list',
    label: 'Contact',
    needs: needsDevice,
    id: ['wid'],
    name: ['displayName', 'name', 'phone', 'wid'],
    example: '4915112345678@c.us',
    phone: 'c.us',
  },
  group: {
    operation: 'groups.list',
    label: 'Group',
    needs: needsDevice,
    id: ['wid'],
    name: ['name', 'wid'],
    example: '120363000000000000@g.us',
  },
  channel: {
    operation: 'channels.list',
    label: 'Channel',
    needs: needsDevice,
    id: ['wid'],
    name: ['name', 'wid'],
    example: '120363000000000000@newsletter',
  },
  label: {
    operation: 'labels.list',
    label: 'Label',
    needs: needsDevice,
    id: ['name'],
    name: ['name'],
    about: ['description'],
    example: 'customer',
  },
  quickReply: {
    operation: 'quickReplies.list',
    label: 'Quick Reply',
    needs: needsDevice,
    id: ['id'],
    name: ['shortcut', 'id'],
    example: HEX,
  },
  department: { operation: 'departments.list', label: 'Department', needs: needsDevice, id: ['id'], name: ['name', 'id'], example: HEX },
  teamMember: { operation: 'team.list', label: 'Team Member', id: ['id'], name: ['displayName', 'email', 'id'], example: HEX },
  campaign: { operation: 'campaigns.list', label: 'Campaign', id: ['id'], name: ['name', 'id'], example: HEX },
  webhook: { operation: 'webhooks.list', label: 'Webhook', id: ['id'], name: ['name', 'url', 'id'], example: HEX },
  file: { operation: 'files.list', label: 'File', id: ['id'], name: ['filename', 'id'], example: HEX },
}

const BY_PATH: Readonly<Record<string, string>> = {
  deviceId: 'device',
  chatWid: 'chat',
  contactWid: 'contact',
  groupWid: 'group',
  channelWid: 'channel',
  quickReplyId: 'quickReply',
  departmentId: 'department',
  userId: 'teamMember',
  campaignId: 'campaign',
  webhookId: 'webhook',
}

const DEVICE_IN_BODY = ['messages', 'outboundMessages', 'campaigns', 'queue', 'webhooks', 'files', 'team']

function locatorOf({ id, resource, path: route }: Operation, path: string): string | undefined {
  const known = BY_PATH[path]
  if (known) return known
  if (path === 'device' && DEVICE_IN_BODY.includes(resource)) return 'device'
  if (path === 'fileId' && resource === 'files') return 'file'
  if (resource === 'messages' && (path === 'group' || path === 'channel')) return path
  if ((path === 'name' && (id === 'labels.update' || id === 'labels.delete')) || (path === 'label' && resource === 'messages'))
    return 'label'
  if (path === 'id' && id === 'groups.leave') return 'group'
  if (path === 'chat' && route.startsWith('/chat/{deviceId}')) return 'chat'
  return undefined
}

const MEDIA: MediaRule = { sources: ['url', 'id'], style: 'reference' }

/** The SparkBot node. It takes files by address or by the id of one that was uploaded, again by address. */
export const sparkbotOverlay: Overlay = {
  gateway: 'SparkBot',
  resources: {
    devices: ['number', 'WhatsApp Number'],
    session: ['session', 'WhatsApp Session'],
    messages: ['message', 'Message'],
    outboundMessages: ['outboundMessage', 'Outbound Message'],
    chats: ['chat', 'Chat'],
    chatMessages: ['chatMessage', 'Chat Message'],
    chatContacts: ['chatContact', 'Chat Contact'],
    chatFiles: ['chatFile', 'Chat File'],
    files: ['file', 'File'],
    groups: ['group', 'Group'],
    channels: ['channel', 'Channel'],
    userStatus: ['userStatus', 'User Status'],
    profile: ['profile', 'WhatsApp Profile'],
    queue: ['queue', 'Queue'],
    labels: ['label', 'Label'],
    quickReplies: ['quickReply', 'Quick Reply'],
    team: ['teamMember', 'Team'],
    departments: ['department', 'Department'],
    campaigns: ['campaign', 'Campaign'],
    catalog: ['catalog', 'Business Catalog'],
    meetings: ['meetingLink', 'Meeting Link'],
    webhooks: ['webhook', 'Webhook'],
    other: ['other', 'Other'],
  },
  // SparkBot's own node has one action for all of these
  actions: {
    'messages.sendText': 'Send messages text',
    'messages.sendMedia': 'Send messages media or file',
    'messages.sendLocation': 'Send messages location',
    'messages.sendContacts': 'Send messages contacts',
    'messages.sendPoll': 'Send messages poll',
  },
  order: { first: ['message', 'session', 'chat', 'group', 'chatContact'], last: ['teamMember', 'department', 'webhook', 'other'] },
  firstResource: 'messages',
  firstOperations: { messages: 'messages.sendText', session: 'devices.getHealth' },
  fieldLabels: {
    deviceId: 'WhatsApp Number',
    device: 'WhatsApp Number',
    chatWid: 'Chat',
    contactWid: 'Contact',
    groupWid: 'Group',
    channelWid: 'Channel',
    userId: 'Team Member',
    'devices.reset.data': 'Delete All Data',
    'devices.reset.wait': 'Wait For Session',
    'devices.reset.emptyQueue': 'Empty Queue',
    'devices.start.wait': 'Wait For Session',
    'devices.reboot.wait': 'Wait For Session',
    'devices.reboot.force': 'Force Reboot',
    'devices.reboot.sync': 'Force Sync',
  },
  whether: {
    'devices.reset.data': 'to delete all data: stored chats, messages and contacts too',
    'devices.reset.wait': 'to wait for the session: the answer comes when the new one is there, after 2 minutes at most',
    'devices.reset.emptyQueue': 'to empty the queue: messages that wait to go out are dropped',
    'devices.start.wait': 'to wait for the session: the answer comes when it is there, after 90 seconds at most',
    'devices.reboot.wait': 'to wait for the session: the answer comes when it is back, after 90 seconds at most',
    'devices.reboot.force': 'to reboot also when the session is stopped',
    'devices.reboot.sync': 'to synchronise as well',
    'devices.getQr.force': 'to drop an existing session first',
    'devices.requestAuthCode.force': 'to make a new code',
    'chats.delete.force': 'to force it; counts only beside Delete From WhatsApp',
    'queue.setStatus.force': 'to deliver without waiting, for 30 minutes; fits the states active and reject only',
    'chats.setLabels.upsert': 'to add to the labels instead of replacing them',
    'chatContacts.create.upsert': 'to update the contact if it exists',
    'groups.leave.remove': 'to delete the group from the gateway too',
    'team.revokeAccess.remove': 'to remove the member from the account too',
    enabled: 'it is in use',
    unread: 'to get only chats with unread messages',
    active: 'it is active',
    readOnly: 'to get only chats that take no messages',
    hasChat: 'to get only contacts with a chat',
    admin: 'this participant is an admin',
    confirm: 'to accept; off declines',
    approval: 'an admin has to let new members in',
    all: 'it is for all that there are',
    mine: 'to get only own ones',
    scheduled: 'to get only those that are still to be published',
    sync: 'to fetch messages from WhatsApp when the gateway has none',
    contact: 'to get only members who are contacts',
    muted: 'the chat is muted',
    pinned: 'the chat is pinned',
    clean: 'to leave no trace that there was a message',
    'chats.setUnread.unread': 'the chat counts as unread; off marks it as read',
    sendInvitation: 'to send an invitation by email',
    live: 'to send past the queue',
    multiple: 'more than one answer counts',
  },
  locatorOf,
  lists,
  mediaOf({ resource }, path) {
    return path === 'media' && (resource === 'messages' || resource === 'userStatus') ? MEDIA : undefined
  },
  onTop: [
    'messages.device',
    'messages.location.coordinates',
    'messages.location.address',
    'devices.reset.data',
    'devices.reset.wait',
    'devices.reset.emptyQueue',
  ],
  choice: {
    name: 'sendTo',
    label: 'Send To',
    about: 'Whom the message is for',
    fields: ['phone', 'group', 'channel'],
    appliesTo: ({ resource }) => resource === 'messages',
  },
  // these wait for the session when they are told to: 2 minutes, and 90 seconds
  slow: { 'devices.reset': 150_000, 'devices.start': 120_000, 'devices.reboot': 120_000 },
  pagingOf({ id, parameters = [], produces, safety }) {
    const names = parameters.map((one) => one.name)
    if (names.includes('page') && names.includes('size')) return { by: 'page', size: 100 }
    const whole = [
      'team.listByDevice',
      'labels.list',
      'quickReplies.list',
      'departments.list',
      'groups.listPendingMembers',
      'chats.listParticipants',
    ]
    return whole.includes(id) && safety === 'read' && produces.length > 0 ? { by: 'none', size: 0 } : undefined
  },
  simplifyOf({ id }) {
    if (/^outboundMessages\.(list|get)$/.test(id))
      return ['id', 'device', 'wid', 'message', 'status', 'deliveryStatus', 'reference', 'createdAt']
    if (/^(chatMessages\.(list|get)|channels\.listMessages|userStatus\.(list|get))$/.test(id))
      return ['id', 'date', 'chatWid', 'from', 'to', 'kind', 'body', 'media', 'ack', 'flow']
    if (/^chats\.(list|get)$/.test(id)) return ['wid', 'name', 'kind', 'status', 'waStatus', 'owner', 'lastMessageAt', 'labels']
    if (/^chatContacts\.(list|get)$/.test(id)) return ['wid', 'phone', 'name', 'displayName', 'createdAt', 'metadata']
    if (/^devices\.(list|get)$/.test(id)) return ['id', 'phone', 'wid', 'alias', 'status', 'session']
    if (/^files\.(list|get)$/.test(id)) return ['id', 'status', 'filename', 'mime', 'kind', 'size', 'format', 'reference', 'expiresAt']
    if (/^chatFiles\.(list|get)$/.test(id)) return ['id', 'message', 'chat', 'status', 'kind', 'size', 'mime', 'filename', 'createdAt']
    if (/^groups\.(list|get)$/.test(id))
      return ['wid', 'name', 'description', 'totalParticipants', 'isReadOnly', 'inviteLink', 'participants']
    if (/^channels\.(list|search)$/.test(id)) return ['wid', 'name', 'description', 'imageUrl', 'isVerified', 'inviteLink']
    if (/^campaigns\.(list|get)$/.test(id)) return ['id', 'name', 'device', 'status', 'startedAt', 'completedAt', 'message', 'stats']
    if (id === 'campaigns.listContacts') return ['id', 'wid', 'status', 'phone', 'name', 'deliveredAt', 'readAt', 'failedAt']
    return undefined
  },
}
