import type { ArgSpec, Command, CommandGroup } from '../../command/command.ts'
import { CONFIRM_FLAGS, type FlagSpec } from '../../command/flags.ts'

type Flags = Readonly<Record<string, FlagSpec>>

/** Where the list is kept. */
const STORE: Flags = {
  store: {
    about: "the file that keeps the list, or postgres; default WAMUX_OUTBOX_STORE, else outbox.db in the user's data folder",
    value: 'file',
  },
}

/** Which sending number is meant. */
const NUMBER: Flags = {
  from: { about: 'session that sends; default WAMUX_SESSION, that of the profile, or the only one', value: 'session' },
  ...STORE,
}

const PACE: Flags = {
  interval: { about: 'pause between two messages, varied by 40 %; default 8s', value: 'time', duration: true },
  'per-hour': { about: 'most messages in 60 minutes; default 120', value: 'number' },
  'per-day': { about: 'most messages in 24 hours; default 600', value: 'number' },
  'new-per-hour': { about: 'most messages in 60 minutes to people this number did not write with before; default 20', value: 'number' },
  'new-per-day': { about: 'the same in 24 hours; default 50', value: 'number' },
  'warm-up': { about: 'so many messages on the first day, then half as many again each day; default no warm-up', value: 'number' },
  'quiet-hours': { about: 'hours without messages, in the time zone of the recipient: 21:00-08:00', value: 'hours' },
  zone: { about: 'time zone of recipients whose country is not known; default UTC', value: 'zone' },
}

const STATES = ['queued', 'sending', 'sent', 'delivered', 'read', 'refused', 'unknown', 'cancelled', 'expired']

const SELECTED: Flags = {
  state: { about: 'only in this state', value: 'state', choices: STATES },
  list: { about: 'only of this list', value: 'name' },
}

const WHERE =
  'The list is kept in a file of SQLite, which needs Node 22.13 or newer. --store postgres keeps it in PostgreSQL, at the address in WAMUX_OUTBOX_POSTGRES_URL, and any number of machines may share it; that needs the package pg: npm install -g pg.'

const KEY: ArgSpec = { about: 'key of the message: wamux outbox export shows it', required: true, freeText: true }

/** A command whose code is loaded when it runs. */
function command(spec: Omit<Command, 'run'>, load: () => Promise<Command['run']>): Command {
  return { ...spec, run: async (context) => (await load())(context) }
}

