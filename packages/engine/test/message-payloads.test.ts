import { describe, it } from 'vitest'
import { C, check, G, gows, noweb, phone, quoted, type Row, S, webjs } from './payloads.ts'

describe('what is inside, however often it is wrapped', () => {
  const text = { event: 'message.received', type: 'text', text: 'Hi', from: C, chat: C, key: 'M', phone }
  const image = { event: 'message.received', type: 'image', text: 'Look', media: { mimetype: 'image/jpeg' } }
  const picture = { imageMessage: { mimetype: 'image/jpeg', caption: 'Look' } }
  const rows: readonly Row[] = [
    // Baileys WAProto.proto, message Message: every FutureProofMessage holds `message`
    ['ephemeral', noweb({ ephemeralMessage: { message: { conversation: 'Hi' } } }), text],
    ['ephemeral in GOWS', gows({ ephemeralMessage: { message: { extendedTextMessage: { text: 'Hi' } } } }), text],
    ['sent from another device', noweb({ deviceSentMessage: { destinationJid: S, message: { conversation: 'Hi' } } }), text],
    ['with a key for the group', noweb({ senderKeyDistributionMessage: { groupId: G }, conversation: 'Hi' }), text],
    ['with device facts', noweb({ messageContextInfo: { deviceListMetadata: {} }, conversation: 'Hi' }), text],
    ['asked of a bot', noweb({ botInvokeMessage: { message: { extendedTextMessage: { text: 'Hi' } } } }), text],
    ['that mentions a group', noweb({ groupMentionedMessage: { message: { extendedTextMessage: { text: 'Hi' } } } }), text],
    ['view once', noweb({ viewOnceMessage: { message: picture } }), image],
    ['view once, second version', noweb({ viewOnceMessageV2: { message: picture } }), image],
    ['view once in GOWS', gows({ viewOnceMessageV2Extension: { message: picture } }), image],
    ['view once, ephemeral', noweb({ ephemeralMessage: { message: { viewOnceMessageV2: { message: picture } } } }), image],
    ['in an album', noweb({ associatedChildMessage: { message: picture } }), image],
    [
      'view once voice note',
      noweb({ viewOnceMessageV2Extension: { message: { audioMessage: { ptt: true, mimetype: 'audio/ogg; codecs=opus' } } } }),
      { event: 'message.received', type: 'voice', media: { mimetype: 'audio/ogg; codecs=opus' }, text: undefined },
    ],
    [
      'a moving sticker',
      noweb({ lottieStickerMessage: { message: { stickerMessage: { mimetype: 'application/was', isLottie: true } } } }),
      { event: 'message.received', type: 'sticker', media: { mimetype: 'application/was' } },
    ],
    [
      'a file with a caption',
      gows({
        documentWithCaptionMessage: { message: { documentMessage: { fileName: 'a.pdf', mimetype: 'application/pdf', caption: 'Read' } } },
      }),
      { event: 'message.received', type: 'document', text: 'Read', media: { mimetype: 'application/pdf', filename: 'a.pdf' } },
    ],
    [
      'a video note',
      noweb({ ptvMessage: { mimetype: 'video/mp4', seconds: 3 } }),
      { event: 'message.received', type: 'video', media: { mimetype: 'video/mp4' } },
    ],
    ['a video note of the web page', webjs({ type: 'ptv', mimetype: 'video/mp4' }), { event: 'message.received', type: 'video' }],
    ['a future wrapper', noweb({ somethingNewMessage: { message: { conversation: 'Hi' } } }), text],
    ['a future content', noweb({ somethingNewMessage: { a: 1 } }), { event: 'message.received', type: 'unknown', text: undefined }],
    ['nothing yet', noweb({}), { event: 'message.received', type: 'unknown' }],
  ]
  it.each(rows)('%s', (_, payload, told) => check(payload, told))
})

