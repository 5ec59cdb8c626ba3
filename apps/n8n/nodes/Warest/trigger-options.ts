import type { INodeProperties } from 'n8n-workflow'

export const triggerOptions: INodeProperties = {
  displayName: 'Options',
  name: 'nodeOptions',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
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
    {
      displayName: 'Replay Window',
      name: 'replayWindow',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: 1440 },
      default: 5,
      description: 'Minutes that the signed time of an event may be off; older events are refused',
    },
  ],
}
