import type { Message } from '@wamux/core'
import { expectLinear, repeated } from '@wamux/testkit/growth'
import { describe, expect, it } from 'vitest'
import { engineMessage } from '../src/index.ts'

// C, D: persons; what stands in `_data.message` is the protocol's own (WhatsApp's protobuf, as NOWEB and GOWS pass it on)
const C = '11111111111@c.us'
const id = `false_${C}_A`
const card = (name: string, number: string) => `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL;type=CELL;waid=${number}:+${number}\nEND:VCARD`
const poll = { name: 'Lunch?', options: [{ optionName: 'Yes' }, { optionName: 'No' }], selectableOptionsCount: 1 }
const asked = { type: 'poll', text: 'Lunch?', poll: { question: 'Lunch?', options: ['Yes', 'No'], multiple: false } }
const image = { imageMessage: { mimetype: 'image/jpeg', caption: 'Look' } }
const picture = { type: 'image', text: 'Look' }

/** What only tests of other fields look at. */
const facts = ({
  session: _s,
  id: _i,
  key: _k,
  chat: _c,
  from: _f,
  phone: _p,
  person: _o,
  fromMe: _m,
  ack: _a,
  at: _t,
  raw: _r,
  media: _d,
  ...rest
}: Message) => rest

const protocol: readonly (readonly [string, object, object])[] = [
  // issue 13: wrapped by shape, under whatever name
  ['associatedChildMessage', { associatedChildMessage: { message: image } }, picture],
  ['lottieStickerMessage', { lottieStickerMessage: { message: { stickerMessage: { isLottie: true } } } }, { type: 'sticker' }],
  ['groupMentionedMessage', { groupMentionedMessage: { message: { extendedTextMessage: { text: 'Hi' } } } }, { type: 'text', text: 'Hi' }],
  ['botInvokeMessage', { botInvokeMessage: { message: { conversation: 'Hey' } } }, { type: 'text', text: 'Hey' }],
  ['ephemeralMessage', { ephemeralMessage: { message: { conversation: 'Gone' } } }, { type: 'text', text: 'Gone' }],
  ['viewOnceMessage', { viewOnceMessage: { message: image } }, picture],
  ['viewOnceMessageV2', { viewOnceMessageV2: { message: image } }, picture],
  ['viewOnceMessageV2Extension', { viewOnceMessageV2Extension: { message: { audioMessage: { ptt: true } } } }, { type: 'voice' }],
  [
    'documentWithCaptionMessage',
    { documentWithCaptionMessage: { message: { documentMessage: { caption: 'Bill' } } } },
    { type: 'document', text: 'Bill' },
  ],
  ['editedMessage', { editedMessage: { message: { protocolMessage: { type: 'MESSAGE_EDIT' } } } }, { type: 'system' }],
  ['deviceSentMessage', { deviceSentMessage: { destinationJid: C, message: { conversation: 'Hi' } } }, { type: 'text', text: 'Hi' }],
  ['a wrapper of the future', { tomorrowsMessageV9: { message: { conversation: 'New' } } }, { type: 'text', text: 'New' }],
  ['beside a context', { messageContextInfo: { messageSecret: 'x' }, statusMentionMessage: { message: image } }, picture],
  [
    'one in another',
    { ephemeralMessage: { message: { viewOnceMessageV2: { message: { documentWithCaptionMessage: { message: image } } } } } },
    picture,
  ],
  ['ptvMessage', { ptvMessage: { mimetype: 'video/mp4' } }, { type: 'video' }],
  // polls of every version
  ['pollCreationMessage', { pollCreationMessage: poll }, asked],
  ['pollCreationMessageV2', { pollCreationMessageV2: poll }, asked],
  ['pollCreationMessageV3', { pollCreationMessageV3: poll }, asked],
  ['pollCreationMessageV4', { pollCreationMessageV4: { message: { pollCreationMessage: poll } } }, asked],
  ['pollCreationMessageV5', { pollCreationMessageV5: poll }, asked],
  ['pollCreationMessageV5, wrapped', { pollCreationMessageV5: { message: { pollCreationMessageV3: poll } } }, asked],
  [
    'a poll without a limit',
    { pollCreationMessageV3: { ...poll, selectableOptionsCount: 0 } },
    { ...asked, poll: { ...asked.poll, multiple: true } },
  ],
  [
    'a poll that does not say',
    { pollCreationMessage: { name: 'Lunch?', options: [] } },
    { ...asked, poll: { question: 'Lunch?', options: [] } },
  ],
  // places
  [
    'locationMessage',
    { locationMessage: { degreesLatitude: 1.5, degreesLongitude: -2, name: 'Office', address: 'Main St 1' } },
    { type: 'location', location: { latitude: 1.5, longitude: -2, name: 'Office', address: 'Main St 1' } },
  ],
  [
    'liveLocationMessage',
    { liveLocationMessage: { degreesLatitude: 0, degreesLongitude: 0 } },
    { type: 'location', location: { latitude: 0, longitude: 0 } },
  ],
  ['a place without a place', { locationMessage: {} }, { type: 'location' }],
  // cards
  [
    'contactMessage',
    { contactMessage: { displayName: 'Ada', vcard: card('Ada L', '4915112345678') } },
    { type: 'contact', contacts: [{ name: 'Ada', phones: ['+4915112345678'], vcard: card('Ada L', '4915112345678') }] },
  ],
  [
    'a card with two numbers',
    {
      contactMessage: {
        vcard: 'BEGIN:VCARD\r\nFN:Bo\r\nitem1.TEL;waid=12025550143:+1 202\r\nTEL;TYPE=HOME:+1 (202) 555-0199\r\nTEL:0151 123\r\nEND:VCARD',
      },
    },
    { type: 'contact', contacts: [{ name: 'Bo', phones: ['+12025550143', '+12025550199'], vcard: expect.any(String) }] },
  ],
  [
    'contactsArrayMessage',
    {
      contactsArrayMessage: {
        displayName: '2 contacts',
        contacts: [
          { displayName: 'A', vcard: card('A', '12025550143') },
          { displayName: 'B', vcard: card('B', '12025550199') },
        ],
      },
    },
    {
      type: 'contact',
      contacts: [
        expect.objectContaining({ name: 'A', phones: ['+12025550143'] }),
        expect.objectContaining({ name: 'B', phones: ['+12025550199'] }),
      ],
    },
  ],
  // albums
  ['albumMessage', { albumMessage: { expectedImageCount: 3, expectedVideoCount: 1 } }, { type: 'album', album: { images: 3, videos: 1 } }],
  [
    'a picture of an album',
    {
      associatedChildMessage: {
        message: {
          ...image,
          messageContextInfo: { messageAssociation: { associationType: 'MEDIA_ALBUM', parentMessageKey: { id: 'ALBUM' } } },
        },
      },
    },
    { ...picture, album: { parent: 'ALBUM' } },
  ],
  [
    'the context outside',
    { ...image, messageContextInfo: { messageAssociation: { parentMessageKey: { ID: 'ALBUM' } } } },
    { ...picture, album: { parent: 'ALBUM' } },
  ],
  // answers to buttons and lists
  [
    'buttonsResponseMessage',
    { buttonsResponseMessage: { selectedButtonId: 'b1', selectedDisplayText: 'Yes' } },
    { type: 'text', text: 'Yes', choice: { id: 'b1', text: 'Yes' } },
  ],
  [
    'buttonsResponseMessage [GOWS]',
    { buttonsResponseMessage: { selectedButtonID: 'b1', Response: { SelectedDisplayText: 'Yes' } } },
    { type: 'text', text: 'Yes', choice: { id: 'b1', text: 'Yes' } },
  ],
  [
    'templateButtonReplyMessage',
    { templateButtonReplyMessage: { selectedId: 't1', selectedDisplayText: 'Order' } },
    { type: 'text', text: 'Order', choice: { id: 't1', text: 'Order' } },
  ],
  [
    'listResponseMessage',
    { listResponseMessage: { title: 'Pizza', description: 'large', singleSelectReply: { selectedRowId: 'r7' } } },
    { type: 'text', text: 'large', choice: { id: 'r7', text: 'Pizza' } },
  ],
  [
    'interactiveResponseMessage',
    { interactiveResponseMessage: { body: { text: 'Pick' }, nativeFlowResponseMessage: { paramsJson: '{"id":"f1"}' } } },
    { type: 'text', text: 'Pick', choice: { id: 'f1', text: 'Pick' } },
  ],
  [
    'a choice that is no JSON',
    { interactiveResponseMessage: { body: { text: 'Pick' }, nativeFlowResponseMessage: { paramsJson: '{' } } },
    { type: 'text', text: 'Pick', choice: { text: 'Pick' } },
  ],
  ['buttonsMessage', { buttonsMessage: { contentText: 'Choose' } }, { type: 'text', text: 'Choose' }],
  // what nobody knows stays what it is
  ['a part of the future', { tomorrowsMessage: { text: 'New' } }, { type: 'unknown' }],
]

