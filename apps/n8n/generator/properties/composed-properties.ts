import type { IDisplayOptions, INodeProperties, INodePropertyMode } from 'n8n-workflow'
import { phoneMode } from './phone-mode.ts'
import type { Option } from './sorted.ts'

/** What differs between the nodes that have these operations. */
export interface ComposedPlace {
  /** The parameter that chooses the session; none where the credential names it. */
  readonly session?: { readonly name: string; readonly label: string; readonly list: string; readonly example: string }
  /** Name of the list of chats. */
  readonly chatList: string
}

/** The operations of Message that are made of several calls, or of n8n and the gateway together. */
export const composedOptions: readonly Option[] = [
  {
    name: 'Download Media',
    value: 'downloadMedia',
    description: 'Fetches the file of a received message as binary data',
    action: 'Download media',
  },
  {
    name: 'Reply',
    value: 'replyToMessage',
    description: 'Sends a text that quotes the message that started the workflow, or another one, to the chat that it is from',
    action: 'Reply with a quote',
  },
  {
    name: 'Send and Wait for Response',
    value: 'sendAndWait',
    description: 'Sends a text with a link to a page of n8n and waits until the person has approved, declined or written an answer there',
    action: 'Send and wait for response',
  },
  {
    name: 'Wait for Reply',
    value: 'waitForReply',
    description: 'Waits until somebody writes in a chat, and gives that message',
    action: 'Wait for reply',
  },
]

const LOCATED = ['sendAndWait', 'waitForReply']
const GIVEN = ['downloadMedia', 'replyToMessage']

/** The parameters of these operations. */
export function composedProperties({ session, chatList }: ComposedPlace): INodeProperties[] {
  const shown = (
    operation: readonly string[],
    extra: Readonly<Record<string, readonly string[]>> = {},
  ): { displayOptions: IDisplayOptions } => ({
    displayOptions: { show: { resource: ['message'], operation: [...operation], ...extra } as NonNullable<IDisplayOptions['show']> },
  })
  const chosen = { whichMessage: ['chosen'] }
  const sessionFor = (shows: { displayOptions: IDisplayOptions }): INodeProperties[] =>
    session
      ? [
          {
            displayName: session.label,
            name: session.name,
            type: 'resourceLocator',
            default: { mode: 'list', value: '' },
            required: true,
            modes: modesOf(session.list, session.example),
            ...shows,
          },
        ]
      : []
  const chatFor = (displayName: string, shows: { displayOptions: IDisplayOptions }): INodeProperties => ({
    displayName,
    name: 'to',
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    modes: [...modesOf(chatList, '4915112345678@c.us'), phoneMode],
    ...shows,
  })
  return [
    {
      displayName: 'Message',
      name: 'whichMessage',
      type: 'options',
      options: [
        { name: 'Chosen Here', value: 'chosen' },
        { name: 'The One That Started the Workflow', value: 'trigger' },
      ],
      default: 'trigger',
      description: 'The message of the item, or else of the trigger before this node',
      ...shown(GIVEN),
    },
    ...sessionFor(shown(GIVEN, chosen)),
    ...sessionFor(shown(LOCATED)),
    chatFor('Chat', shown(GIVEN, chosen)),
    chatFor('To', shown(['sendAndWait'])),
    chatFor('Chat', shown(['waitForReply'])),
    {
      displayName: 'Message ID',
      name: 'messageId',
      type: 'string',
      default: '',
      required: true,
      description: 'ID of the message, as a trigger or a list of messages gives it',
      ...shown(GIVEN, chosen),
    },
    {
      displayName: 'Text',
      name: 'text',
      type: 'string',
      typeOptions: { rows: 3 },
      default: '',
      required: true,
      ...shown(['replyToMessage', 'sendAndWait']),
    },
    {
      displayName: 'Response Type',
      name: 'responseType',
      type: 'options',
      options: [
        { name: 'Approval', value: 'approval', description: 'The person approves or declines' },
        { name: 'Free Text', value: 'freeText', description: 'The person writes an answer' },
      ],
      default: 'approval',
      ...shown(['sendAndWait']),
    },
    {
      displayName:
        'The text ends with a link to a page of this n8n, which the phone has to reach: the address of n8n (<code>WEBHOOK_URL</code>) has to be public. Opening the page decides nothing.',
      name: 'waitNotice',
      type: 'notice',
      default: '',
      ...shown(['sendAndWait']),
    },
    {
      displayName: 'Wait Options',
      name: 'waitOptions',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        {
          displayName: 'Approve Button',
          name: 'approveLabel',
          type: 'string',
          default: 'Approve',
          displayOptions: { show: { '/responseType': ['approval'] } },
        },
        {
          displayName: 'Decline Button',
          name: 'declineLabel',
          type: 'string',
          default: 'Decline',
          displayOptions: { show: { '/responseType': ['approval'] } },
        },
        {
          displayName: 'Limit Wait Time',
          name: 'waitLimit',
          type: 'number',
          typeOptions: { minValue: 0, numberPrecision: 2 },
          default: 1,
          description: 'After this time the workflow goes on with <code>timedOut</code>; without it the workflow waits for ever',
        },
        { displayName: 'Text of the Link', name: 'linkText', type: 'string', default: '', description: 'What stands before the link' },
        {
          displayName: 'Unit of the Limit',
          name: 'unit',
          type: 'options',
          options: [
            { name: 'Days', value: 'days' },
            { name: 'Hours', value: 'hours' },
            { name: 'Minutes', value: 'minutes' },
          ],
          default: 'hours',
        },
      ],
      ...shown(['sendAndWait']),
    },
    {
      displayName: 'Wait Options',
      name: 'waitOptions',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        {
          displayName: 'Look Every (Seconds)',
          name: 'lookEvery',
          type: 'number',
          typeOptions: { minValue: 1, maxValue: 60 },
          default: 5,
          description: 'How often to look for new messages of the chat',
        },
        {
          displayName: 'Minutes',
          name: 'minutes',
          type: 'number',
          typeOptions: { minValue: 1, maxValue: 60 },
          default: 10,
          description: 'How long to wait; then the workflow goes on with <code>timedOut</code>. The execution runs on meanwhile.',
        },
      ],
      ...shown(['waitForReply']),
    },
  ]
}

function modesOf(list: string, example: string): INodePropertyMode[] {
  return [
    { displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: list, searchable: true } },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
  ]
}