describe('polls, albums, places and cards', () => {
  const poll = (multiple: boolean) => ({
    event: 'message.received',
    type: 'poll',
    text: 'Tea?',
    poll: { question: 'Tea?', options: ['Yes', 'No'], multiple },
  })
  const options = [{ optionName: 'Yes' }, { optionName: 'No' }]
  const place = { latitude: 48.1, longitude: 11.5 }
  const card = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nTEL;type=CELL;waid=4915112345678:+49 151 12345678\nEND:VCARD'
  const ann = { name: 'Ann', phones: [phone], vcard: card }
  const rows: readonly Row[] = [
    // Baileys WAProto.proto: pollCreationMessage, …V2, …V3, …V5 hold the poll; V4 holds a message with one
    ['poll', noweb({ pollCreationMessage: { name: 'Tea?', options, selectableOptionsCount: 0 } }), poll(true)],
    ['poll V2', noweb({ pollCreationMessageV2: { name: 'Tea?', options, selectableOptionsCount: 2 } }), poll(true)],
    ['poll V3', noweb({ pollCreationMessageV3: { name: 'Tea?', options, selectableOptionsCount: 1 } }), poll(false)],
    [
      'poll V4',
      gows({ pollCreationMessageV4: { message: { pollCreationMessage: { name: 'Tea?', options, selectableOptionsCount: 1 } } } }),
      poll(false),
    ],
    ['poll V5', gows({ pollCreationMessageV5: { name: 'Tea?', options, selectableOptionsCount: 1 } }), poll(false)],
    ['poll of a later version', noweb({ pollCreationMessageV12: { name: 'Tea?', options, selectableOptionsCount: 1 } }), poll(false)],
    [
      'poll of the web page',
      webjs(
        {
          type: 'poll_creation',
          pollName: 'Tea?',
          pollOptions: [
            { name: 'Yes', localId: 0 },
            { name: 'No', localId: 1 },
          ],
          pollSelectableOptionsCount: 1,
        },
        { body: 'Tea?' },
      ),
      poll(false),
    ],
    [
      'album',
      noweb({ albumMessage: { expectedImageCount: 2, expectedVideoCount: 1 } }),
      { event: 'message.received', type: 'album', album: { images: 2, videos: 1 } },
    ],
    [
      'picture of an album',
      noweb({
        messageContextInfo: {
          messageAssociation: { associationType: 'MEDIA_ALBUM', parentMessageKey: { remoteJid: S, fromMe: false, id: 'ALB' } },
        },
        imageMessage: { mimetype: 'image/jpeg' },
      }),
      { event: 'message.received', type: 'image', album: { parent: 'ALB' } },
    ],
    [
      'picture of an album in GOWS',
      gows({ messageContextInfo: { messageAssociation: { parentMessageKey: { remoteJID: S, ID: 'ALB' } } }, imageMessage: {} }),
      { event: 'message.received', type: 'image', album: { parent: 'ALB' } },
    ],
    [
      'place',
      noweb({ locationMessage: { degreesLatitude: 48.1, degreesLongitude: 11.5, name: 'Square', address: 'Street 1' } }),
      { event: 'message.received', type: 'location', location: { ...place, name: 'Square', address: 'Street 1' } },
    ],
    [
      'live place',
      gows({ liveLocationMessage: { degreesLatitude: 48.1, degreesLongitude: 11.5, sequenceNumber: 1, caption: 'On my way' } }),
      { event: 'message.received', type: 'location', location: place },
    ],
    [
      'place on the equator',
      noweb({ locationMessage: { degreesLatitude: 0, degreesLongitude: 0 } }),
      { event: 'message.received', type: 'location', location: { latitude: 0, longitude: 0 } },
    ],
    [
      'place of the web page',
      webjs({ type: 'location', lat: 48.1, lng: 11.5, loc: 'Square\nStreet 1', body: '/9j/4AAQ' }, { body: '/9j/4AAQ' }),
      { event: 'message.received', type: 'location', text: undefined, location: { ...place, name: 'Square', address: 'Street 1' } },
    ],
    [
      'card',
      noweb({ contactMessage: { displayName: 'Ann', vcard: card } }),
      { event: 'message.received', type: 'contact', contacts: [ann], text: undefined },
    ],
    [
      'cards',
      gows({
        contactsArrayMessage: {
          displayName: '2 contacts',
          contacts: [
            { displayName: 'Ann', vcard: card },
            { displayName: 'Bob', vcard: 'BEGIN:VCARD' },
          ],
        },
      }),
      { event: 'message.received', type: 'contact', contacts: [ann, { name: 'Bob', phones: [], vcard: 'BEGIN:VCARD' }] },
    ],
    [
      'cards of the web page',
      webjs({ type: 'multi_vcard', vcardList: [{ displayName: 'Ann', vcard: card }] }, { vCards: [card], body: '' }),
      { event: 'message.received', type: 'contact', contacts: [ann] },
    ],
  ]
  it.each(rows)('%s', (_, payload, told) => check(payload, told))
})

