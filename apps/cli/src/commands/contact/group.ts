import type { Contact } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import type { Column } from '../../print/table.ts'
import { CONTACT, CURSOR, LIMIT, PHONE, SESSION } from '../../verb/input-specs.ts'
import { showDone, showList, showOne, showPairs, yesText } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { VerbSpecs } from '../../verb/verb-spec.ts'

const COLUMNS: readonly Column<Contact>[] = [
  { title: 'ID', text: ({ id }) => id, whole: true, paint: (cell, _contact, paint) => paint.bold(cell) },
  { title: 'PHONE', text: ({ phone }) => phone ?? '' },
  { title: 'NAME', text: ({ name }) => name ?? '' },
  { title: 'CALLED', text: ({ pushName, name }) => (pushName === name ? '' : (pushName ?? '')) },
  { title: 'LID', text: ({ lid, id }) => (lid === id ? '' : (lid ?? '')) },
  { title: 'BLOCKED', text: ({ blocked }) => yesText(blocked), paint: (cell, _contact, paint) => paint.red(cell) },
]

const contactVerbs: VerbSpecs<'contact'> = {
  list: {
    about: 'all contacts',
    input: { session: SESSION, limit: LIMIT, cursor: CURSOR },
    examples: ['wamux contact list default --limit 50', 'wamux contact list default --all --output csv > contacts.csv'],
    show: showList(COLUMNS, 'There is no contact.'),
  },
  get: {
    about: 'one contact',
    input: { session: SESSION, contact: CONTACT },
    examples: ['wamux contact get default +4915112345678'],
    show: showOne(COLUMNS),
  },
  check: {
    about: 'whether a number is on WhatsApp',
    input: { session: SESSION, phone: PHONE },
    examples: ['wamux contact check default +4915112345678', 'wamux contact check default +4915112345678 --jq .exists'],
    show: showPairs(({ exists, id }) => [
      ['on WhatsApp', exists ? 'yes' : 'no'],
      ['id', id],
    ]),
  },
  resolve: {
    about: 'number and LID of a person',
    details:
      'Give either; what the gateway does not know stays out. It does not ask whether the number is on WhatsApp: contact check does.',
    input: { session: SESSION, contact: CONTACT },
    examples: ['wamux contact resolve default +4915112345678', 'wamux contact resolve default 222000000000000@lid --jq .phone'],
    show: showPairs(({ id, phone, lid }) => [
      ['id', id],
      ['phone', phone ?? 'not known'],
      ['lid', lid ?? 'not known'],
    ]),
  },
  profilePicture: {
    about: 'the picture of a person',
    input: { session: SESSION, contact: CONTACT },
    examples: ['wamux contact profile-picture default +4915112345678'],
    show: showPairs(({ url }) => [['url', url ?? 'none, or none that this account may see']]),
  },
  about: {
    about: 'the about text of a person',
    input: { session: SESSION, contact: CONTACT },
    examples: ['wamux contact about default +4915112345678'],
    show: showPairs(({ about }) => [['about', about ?? 'none, or none that this account may see']]),
  },
  block: {
    about: 'block a person',
    input: { session: SESSION, contact: CONTACT },
    examples: ['wamux contact block default +4915112345678'],
    show: showDone('blocked'),
  },
  unblock: {
    about: 'unblock a person',
    input: { session: SESSION, contact: CONTACT },
    examples: ['wamux contact unblock default +4915112345678'],
    show: showDone('unblocked'),
  },
}

/** `wamux contact` */
export const group: CommandGroup = verbGroup('contact', contactVerbs)