/** `wamux outbox` */
export const group: CommandGroup = {
  commands: {
    import: command(
      {
        about: 'put the rows of a CSV file on the list; nothing is sent yet',
        details: `{name} in a template is the column "name" of the row; {{ and }} are braces. All rows are checked before the first one is added. A key that is on the list already is left as it is, so the same file twice adds nothing. ${WHERE}`,
        args: { file: { about: 'CSV file with a header, or - for stdin', required: true } },
        flags: {
          ...NUMBER,
          template: { about: 'file with the text of the messages', value: 'file' },
          text: { about: 'the text itself: "Hello {name}"', value: 'text' },
          url: { about: 'address of a file to send: https://example.com/{id}.pdf', value: 'url' },
          as: {
            about: 'how the file is shown; default document',
            value: 'kind',
            choices: ['image', 'video', 'audio', 'voice', 'document', 'sticker'],
          },
          to: { about: 'the recipient; default {phone}', value: 'template' },
          key: { about: 'key of each message: order-{id}; default made from list, recipient and content', value: 'template' },
          list: { about: 'name of the list; default none', value: 'name' },
          'dry-run': { about: 'check and show all messages, and add nothing' },
        },
        examples: [
          'wamux outbox import list.csv --text "Hello {name}"',
          'wamux outbox import list.csv --template hello.txt --from shop --key order-{id}',
          'wamux outbox import list.csv --template hello.txt --dry-run',
        ],
      },
      async () => (await import('./import.ts')).importList,
    ),
    run: command(
      {
        about: 'send the list, one message after the other, at a careful pace',
        details: `Ends when nothing is queued. Ctrl-C ends it as soon as the message that is being sent is through; what is left goes out with the next run. A message is never sent twice: what may have been sent is "unknown" and is looked for in the chat. Exit code 8 says that some are still unknown, 1 that some were refused. ${WHERE}`,
        flags: {
          ...NUMBER,
          ...PACE,
          resend: {
            about: 'what happens with a message that may have been sent and is not in the chat; default never',
            value: 'policy',
            choices: ['never', 'after-lookup'],
          },
          'keep-running': { about: 'wait for more when nothing is queued, until Ctrl-C' },
          receipts: {
            about: 'how receipts and opt-outs are received; default as wamux listen does',
            value: 'way',
            choices: ['socket', 'poll', 'none'],
          },
        },
        examples: [
          'wamux outbox run --from shop',
          'wamux outbox run --per-day 200 --quiet-hours 21:00-08:00 --zone Europe/Berlin',
          'wamux outbox run --keep-running --output ndjson >> changes.ndjson',
        ],
      },
      async () => (await import('./run.ts')).runList,
    ),
    status: command(
      {
        about: 'how far it is: messages in each state, rate, time left',
        flags: { ...NUMBER },
        examples: ['wamux outbox status', 'wamux outbox status --json --jq .counts.queued'],
      },
      async () => (await import('./status.ts')).showStatus,
    ),
    pause: command(
      {
        about: 'send nothing until resume, on all machines',
        args: { reason: { about: 'why, for others', freeText: true } },
        flags: NUMBER,
        examples: ['wamux outbox pause', 'wamux outbox pause "the shop is closed"'],
      },
      async () => (await import('./decide.ts')).pauseList,
    ),
    resume: command(
      { about: 'go on sending after a pause', flags: NUMBER, examples: ['wamux outbox resume'] },
      async () => (await import('./decide.ts')).resumeList,
    ),
    cancel: command(
      {
        about: 'take messages back that are still queued',
        args: { keys: { about: 'their keys', rest: true } },
        flags: { ...NUMBER, list: { about: 'all of this list', value: 'name' }, all: { about: 'all that are queued' }, ...CONFIRM_FLAGS },
        examples: ['wamux outbox cancel order-1001', 'wamux outbox cancel --list may --yes'],
      },
      async () => (await import('./decide.ts')).cancelMessages,
    ),
    resolve: command(
      {
        about: 'decide about a message that may have been sent',
        details: 'sent: it arrived. resend: send it again. give-up: leave it. wamux outbox export --state unknown shows them.',
        args: { key: KEY, decision: { about: 'sent, resend or give-up', required: true } },
        flags: { ...NUMBER, ...CONFIRM_FLAGS },
        examples: ['wamux outbox resolve order-1001 sent', 'wamux outbox resolve order-1001 resend --yes'],
      },
      async () => (await import('./decide.ts')).resolveMessage,
    ),
    'opt-out': command(
      {
        about: 'note who wants no messages: nothing is sent to them by any number of the list',
        args: { numbers: { about: 'numbers or JIDs', rest: true } },
        flags: { ...NUMBER, file: { about: 'file with one number in each line, or - for stdin', value: 'file' } },
        examples: ['wamux outbox opt-out +4915112345678', 'wamux outbox opt-out --file opted-out.txt'],
      },
      async () => (await import('./decide.ts')).optOut,
    ),
    export: command(
      {
        about: 'all messages with their states',
        flags: { ...NUMBER, ...SELECTED },
        examples: ['wamux outbox export --output csv > messages.csv', 'wamux outbox export --state unknown'],
      },
      async () => (await import('./export.ts')).exportMessages,
    ),
    watch: command(
      {
        about: 'every change of state as it happens',
        details: 'Also those of other machines; until Ctrl-C, or as long as --timeout says.',
        flags: { ...NUMBER, 'from-start': { about: 'begin with the first change of the list' } },
        examples: ['wamux outbox watch', 'wamux outbox watch --output ndjson --timeout 10m'],
      },
      async () => (await import('./export.ts')).watchChanges,
    ),
  },
}
