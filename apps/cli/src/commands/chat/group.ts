import type { CommandGroup } from '../../command/command.ts'
import { CHAT_COLUMNS } from '../../verb/chat-columns.ts'
import { CHAT, CURSOR, LIMIT, SESSION } from '../../verb/input-specs.ts'
import { showDone, showList, showOne } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { VerbSpecs } from '../../verb/verb-spec.ts'

const chatVerbs: VerbSpecs<'chat'> = {
  list: {
    about: 'all chats, the one with the newest message first',
    input: { session: SESSION, limit: LIMIT, cursor: CURSOR },
    examples: ['wamux chat list default --limit 20', 'wamux chat list default --all --json=id,name,unread'],
    show: showList(CHAT_COLUMNS, 'There is no chat.'),
  },
  get: {
    about: 'one chat',
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux chat get default +4915112345678'],
    show: showOne(CHAT_COLUMNS),
  },
  archive: {
    about: 'put a chat into the archive',
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux chat archive default +4915112345678'],
    show: showDone('archived'),
  },
  unarchive: {
    about: 'take a chat out of the archive',
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux chat unarchive default +4915112345678'],
    show: showDone('out of the archive'),
  },
  mute: {
    about: 'mute a chat, or unmute it',
    input: {
      session: SESSION,
      chat: CHAT,
      muted: { about: 'unmute it', kind: 'off', flag: 'off' },
      durationMs: { about: 'how long: 8h, 7d; default for ever, where the gateway can', kind: 'duration', flag: 'for' },
    },
    examples: ['wamux chat mute default +4915112345678 --for 8h', 'wamux chat mute default +4915112345678 --off'],
    show: showDone('done'),
  },
  pin: {
    about: 'pin a chat to the top, or unpin it',
    input: { session: SESSION, chat: CHAT, pinned: { about: 'unpin it', kind: 'off', flag: 'off' } },
    examples: ['wamux chat pin default +4915112345678', 'wamux chat pin default +4915112345678 --off'],
    show: showDone('done'),
  },
  clear: {
    about: 'delete the messages of a chat for this account; the chat stays',
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux chat clear default +4915112345678 --yes'],
    danger: (values) => ({ what: `deletes all messages of the chat with ${values.required('chat')}`, name: values.required('chat') }),
    show: showDone('cleared'),
  },
  delete: {
    about: 'delete a chat with its messages for this account',
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux chat delete default +4915112345678 --yes'],
    danger: (values) => ({ what: `deletes the chat with ${values.required('chat')} and its messages`, name: values.required('chat') }),
    show: showDone('deleted'),
  },
  markUnread: {
    about: 'mark a chat as unread',
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux chat mark-unread default +4915112345678'],
    show: showDone('marked as unread'),
  },
  setTyping: {
    about: 'show in a chat that this account is typing or recording, or has stopped',
    input: {
      session: SESSION,
      chat: CHAT,
      state: { about: 'typing, recording or paused; default typing', kind: 'choice', choices: ['typing', 'recording', 'paused'] },
    },
    examples: ['wamux chat set-typing default +4915112345678', 'wamux chat set-typing default +4915112345678 --state paused'],
    show: showDone('done'),
  },
}

/** `wamux chat` */
export const group: CommandGroup = verbGroup('chat', chatVerbs)