describe('answers to buttons and lists, and quoted messages', () => {
  const chosen = (id: string, text: string) => ({ event: 'message.received', type: 'text', choice: { id, text } })
  const rows: readonly Row[] = [
    [
      'buttons',
      noweb({ buttonsResponseMessage: { selectedButtonId: 'b1', selectedDisplayText: 'Yes' } }),
      { ...chosen('b1', 'Yes'), text: 'Yes' },
    ],
    [
      'buttons in GOWS',
      gows({ buttonsResponseMessage: { selectedButtonID: 'b1', Response: { SelectedDisplayText: 'Yes' } } }),
      { ...chosen('b1', 'Yes'), text: 'Yes' },
    ],
    [
      'template button',
      noweb({ templateButtonReplyMessage: { selectedId: 't1', selectedDisplayText: 'Call', selectedIndex: 0 } }),
      { ...chosen('t1', 'Call'), text: 'Call' },
    ],
    [
      'list',
      noweb({ listResponseMessage: { title: 'Row', listType: 1, singleSelectReply: { selectedRowId: 'r1' } } }),
      { ...chosen('r1', 'Row'), text: 'Row' },
    ],
    ['list in GOWS', gows({ listResponseMessage: { title: 'Row', singleSelectReply: { selectedRowID: 'r1' } } }), chosen('r1', 'Row')],
    [
      'flow',
      noweb({
        interactiveResponseMessage: {
          body: { text: 'Yes' },
          nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: '{"id":"f1"}' },
        },
      }),
      { ...chosen('f1', 'Yes'), text: 'Yes' },
    ],
    [
      'list of the web page',
      webjs(
        { type: 'list_response', body: 'Row', listResponse: { title: 'Row', singleSelectReply: { selectedRowId: 'r1' } } },
        { body: 'Row' },
      ),
      { ...chosen('r1', 'Row'), text: 'Row' },
    ],
    [
      'quoted by the other',
      noweb({ extendedTextMessage: { text: 'Yes', contextInfo: quoted } }),
      { event: 'message.received', type: 'text', text: 'Yes', replyTo: `false_${C}_Q` },
    ],
    [
      'quoted in a group',
      {
        id: `false_${G}_M_${C}`,
        from: G,
        participant: C,
        fromMe: false,
        _data: { key: { remoteJid: G, id: 'M', participant: S }, message: { extendedTextMessage: { text: 'Yes', contextInfo: quoted } } },
      },
      { event: 'message.received', chat: G, from: C, replyTo: 'Q', phone },
    ],
    [
      'quoted in the common form',
      webjs({ type: 'chat' }, { body: 'Yes', replyTo: { id: 'Q', participant: C, body: 'Before' } }),
      { event: 'message.received', replyTo: `false_${C}_Q` },
    ],
    [
      'quoted on a picture that is viewed once',
      noweb({ viewOnceMessageV2: { message: { imageMessage: { contextInfo: quoted } } } }),
      { event: 'message.received', type: 'image', replyTo: `false_${C}_Q` },
    ],
  ]
  it.each(rows)('%s', (_, payload, told) => check(payload, told))
})

describe('media and notices', () => {
  const rows: readonly Row[] = [
    [
      'stored by the gateway',
      webjs(
        { type: 'image', caption: 'Look' },
        { body: 'Look', hasMedia: true, media: { url: 'http://127.0.0.1/a.jpg', mimetype: 'image/jpeg', filename: null } },
      ),
      { event: 'message.received', type: 'image', text: 'Look', media: { url: 'http://127.0.0.1/a.jpg', mimetype: 'image/jpeg' } },
    ],
    [
      'not fetched',
      webjs({ type: 'video' }, { body: '', hasMedia: true, media: null }),
      { event: 'message.received', type: 'video', text: undefined, media: {} },
    ],
    [
      'could not be fetched',
      webjs({ type: 'document', filename: 'a.pdf' }, { hasMedia: true, media: { url: null, error: 'expired' } }),
      { event: 'message.received', type: 'document', media: { filename: 'a.pdf' } },
    ],
    [
      'size as a long',
      noweb({ videoMessage: { mimetype: 'video/mp4', fileLength: { low: 12, high: 0, unsigned: true } } }),
      { event: 'message.received', type: 'video', media: { mimetype: 'video/mp4', size: 12 } },
    ],
    [
      'size as text',
      noweb({ documentMessage: { fileLength: '12', fileName: 'a' } }),
      { event: 'message.received', type: 'document', media: { filename: 'a', size: 12 } },
    ],
    [
      'a notice of deletion',
      noweb({ protocolMessage: { type: 'REVOKE', key: { id: 'X' } } }),
      { event: 'message.received', type: 'system', text: undefined },
    ],
    [
      'an edit as the protocol writes it',
      noweb({
        editedMessage: { message: { protocolMessage: { type: 'MESSAGE_EDIT', key: { id: 'X' }, editedMessage: { conversation: 'New' } } } },
      }),
      { event: 'message.received', type: 'system' },
    ],
    [
      'a reaction among messages',
      noweb({ reactionMessage: { key: { id: 'X' }, text: '👍' } }),
      { event: 'message.received', type: 'reaction', text: undefined },
    ],
    ['a group notice', webjs({ type: 'gp2', subtype: 'add' }), { event: 'message.received', type: 'system' }],
    ['a call log', webjs({ type: 'call_log' }), { event: 'message.received', type: 'system' }],
    ['not decrypted', webjs({ type: 'ciphertext' }), { event: 'message.received', type: 'unknown', text: undefined }],
    ['types that are none', noweb({ conversation: 5, imageMessage: 'x' }), { event: 'message.received' }],
  ]
  it.each(rows)('%s', (_, payload, told) => check(payload, told))
})
