import { pairs } from '../print/table.ts'
import { plainText } from '../print/text-width.ts'
import type { VerbSpecs } from './verb-spec.ts'

/** The message verbs on the command line. */
export const messageVerbs: VerbSpecs<'message'> = {
  sendText: {
    about: 'send a text',
    details: 'A message is never sent twice: what may have been sent ends with exit code 8, and is yours to look at.',
    args: {
      session: { about: 'name or id of the session that sends', required: true },
      to: { about: 'number (+4915112345678) or JID (…@g.us for a group)', required: true },
      text: { about: 'the text, or - for stdin', required: true, from: 'stdin' },
    },
    flags: { 'reply-to': { about: 'id of the message that this one answers', value: 'id' } },
    examples: [
      'wamux message send-text default +4915112345678 "Hello"',
      'wamux message send-text --session default --to +4915112345678 --text "Hello"',
      'date | wamux message send-text default +4915112345678 -',
    ],
    effect: 'send',
    input: (values) => {
      const replyTo = values.text('reply-to')
      return {
        session: values.required('session'),
        to: values.required('to'),
        text: values.required('text'),
        ...(replyTo ? { replyTo } : {}),
      }
    },
    print: ({ id, to, status }, { paint }) => {
      const shown = status === 'unknown' ? 'accepted; the gateway does not say how far it got' : paint.green(status)
      return pairs(
        [
          ['status', shown],
          ['to', plainText(to)],
          ['id', plainText(id ?? '')],
        ],
        paint,
      )
    },
  },
}
