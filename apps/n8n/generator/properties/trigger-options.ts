import type { INodeProperties } from 'n8n-workflow'

/** Options that every trigger has. */
export const TRIGGER_OPTIONS: readonly INodeProperties[] = [
  {
    displayName: 'Chat IDs',
    name: 'chatIds',
    type: 'string',
    typeOptions: { multipleValues: true },
    default: [],
    placeholder: 'e.g. 4915112345678@c.us',
    description: 'Only events of these chats start the workflow',
  },
  {
    displayName: 'Chats',
    name: 'chats',
    type: 'options',
    options: [
      { name: 'All', value: 'all' },
      { name: 'Groups Only', value: 'group' },
      { name: 'No Groups', value: 'direct' },
    ],
    default: 'all',
    description: 'Of which kind of chat events start the workflow',
  },
  {
    displayName: 'Ignore Own Messages',
    name: 'ignoreOwn',
    type: 'boolean',
    default: true,
    description: 'Whether to leave out messages that this account wrote itself',
  },
]

/** For gateways that sign the time of a delivery. */
export const REPLAY_WINDOW: INodeProperties = {
  displayName: 'Replay Window',
  name: 'replayWindow',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: 1440 },
  default: 5,
  description: 'Minutes that the signed time of an event may be off; older events are refused',
}

/** Sources disagree on how Wawp signs. */
export const WAWP_SIGNATURE: INodeProperties = {
  displayName: 'Signature',
  name: 'signature',
  type: 'options',
  options: [
    { name: 'Any of These', value: 'auto' },
    { name: 'HMAC With SHA-256', value: 'hmac-sha256' },
    { name: 'HMAC With SHA-512', value: 'hmac-sha512' },
    { name: 'The Secret Itself', value: 'secret' },
  ],
  default: 'auto',
  description: 'How Wawp proves that an event is its own; look at the header X-Wawp-Signature of one',
}
