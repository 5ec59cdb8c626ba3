import type { Ack, MediaContent, Message } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import type { Column } from '../../print/table.ts'
import { CAPTION, CHAT, CURSOR, FILE, LIMIT, MENTIONS, MESSAGE, REPLY_TO, SESSION, TO } from '../../verb/input-specs.ts'
import { SENT, SENT_ONCE, sendText } from '../../verb/send-text.ts'
import { shortTimeText, showDone, showList, showOne, timeText } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { Show, VerbSpecs } from '../../verb/verb-spec.ts'
import { saveMedia } from './save-media.ts'

const ACKS: Readonly<Record<Ack, string>> = {
  failed: 'failed',
  pending: 'pending',
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓ read',
  played: '✓✓ played',
  unknown: '',
}

const COLUMNS: readonly Column<Message>[] = [
  { title: 'AT', text: ({ at }) => timeText(at), short: ({ at }) => shortTimeText(at) },
  { title: 'FROM', text: ({ from, fromMe }) => (fromMe ? 'me' : (from ?? '')) },
  { title: 'TYPE', text: ({ type }) => (type === 'text' ? '' : type) },
  { title: 'TEXT', text: ({ text, media }) => text ?? media?.filename ?? '' },
  {
    title: 'ACK',
    text: ({ ack, fromMe }) => (fromMe ? ACKS[ack] : ''),
    paint: (cell, { ack }, paint) => (ack === 'failed' ? paint.red(cell) : paint.green(cell)),
  },
  { title: 'ID', text: ({ id }) => id, whole: true },
]

const ONE = showOne(COLUMNS)
const MEDIA: Show<MediaContent> = {
  text: (content, view) => saveMedia(content, view),
  data: ({ data, ...content }, view) =>
    view.values.text('out') === undefined
      ? { ...content, data }
      : saveMedia({ ...content, data }, view).then(() => ({ ...content, file: view.values.text('out') })),
}

