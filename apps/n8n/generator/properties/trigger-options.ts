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
    displayName: 'Download Files',
    name: 'downloadFiles',
    type: 'boolean',
    default: true,
    description:
      'Whether to fetch the file of a received message and give it as binary data. When that fails, the item says why in <code>fileError</code>.',
  },
  {
    displayName: 'Ignore Own Messages',
    name: 'ignoreOwn',
    type: 'boolean',
    default: true,
    description: 'Whether to leave out messages that this account wrote itself',
  },
  {
    displayName: 'Ignore Repeated Deliveries',
    name: 'ignoreRepeats',
    type: 'boolean',
    default: true,
    description:
      'Whether to leave out what a gateway delivers a second time. One n8n process remembers it for 24 hours, in memory: after a restart, and with several webhook processes (queue mode), a repeat can start the workflow again. Compare <code>ID</code> with a Remove Duplicates node where that matters.',
  },
  {
    displayName: 'Largest Delivery (MB)',
    name: 'largestDelivery',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 1024 },
    default: 16,
    description:
      'A larger delivery is refused, and n8n logs it. Files may be inside. n8n itself takes 16 MB unless its setting <code>N8N_PAYLOAD_SIZE_MAX</code> is raised.',
  },
  {
    displayName: 'Largest File (MB)',
    name: 'largestFile',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 2048 },
    default: 20,
    description: 'A larger file is not fetched; counts together with Download Files',
  },
  {
    displayName: 'Message Types',
    name: 'messageTypes',
    type: 'multiOptions',
    options: [
      { name: 'Audio', value: 'audio' },
      { name: 'Contact', value: 'contact' },
      { name: 'Document', value: 'document' },
      { name: 'Image', value: 'image' },
      { name: 'Location', value: 'location' },
      { name: 'Poll', value: 'poll' },
      { name: 'Sticker', value: 'sticker' },
      { name: 'Text', value: 'text' },
      { name: 'Video', value: 'video' },
      { name: 'Voice Message', value: 'voice' },
    ],
    default: [],
    description: 'Only messages of these types start the workflow',
  },
  {
    displayName: 'Outputs',
    name: 'outputs',
    type: 'options',
    options: [
      { name: 'One for All Events', value: 'one' },
      { name: 'One for Each Event', value: 'perEvent' },
    ],
    default: 'one',
    description: 'Whether all events leave the node the same way, or each chosen event has an output of its own',
  },
  {
    displayName: 'People',
    name: 'people',
    type: 'string',
    typeOptions: { multipleValues: true },
    default: [],
    placeholder: 'e.g. +4915112345678',
    description:
      'Only events that come from these people start the workflow: phone numbers, or hidden IDs (<code>…@lid</code>) where WhatsApp does not tell the number',
  },
  {
    displayName: 'Text Contains',
    name: 'textContains',
    type: 'string',
    default: '',
    description: 'Only messages with this in their text start the workflow; capital letters do not matter',
  },
  {
    displayName: 'Text Matches Pattern',
    name: 'textPattern',
    type: 'string',
    default: '',
    placeholder: 'e.g. ^order \\d+$',
    description: 'Regular expression; only messages whose text fits it start the workflow. Its first 2000 characters are looked at.',
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
    { name: 'Any of These, Except the Token', value: 'auto' },
    { name: 'HMAC With SHA-256', value: 'hmac-sha256' },
    { name: 'HMAC With SHA-512', value: 'hmac-sha512' },
    { name: 'Secret Token in the Address', value: 'address' },
    { name: 'The Secret Itself', value: 'secret' },
  ],
  default: 'auto',
  description:
    'How Wawp proves that an event is its own; look at the header X-Wawp-Signature of one. Without such a header take the token in the address.',
}
