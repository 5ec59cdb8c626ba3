import type { Label } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import type { Column } from '../../print/table.ts'
import { CHAT_COLUMNS } from '../../verb/chat-columns.ts'
import { CHAT, CURSOR, LIMIT, SESSION } from '../../verb/input-specs.ts'
import { showDone, showList, showOne, tableText } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { InputSpec, VerbSpecs } from '../../verb/verb-spec.ts'

const COLUMNS: readonly Column<Label>[] = [
  { title: 'ID', text: ({ id }) => id, whole: true, paint: (cell, _label, paint) => paint.bold(cell) },
  { title: 'NAME', text: ({ name }) => name ?? '' },
  { title: 'COLOUR', text: ({ color }) => (color === undefined ? '' : String(color)) },
]

const LABEL: InputSpec = { about: 'id of the label', positional: true, required: true }
const COLOR: InputSpec = { about: "WhatsApp's number of the colour", kind: 'number' }

const labelVerbs: VerbSpecs<'label'> = {
  list: {
    about: 'all labels',
    input: { session: SESSION, limit: LIMIT, cursor: CURSOR },
    examples: ['wamux label list default'],
    show: showList(COLUMNS, 'There is no label.'),
  },
  create: {
    about: 'make a label',
    input: { session: SESSION, name: { about: 'its name', positional: true, required: true, freeText: true }, color: COLOR },
    examples: ['wamux label create default "New order" --color 3'],
    show: showOne(COLUMNS),
  },
  update: {
    about: "change a label's name or colour",
    input: { session: SESSION, label: LABEL, name: { about: 'the new name' }, color: COLOR },
    examples: ['wamux label update default 5 --name "Paid"'],
    show: showOne(COLUMNS),
  },
  delete: {
    about: 'remove a label, from its chats too',
    input: { session: SESSION, label: LABEL },
    examples: ['wamux label delete default 5 --yes'],
    danger: (values) => ({ what: `removes label ${values.required('label')} from all its chats` }),
    show: showDone('deleted'),
  },
  chats: {
    about: 'the chats that have a label',
    input: { session: SESSION, label: LABEL, limit: LIMIT, cursor: CURSOR },
    examples: ['wamux label chats default 5'],
    show: showList(CHAT_COLUMNS, 'No chat has it.'),
  },
  ofChat: {
    about: 'the labels of a chat',
    input: { session: SESSION, chat: CHAT },
    examples: ['wamux label of-chat default +4915112345678'],
    show: { rows: ({ labels }) => labels, text: ({ labels }, view) => tableText(labels, COLUMNS, 'It has no label.', view) },
  },
  setForChat: {
    about: 'give a chat exactly these labels, and take away all others',
    input: {
      session: SESSION,
      chat: CHAT,
      labels: { about: 'ids of the labels; none takes all away', kind: 'list', positional: true, flag: 'label', value: 'id' },
    },
    examples: ['wamux label set-for-chat default +4915112345678 5 7'],
    extraInput: (values) => ({ labels: values.all('label') }),
    show: showDone('changed'),
  },
}

/** `wamux label` */
export const group: CommandGroup = verbGroup('label', labelVerbs)