const messageVerbs: VerbSpecs<'message'> = {
  sendText,
  sendImage: {
    about: 'send a picture',
    details: SENT_ONCE,
    input: { session: SESSION, to: TO, file: FILE, caption: CAPTION, replyTo: REPLY_TO, mentions: MENTIONS },
    examples: [
      'wamux message send-image default +4915112345678 photo.jpg --caption "Look"',
      'wamux message send-image default +4915112345678 --url https://example.com/photo.jpg',
    ],
    show: SENT,
  },
  sendVideo: {
    about: 'send a video',
    details: SENT_ONCE,
    input: { session: SESSION, to: TO, file: FILE, caption: CAPTION, replyTo: REPLY_TO, mentions: MENTIONS },
    examples: ['wamux message send-video default +4915112345678 clip.mp4'],
    show: SENT,
  },
  sendAudio: {
    about: 'send a sound file, shown as a file that plays',
    details: SENT_ONCE,
    input: { session: SESSION, to: TO, file: FILE, replyTo: REPLY_TO, mentions: MENTIONS },
    examples: ['wamux message send-audio default +4915112345678 song.mp3'],
    show: SENT,
  },
  sendVoice: {
    about: 'send a voice note, shown as if it was spoken',
    details: `WhatsApp plays Opus in OGG. ${SENT_ONCE}`,
    input: { session: SESSION, to: TO, file: FILE, replyTo: REPLY_TO, mentions: MENTIONS },
    examples: ['wamux message send-voice default +4915112345678 note.ogg'],
    show: SENT,
  },
  sendDocument: {
    about: 'send any file',
    details: SENT_ONCE,
    input: { session: SESSION, to: TO, file: FILE, caption: CAPTION, replyTo: REPLY_TO, mentions: MENTIONS },
    examples: [
      'wamux message send-document default +4915112345678 invoice.pdf',
      'cat report.pdf | wamux message send-document default +4915112345678 - --filename report.pdf',
    ],
    show: SENT,
  },
  sendSticker: {
    about: 'send a sticker, a WebP picture',
    details: SENT_ONCE,
    input: { session: SESSION, to: TO, file: FILE, replyTo: REPLY_TO, mentions: MENTIONS },
    examples: ['wamux message send-sticker default +4915112345678 cat.webp'],
    show: SENT,
  },
  sendLocation: {
    about: 'send a place',
    details: SENT_ONCE,
    input: {
      session: SESSION,
      to: TO,
      latitude: { about: 'degrees, -90 to 90', kind: 'number', positional: true, required: true },
      longitude: { about: 'degrees, -180 to 180', kind: 'number', positional: true, required: true },
      name: { about: 'what is there' },
      address: { about: 'its address' },
      replyTo: REPLY_TO,
      mentions: MENTIONS,
    },
    examples: ['wamux message send-location default +4915112345678 -33.8568 151.2153 --name "Opera House"'],
    show: SENT,
  },
  sendContact: {
    about: 'send contact cards',
    details: SENT_ONCE,
    input: {
      session: SESSION,
      to: TO,
      contacts: { about: 'a contact: name:number or name:number:organization', kind: 'cards', flag: 'contact', required: true },
      replyTo: REPLY_TO,
      mentions: MENTIONS,
    },
    examples: ['wamux message send-contact default +4915112345678 --contact "Ada Lovelace:+4915187654321"'],
    show: SENT,
  },
  sendPoll: {
    about: 'send a poll',
    details: SENT_ONCE,
    input: {
      session: SESSION,
      to: TO,
      question: { about: 'what is asked', positional: true, required: true, freeText: true },
      options: {
        about: 'the answers, 2 to 12',
        kind: 'list',
        positional: true,
        required: true,
        freeText: true,
        flag: 'option',
        value: 'text',
      },
      multiple: { about: 'one may choose several', kind: 'switch' },
      replyTo: REPLY_TO,
      mentions: MENTIONS,
    },
    examples: ['wamux message send-poll default +4915112345678 "Lunch?" Pizza Sushi "Nothing"'],
    show: SENT,
  },
  forward: {
    about: 'send a message on to somebody else',
    details: SENT_ONCE,
    input: { session: SESSION, chat: CHAT, message: MESSAGE, to: TO },
    examples: ['wamux message forward default +4915112345678 MESSAGE-ID +4915187654321'],
    show: SENT,
  },
  react: {
    about: 'react to a message with an emoji, or take the reaction back',
    input: {
      session: SESSION,
      chat: CHAT,
      message: MESSAGE,
      emoji: { about: 'one emoji; --emoji= takes the reaction back', required: true },
    },
    examples: [
      'wamux message react default +4915112345678 MESSAGE-ID --emoji 👍',
      'wamux message react default +4915112345678 MESSAGE-ID --emoji=',
    ],
    show: showDone('reacted'),
  },
  edit: {
    about: 'change the text of an own message',
    details: 'WhatsApp allows it for about 15 minutes.',
    input: {
      session: SESSION,
      chat: CHAT,
      message: MESSAGE,
      text: { about: 'the new text, or - for stdin', positional: true, required: true, freeText: true },
    },
    examples: ['wamux message edit default +4915112345678 MESSAGE-ID "Hello again"'],
    show: showDone('edited'),
  },
  revoke: {
    about: 'delete an own message for everyone',
    input: { session: SESSION, chat: CHAT, message: MESSAGE },
    examples: ['wamux message revoke default +4915112345678 MESSAGE-ID --yes'],
    danger: (values) => ({ what: `deletes message ${values.required('message')} for everyone` }),
    show: showDone('deleted for everyone'),
  },
  star: {
    about: 'star a message, or take the star away',
    input: { session: SESSION, chat: CHAT, message: MESSAGE, starred: { about: 'take the star away', kind: 'off', flag: 'off' } },
    examples: ['wamux message star default +4915112345678 MESSAGE-ID', 'wamux message star default +4915112345678 MESSAGE-ID --off'],
    show: showDone('done'),
  },
  pin: {
    about: 'pin a message in its chat, or unpin it',
    input: {
      session: SESSION,
      chat: CHAT,
      message: MESSAGE,
      pinned: { about: 'unpin it', kind: 'off', flag: 'off' },
      durationMs: { about: 'how long: 1d, 7d or 30d; default 7d', kind: 'duration', flag: 'for' },
    },
    examples: [
      'wamux message pin default +4915112345678 MESSAGE-ID --for 30d',
      'wamux message pin default +4915112345678 MESSAGE-ID --off',
    ],
    show: showDone('done'),
  },
  markSeen: {
    about: 'tell the sender that messages were read: blue ticks',
    input: {
      session: SESSION,
      chat: CHAT,
      messages: {
        about: 'the messages; default all of the chat, where the gateway can',
        kind: 'list',
        positional: true,
        flag: 'message',
        value: 'id',
      },
    },
    examples: ['wamux message mark-seen default +4915112345678', 'wamux message mark-seen default +4915112345678 MESSAGE-ID'],
    show: showDone('marked as seen'),
  },
  get: {
    about: 'one message as it is now',
    input: { session: SESSION, chat: CHAT, message: MESSAGE },
    examples: ['wamux message get default +4915112345678 MESSAGE-ID'],
    show: ONE,
  },
  list: {
    about: 'the messages of a chat, newest first',
    input: { session: SESSION, chat: CHAT, limit: LIMIT, cursor: CURSOR },
    examples: [
      'wamux message list default +4915112345678 --limit 20',
      'wamux message list default +4915112345678 --all --output ndjson > chat.ndjson',
      `wamux message list default +4915112345678 --jq '.items[] | select(.fromMe | not) | .text'`,
    ],
    show: showList(COLUMNS, 'There is no message.'),
  },
  downloadMedia: {
    about: 'the file inside a message',
    input: { session: SESSION, chat: CHAT, message: MESSAGE },
    flags: { out: { about: 'where to save it; without it bytes go to a pipe, never to a terminal', value: 'file' } },
    examples: ['wamux message download-media default +4915112345678 MESSAGE-ID --out photo.jpg'],
    show: MEDIA,
  },
  waitFor: {
    about: 'wait until a message was delivered, or read',
    details: '--timeout is how long to wait in all, 1 minute if not given.',
    input: {
      session: SESSION,
      chat: CHAT,
      message: MESSAGE,
      ack: { about: 'status to wait for; default delivered', kind: 'choice', choices: ['sent', 'delivered', 'read', 'played'] },
      timeoutMs: null,
      intervalMs: { about: 'first pause between two polls; default 1s', kind: 'duration', flag: 'interval' },
    },
    examples: ['wamux message wait-for default +4915112345678 MESSAGE-ID --ack read --timeout 5m'],
    waits: true,
    extraInput: (values) => {
      const timeoutMs = values.ms('timeout')
      return timeoutMs === undefined ? {} : { timeoutMs }
    },
    show: ONE,
  },
}

/** `wamux message` */
export const group: CommandGroup = verbGroup('message', messageVerbs)
