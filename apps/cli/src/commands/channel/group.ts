import type { Channel } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import type { Column } from '../../print/table.ts'
import { CHANNEL, CURSOR, LIMIT, SESSION } from '../../verb/input-specs.ts'
import { showDone, showList, showOne } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { VerbSpecs } from '../../verb/verb-spec.ts'

const COLUMNS: readonly Column<Channel>[] = [
  { title: 'ID', text: ({ id }) => id, whole: true, paint: (cell, _channel, paint) => paint.bold(cell) },
  { title: 'NAME', text: ({ name }) => name ?? '' },
  { title: 'ROLE', text: ({ role }) => (role === undefined || role === 'unknown' ? '' : role) },
  { title: 'SUBSCRIBERS', text: ({ subscribers }) => (subscribers === undefined ? '' : String(subscribers)) },
  { title: 'INVITE', text: ({ invite }) => invite ?? '' },
  { title: 'DESCRIPTION', text: ({ description }) => description ?? '' },
]

const WHICH = { session: SESSION, channel: CHANNEL }
const EXAMPLE = '120363041234567890@newsletter'

const channelVerbs: VerbSpecs<'channel'> = {
  list: {
    about: 'the channels that this account owns or follows',
    details: 'To write to a channel send to it: wamux message send-text SESSION …@newsletter TEXT',
    input: { session: SESSION, limit: LIMIT, cursor: CURSOR },
    examples: ['wamux channel list default'],
    show: showList(COLUMNS, 'There is no channel.'),
  },
  get: { about: 'one channel', input: WHICH, examples: [`wamux channel get default ${EXAMPLE}`], show: showOne(COLUMNS) },
  create: {
    about: 'make a channel',
    input: {
      session: SESSION,
      name: { about: 'its name', positional: true, required: true, freeText: true },
      description: { about: 'what it is about', value: 'text' },
    },
    examples: ['wamux channel create default "News" --description "What is new"'],
    show: showOne(COLUMNS),
  },
  delete: {
    about: 'remove an own channel for everyone',
    input: WHICH,
    examples: [`wamux channel delete default ${EXAMPLE} --yes`],
    danger: (values) => ({ what: `removes the channel ${values.required('channel')} for everyone`, name: values.required('channel') }),
    show: showDone('deleted'),
  },
  follow: { about: 'follow a channel', input: WHICH, examples: [`wamux channel follow default ${EXAMPLE}`], show: showDone('followed') },
  unfollow: {
    about: 'unfollow a channel',
    input: WHICH,
    examples: [`wamux channel unfollow default ${EXAMPLE}`],
    show: showDone('unfollowed'),
  },
  mute: { about: 'mute a channel', input: WHICH, examples: [`wamux channel mute default ${EXAMPLE}`], show: showDone('muted') },
  unmute: {
    about: 'unmute a channel',
    input: WHICH,
    examples: [`wamux channel unmute default ${EXAMPLE}`],
    show: showDone('rings again'),
  },
}

/** `wamux channel` */
export const group: CommandGroup = verbGroup('channel', channelVerbs)
