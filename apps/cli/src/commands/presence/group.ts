import type { Presence } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import { CHAT, SESSION } from '../../verb/input-specs.ts'
import { showDone, tableText, timeText } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { Show, VerbSpecs } from '../../verb/verb-spec.ts'

const PRESENCE: Show<Presence> = {
  rows: ({ presences }) => presences,
  text: ({ presences }, view) =>
    tableText(
      presences,
      [
        { title: 'PERSON', text: ({ id }) => id },
        {
          title: 'STATE',
          text: ({ state }) => state,
          paint: (cell, { state }, paint) => (state === 'offline' ? paint.dim(cell) : paint.green(cell)),
        },
        { title: 'LAST SEEN', text: ({ lastSeenAt }) => timeText(lastSeenAt) },
      ],
      'Nothing is known. Subscribe first: wamux presence subscribe',
      view,
    ),
}

const presenceVerbs: VerbSpecs<'presence'> = {
  set: {
    about: 'show this account as online or offline',
    details: 'While it is online, phones get no push notifications.',
    input: {
      session: SESSION,
      presence: { about: 'online or offline', positional: true, required: true, choices: ['online', 'offline'], kind: 'choice' },
    },
    examples: ['wamux presence set default offline'],
    show: showDone('done'),
  },
  subscribe: {
    about: "subscribe to changes of a chat's presence",
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux presence subscribe default +4915112345678'],
    show: showDone('subscribed'),
  },
  get: {
    about: "a chat's presence",
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux presence get default +4915112345678'],
    show: PRESENCE,
  },
}

/** `wamux presence` */
export const group: CommandGroup = verbGroup('presence', presenceVerbs)
