import type { SentMessage } from '@wamux/core'
import { pairs } from '../print/table.ts'
import { plainText } from '../print/text-width.ts'
import { MENTIONS, REPLY_TO, SESSION, TO } from './input-specs.ts'
import { sentStatus } from './show.ts'
import type { Show, VerbSpec } from './verb-spec.ts'

/** What every command says that sends a message. */
export const SENT_ONCE = 'A message is never sent twice: what may have been sent ends with exit code 8, and is yours to look at.'

/** A sent message. */
export const SENT: Show<SentMessage> = {
  text: ({ id, to, status }, view) =>
    pairs(
      [
        ['status', sentStatus(status, view)],
        ['to', plainText(to)],
        ['id', plainText(id ?? '')],
      ],
      view.paint,
    ),
}

/** `wamux message send-text`, and `wamux send`. */
export const sendText: VerbSpec<'message.sendText'> = {
  about: 'send a text',
  details: SENT_ONCE,
  input: {
    session: SESSION,
    to: TO,
    text: { about: 'the text, or - for stdin', positional: true, required: true, freeText: true },
    replyTo: REPLY_TO,
    mentions: MENTIONS,
  },
  examples: [
    'wamux message send-text default +4915112345678 "Hello"',
    'wamux message send-text --session default --to +4915112345678 --text "Hello"',
    'date | wamux message send-text default +4915112345678 -',
  ],
  show: SENT,
}
