import type { Group, JoinRequests, ParticipantsChanged } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import { type Column, pairs, table } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'
import { CURSOR, GROUP, LIMIT, PARTICIPANTS, PICTURE, SESSION } from '../../verb/input-specs.ts'
import { showDone, showList, showPairs, tableText, timeText, yesText } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { Show, VerbSpecs } from '../../verb/verb-spec.ts'

const COLUMNS: readonly Column<Group>[] = [
  { title: 'ID', text: ({ id }) => id, whole: true, paint: (cell, _group, paint) => paint.bold(cell) },
  { title: 'SUBJECT', text: ({ subject }) => subject ?? '' },
  { title: 'PERSONS', text: ({ participants }) => (participants ? String(participants.length) : '') },
  { title: 'CREATED', text: ({ createdAt }) => timeText(createdAt) },
  { title: 'ADMINS WRITE', text: ({ announcement }) => yesText(announcement) },
  { title: 'LOCKED', text: ({ locked }) => yesText(locked) },
]

type Participant = NonNullable<Group['participants']>[number]

const PERSONS: readonly Column<Participant>[] = [
  { title: 'PERSON', text: ({ phone, id }) => phone ?? id },
  { title: 'ROLE', text: ({ role }) => (role === 'unknown' ? '' : role) },
]

const ONE: Show<Group> = {
  text: ({ id, subject, description, owner, participants = [], createdAt, announcement, locked }, { paint, columns }) => {
    const facts: [string, string | undefined][] = [
      ['group', paint.bold(plainText(id))],
      ['subject', subject],
      ['description', description],
      ['owner', owner],
      ['created', timeText(createdAt)],
      ['only admins write', yesText(announcement)],
      ['only admins change', yesText(locked)],
    ]
    const list = participants.length > 0 ? `\n${table(participants, PERSONS, paint, columns)}` : ''
    return (
      pairs(
        facts.map(([name, value]) => [name, name === 'group' || value === undefined ? value : plainText(value)]),
        paint,
      ) + list
    )
  },
}

const CHANGED: Show<ParticipantsChanged> = {
  rows: ({ participants }) => participants,
  text: ({ participants }, view) =>
    tableText(
      participants,
      [
        { title: 'PERSON', text: ({ id }) => id },
        {
          title: 'DONE',
          text: ({ ok }) => (ok ? 'yes' : 'no'),
          paint: (cell, { ok }, paint) => (ok ? paint.green(cell) : paint.red(cell)),
        },
        { title: 'REASON', text: ({ reason }) => reason ?? '' },
      ],
      'Done; the gateway does not say what became of each person.',
      view,
    ),
}

const REQUESTS: Show<JoinRequests> = {
  rows: ({ requests }) => requests,
  text: ({ requests }, view) =>
    tableText(
      requests,
      [
        { title: 'PERSON', text: ({ id }) => id },
        { title: 'AT', text: ({ at }) => timeText(at) },
      ],
      'Nobody waits to join.',
      view,
    ),
}

const WHOM = { session: SESSION, group: GROUP, participants: PARTICIPANTS }
const EXAMPLE = '120363041234567890@g.us'

