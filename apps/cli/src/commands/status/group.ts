import type { SentStatus } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import { pairs } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'
import { CAPTION, FILE, MESSAGE, SESSION } from '../../verb/input-specs.ts'
import { sentStatus, showDone } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { Show, VerbSpecs } from '../../verb/verb-spec.ts'

const SENT: Show<SentStatus> = {
  text: ({ id, status }, view) =>
    pairs(
      [
        ['status', sentStatus(status, view)],
        ['id', plainText(id ?? '')],
      ],
      view.paint,
    ),
}

const statusVerbs: VerbSpecs<'status'> = {
  sendText: {
    about: 'post a text as status, seen by contacts for 24 hours',
    input: {
      session: SESSION,
      text: { about: 'the text, or - for stdin', positional: true, required: true, freeText: true },
      backgroundColor: { about: '#rrggbb, where the gateway can', value: 'color' },
    },
    examples: ['wamux status send-text default "Back on Monday"'],
    show: SENT,
  },
  sendImage: {
    about: 'post a picture as status',
    input: { session: SESSION, file: FILE, caption: CAPTION },
    examples: ['wamux status send-image default photo.jpg --caption "Look"'],
    show: SENT,
  },
  sendVideo: {
    about: 'post a video as status',
    input: { session: SESSION, file: FILE, caption: CAPTION },
    examples: ['wamux status send-video default clip.mp4'],
    show: SENT,
  },
  sendVoice: {
    about: 'post a voice note as status',
    input: { session: SESSION, file: FILE },
    examples: ['wamux status send-voice default note.ogg'],
    show: SENT,
  },
  delete: {
    about: 'take a status back',
    input: { session: SESSION, message: MESSAGE },
    examples: ['wamux status delete default MESSAGE-ID --yes'],
    danger: (values) => ({ what: `takes the status ${values.required('message')} back` }),
    show: showDone('deleted'),
  },
}

/** `wamux status` */
export const group: CommandGroup = verbGroup('status', statusVerbs)
