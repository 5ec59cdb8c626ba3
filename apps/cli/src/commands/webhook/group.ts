import type { Webhook } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import type { Column } from '../../print/table.ts'
import { CURSOR, LIMIT, SESSION } from '../../verb/input-specs.ts'
import { showDone, showList, showOne } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { InputSpec, VerbSpecs } from '../../verb/verb-spec.ts'

const COLUMNS: readonly Column<Webhook>[] = [
  { title: 'ID', text: ({ id }) => id, whole: true, paint: (cell, _webhook, paint) => paint.bold(cell) },
  { title: 'URL', text: ({ url, id }) => (url === id ? '' : url) },
  { title: 'EVENTS', text: ({ events }) => events.join(', ') },
  { title: 'ACTIVE', text: ({ active }) => (active === false ? 'no' : '') },
]

const EVENT = { kind: 'list', flag: 'event', value: 'type' } as const
const SECRET: InputSpec = { about: 'key that the gateway signs with, where it signs: @file, or - for stdin', kind: 'secret' }
const WEBHOOK: InputSpec = { about: 'id of the webhook, or its address where webhooks have none', positional: true, required: true }

const webhookVerbs: VerbSpecs<'webhook'> = {
  list: {
    about: 'where a session posts its events',
    input: { session: SESSION, limit: LIMIT, cursor: CURSOR },
    examples: ['wamux webhook list default'],
    show: showList(COLUMNS, 'There is no webhook.'),
  },
  create: {
    about: 'add a webhook; the others stay as they are',
    input: {
      session: SESSION,
      url: { about: 'where the gateway posts, http(s)', positional: true, required: true },
      events: { about: 'only these events: message.received, session.status, …; default all', ...EVENT },
      secret: SECRET,
    },
    examples: [
      'wamux webhook create default https://example.com/hook',
      'wamux webhook create default https://example.com/hook --event message.received --secret @hook.key',
    ],
    show: showOne(COLUMNS),
  },
  update: {
    about: 'change a webhook',
    input: {
      session: SESSION,
      webhook: WEBHOOK,
      url: { about: 'the new address' },
      events: { about: 'the new events', ...EVENT },
      secret: SECRET,
    },
    examples: ['wamux webhook update default WEBHOOK-ID --url https://example.com/other'],
    show: showOne(COLUMNS),
  },
  delete: {
    about: 'remove a webhook',
    input: { session: SESSION, webhook: WEBHOOK },
    examples: ['wamux webhook delete default WEBHOOK-ID --yes'],
    danger: (values) => ({ what: `removes the webhook ${values.required('webhook')}` }),
    show: showDone('deleted'),
  },
}

/** `wamux webhook` */
export const group: CommandGroup = verbGroup('webhook', webhookVerbs)