const groupVerbs: VerbSpecs<'group'> = {
  list: {
    about: 'all groups that this account is in',
    input: { session: SESSION, limit: LIMIT, cursor: CURSOR },
    examples: ['wamux group list default', 'wamux group list default --all --json=id,subject'],
    show: showList(COLUMNS, 'There is no group.'),
  },
  get: {
    about: 'one group with its persons',
    input: { session: SESSION, group: GROUP },
    examples: [`wamux group get default ${EXAMPLE}`],
    show: ONE,
  },
  create: {
    about: 'make a group',
    input: {
      session: SESSION,
      subject: { about: "the group's name", positional: true, required: true, freeText: true },
      participants: PARTICIPANTS,
    },
    examples: ['wamux group create default "Lunch" +4915112345678 +4915187654321'],
    show: ONE,
  },
  leave: {
    about: 'leave a group',
    input: { session: SESSION, group: GROUP },
    examples: [`wamux group leave default ${EXAMPLE} --yes`],
    danger: (values) => ({ what: `leaves the group ${values.required('group')}` }),
    show: showDone('left'),
  },
  join: {
    about: 'join a group by its invite link',
    input: { session: SESSION, invite: { about: 'the link, or the code at its end', positional: true, required: true } },
    examples: ['wamux group join default https://chat.whatsapp.com/CODE'],
    show: showPairs(({ group }) => [
      ['joined', 'yes'],
      ['group', group],
    ]),
  },
  inviteLink: {
    about: 'the link that lets others join',
    input: { session: SESSION, group: GROUP },
    examples: [`wamux group invite-link default ${EXAMPLE}`],
    show: { text: ({ link }) => `${plainText(link)}\n` },
  },
  revokeInvite: {
    about: 'make the invite link invalid',
    input: { session: SESSION, group: GROUP },
    examples: [`wamux group revoke-invite default ${EXAMPLE} --yes`],
    danger: (values) => ({ what: `makes the invite link of ${values.required('group')} invalid` }),
    show: showPairs(({ link }) => [
      ['revoked', 'yes'],
      ['new link', link],
    ]),
  },
  addParticipants: {
    about: 'add persons',
    input: WHOM,
    examples: [`wamux group add-participants default ${EXAMPLE} +4915112345678 +4915187654321`],
    show: CHANGED,
  },
  removeParticipants: {
    about: 'remove persons',
    input: WHOM,
    examples: [`wamux group remove-participants default ${EXAMPLE} +4915112345678 --yes`],
    danger: (values) => ({ what: `removes ${values.all('participants').join(', ')} from the group` }),
    show: CHANGED,
  },
  promote: {
    about: 'make persons admins',
    input: WHOM,
    examples: [`wamux group promote default ${EXAMPLE} +4915112345678`],
    show: CHANGED,
  },
  demote: {
    about: 'make admins members again',
    input: WHOM,
    examples: [`wamux group demote default ${EXAMPLE} +4915112345678`],
    show: CHANGED,
  },
  joinRequests: {
    about: 'requests to join that wait for an admin',
    input: { session: SESSION, group: GROUP },
    examples: [`wamux group join-requests default ${EXAMPLE}`],
    show: REQUESTS,
  },
  approve: {
    about: 'approve requests to join',
    input: WHOM,
    examples: [`wamux group approve default ${EXAMPLE} +4915112345678`],
    show: CHANGED,
  },
  reject: {
    about: 'reject requests to join',
    input: WHOM,
    examples: [`wamux group reject default ${EXAMPLE} +4915112345678`],
    show: CHANGED,
  },
  setSubject: {
    about: "change the group's name",
    input: { session: SESSION, group: GROUP, subject: { about: 'the new name', positional: true, required: true, freeText: true } },
    examples: [`wamux group set-subject default ${EXAMPLE} "Dinner"`],
    show: showDone('changed'),
  },
  setDescription: {
    about: 'change the description',
    input: {
      session: SESSION,
      group: GROUP,
      description: { about: 'the new text, or - for stdin', positional: true, required: true, freeText: true },
    },
    examples: [`wamux group set-description default ${EXAMPLE} "Every Friday at noon"`],
    show: showDone('changed'),
  },
  setPicture: {
    about: 'change the picture',
    input: { session: SESSION, group: GROUP, file: PICTURE },
    examples: [`wamux group set-picture default ${EXAMPLE} lunch.jpg`],
    show: showDone('changed'),
  },
  setAnnouncement: {
    about: 'whether only admins may write',
    input: { session: SESSION, group: GROUP, announcement: { about: 'on or off', kind: 'onOff', positional: true, required: true } },
    examples: [`wamux group set-announcement default ${EXAMPLE} on`],
    show: showDone('changed'),
  },
  setLocked: {
    about: 'whether only admins may change subject, description and picture',
    input: { session: SESSION, group: GROUP, locked: { about: 'on or off', kind: 'onOff', positional: true, required: true } },
    examples: [`wamux group set-locked default ${EXAMPLE} on`],
    show: showDone('changed'),
  },
}

/** `wamux group` */
export const group: CommandGroup = verbGroup('group', groupVerbs)