it.each(protocol)('the protocol’s %s', (_name, message, expected) => {
  expect(facts(engineMessage('main', { id, _data: { message } }))).toEqual(expected)
  // Go writes the field in upper case
  expect(facts(engineMessage('main', { id, _data: { Message: message } }))).toEqual(expected)
})

// what the web page has (WEBJS and WPP), in `_data`, and WAHA's own fields beside it
const web: readonly (readonly [string, object, object])[] = [
  ['ptv', { _data: { type: 'ptv' } }, { type: 'video' }],
  ['album', { _data: { type: 'album', expectedImageCount: 2, expectedVideoCount: 0 } }, { type: 'album', album: { images: 2, videos: 0 } }],
  ['a picture of an album', { _data: { type: 'image', parentMsgKey: { id: 'ALBUM' } } }, { type: 'image', album: { parent: 'ALBUM' } }],
  [
    'location',
    { _data: { type: 'location', lat: 1, lng: 2, loc: 'Office\nMain St 1' } },
    { type: 'location', location: { latitude: 1, longitude: 2, name: 'Office', address: 'Main St 1' } },
  ],
  [
    'location of WAHA',
    { location: { latitude: '1.5', longitude: '2', description: 'Office' } },
    { type: 'location', location: { latitude: 1.5, longitude: 2, name: 'Office' } },
  ],
  [
    'vcard',
    { _data: { type: 'vcard', body: card('Ada', '12025550143') }, vCards: [card('Ada', '12025550143')] },
    { type: 'contact', contacts: [{ name: 'Ada', phones: ['+12025550143'], vcard: expect.any(String) }] },
  ],
  [
    'multi_vcard',
    {
      _data: {
        type: 'multi_vcard',
        vcardList: [
          { displayName: 'A', vcard: card('A', '12025550143') },
          { displayName: 'B', vcard: card('B', '12025550199') },
        ],
      },
    },
    {
      type: 'contact',
      contacts: [expect.objectContaining({ name: 'A' }), expect.objectContaining({ name: 'B', phones: ['+12025550199'] })],
    },
  ],
  [
    'vCards alone',
    { vCards: [card('Ada', '12025550143')] },
    { type: 'contact', contacts: [expect.objectContaining({ phones: ['+12025550143'] })] },
  ],
  [
    'poll_creation',
    {
      body: 'Lunch?',
      _data: { type: 'poll_creation', pollName: 'Lunch?', pollOptions: [{ name: 'Yes' }, { name: 'No' }], pollSelectableOptionsCount: 1 },
    },
    asked,
  ],
  [
    'list_response',
    { body: 'Pizza', _data: { type: 'list_response', listResponse: { title: 'Pizza', singleSelectReply: { selectedRowId: 'r7' } } } },
    { type: 'text', text: 'Pizza', choice: { id: 'r7', text: 'Pizza' } },
  ],
  [
    'buttons_response',
    { body: 'Yes', _data: { type: 'buttons_response', body: 'Yes', selectedButtonId: 'b1' } },
    { type: 'text', text: 'Yes', choice: { id: 'b1', text: 'Yes' } },
  ],
]

it.each(web)('the web page’s %s', (_name, fields, expected) => {
  expect(facts(engineMessage('main', { id, ...fields }))).toEqual(expected)
})

describe('messages inside each other', () => {
  const nested = (depth: number): object => (depth === 0 ? { conversation: 'Deep' } : { wrapper: { message: nested(depth - 1) } })

  it('are read to a depth that WhatsApp does not reach', () => {
    expect(engineMessage('main', { id, _data: { message: nested(7) } }).text).toBe('Deep')
    expect(engineMessage('main', { id, _data: { message: nested(8) } }).type).toBe('unknown')
    expect(engineMessage('main', { id, _data: { message: nested(2_000) } }).type).toBe('unknown')
  })

  it('may hold themselves', () => {
    const circle: Record<string, unknown> = {}
    circle.wrapper = { message: circle }
    expect(engineMessage('main', { id, _data: { message: circle } }).type).toBe('unknown')
  })
})

it('reading a card costs no more than its size', async () => {
  await expectLinear(
    (vcard) => engineMessage('main', { id, _data: { message: { contactMessage: { vcard } } } }),
    repeated('TEL;waid=12025550143:+1\n', 'BEGIN:VCARD\n'),
    500_000,
  )
})
