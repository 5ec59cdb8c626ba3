import type { Webhook } from '@wamux/core'
import type { CommandGroup } from '../../command/command.ts'
import { HIDDEN } from '../../operation/secret-answer.ts'
import type { Column } from '../../print/table.ts'
import { CURSOR, LIMIT, SESSION } from '../../verb/input-specs.ts'
import { showDone, showList, showOne } from '../../verb/show.ts'
import { verbGroup } from '../../verb/verb-commands.ts'
import type { InputSpec, Show, VerbSpecs } from '../../verb/verb-spec.ts'

const COLUMNS: readonly Column<Webhook>[] = [
  { title: 'ID', text: ({ id }) => id, whole: true, paint: (cell, _webhook, paint) => paint.bold(cell) },
  { title: 'URL', text: ({ url, id }) => (url === id ? '' : url) },
  { title: 'EVENTS', text: ({ events }) => events.join(', ') },
  { title: 'ACTIVE', text: ({ active }) => (active === false ? 'no' : '') },
]

const KEY: Column<Webhook> = { title: 'SECRET', text: ({ secret }) => secret ?? '', whole: true }

const EVENT = { kind: 'list', flag: 'event', value: 'type' } as const
const SECRET: InputSpec = { about: 'key that the gateway signs with, where it signs: @file, or - for stdin', kind: 'secret' }
const WEBHOOK: InputSpec = { about: 'id of the webhook, or its address where webhooks have none', positional: true, required: true }

const MADE = 'The gateway made up a key to sign with. It is shown by --show-secrets only: delete the webhook, and create it so.'

// this answer alone has a key that the gateway has made
const CREATED: Show<Webhook> = {
  text: (webhook, view) => {
    const { secret } = webhook
    const shown = view.values.is('show-secrets')
    if (secret !== undefined && !shown) view.say(MADE)
    return showOne(shown ? [...COLUMNS, KEY] : COLUMNS).text(webhook, view)
  },
  data: (webhook, { values }) => (webhook.secret === undefined || values.is('show-secrets') ? webhook : { ...webhook, secret: HIDDEN }),
}

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
    show: CREATED,
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
