import type { SessionState } from '@wamux/core'
import type { ArgSpec } from '../command.ts'
import { elapsedText } from '../live.ts'
import { printSession, printSessions, stateText } from '../print/session.ts'
import { printQr, saveQr, withoutPicture } from '../print/session-qr.ts'
import { plainText } from '../print/text-width.ts'
import type { VerbSpecs } from './verb-spec.ts'

const SESSION: ArgSpec = { about: 'name or id of the session', required: true }
const PHONE = 'number of the phone, +4915112345678'

const STATES: Readonly<Record<SessionState, true>> = {
  stopped: true,
  starting: true,
  pairing: true,
  connecting: true,
  connected: true,
  disconnected: true,
  logged_out: true,
  conflict: true,
  failed: true,
  unknown: true,
}

/** The session verbs on the command line. */
export const sessionVerbs: VerbSpecs<'session'> = {
  list: {
    about: 'all sessions, stopped ones included',
    examples: ['wamux session list', 'wamux session list --gateway waha --json'],
    effect: 'read',
    input: () => ({}),
    print: ({ sessions }, view) => printSessions(sessions, view),
  },
  get: {
    about: 'one session as it is now',
    args: { session: SESSION },
    examples: ['wamux session get default'],
    effect: 'read',
    input: (values) => ({ session: values.required('session') }),
    print: printSession,
  },
  create: {
    about: 'make a session, and start it',
    details: 'Some gateways choose the name themselves: go on with the one that is printed.',
    args: { session: { about: 'the wished name' } },
    flags: {
      'no-start': { about: 'make it only' },
      phone: { about: `${PHONE}, where a session belongs to a number`, value: 'number' },
    },
    examples: ['wamux session create default', 'wamux session create default --no-start'],
    effect: 'change',
    input: (values) => {
      const [session, phone] = [values.text('session'), values.text('phone')]
      return { ...(session ? { session } : {}), ...(phone ? { phone } : {}), ...(values.is('no-start') ? { start: false } : {}) }
    },
    print: printSession,
  },
  update: {
    about: "change a session's settings",
    details: "The fields of the settings are the gateway's own; see its documentation.",
    args: {
      session: SESSION,
      config: { about: 'settings as JSON, @file.json, or - for stdin', value: 'json', required: true, from: 'json' },
    },
    examples: [`wamux session update default '{"metadata":{"team":"sales"}}'`, 'wamux session update default @settings.json'],
    effect: 'change',
    input: (values) => ({ session: values.required('session'), config: JSON.parse(values.required('config')) as Record<string, unknown> }),
    print: printSession,
  },
  delete: {
    about: 'remove a session with its data',
    args: { session: SESSION },
    examples: ['wamux session delete default', 'wamux session delete default --yes'],
    effect: 'change',
    danger: (values) => `deletes session "${values.required('session')}" with its data`,
    input: (values) => ({ session: values.required('session') }),
    print: ({ session }, { paint }) => `${plainText(session)} is ${paint.red('deleted')}\n`,
  },
  start: {
    about: 'start a session; pairs by QR code when its phone is not paired yet',
    args: { session: SESSION },
    examples: ['wamux session start default'],
    effect: 'change',
    input: (values) => ({ session: values.required('session') }),
    print: printSession,
  },
  stop: {
    about: 'shut the engine down; the phone stays paired',
    details: 'A later start needs no QR code. To unpair the phone use logout, to begin anew reset.',
    args: { session: SESSION },
    examples: ['wamux session stop default'],
    effect: 'change',
    input: (values) => ({ session: values.required('session') }),
    print: printSession,
  },
  restart: {
    about: 'stop and start the engine; the phone stays paired',
    args: { session: SESSION },
    examples: ['wamux session restart default'],
    effect: 'change',
    input: (values) => ({ session: values.required('session') }),
    print: printSession,
  },
  logout: {
    about: 'unpair the phone; the session needs a new QR code then',
    args: { session: SESSION },
    examples: ['wamux session logout default'],
    effect: 'change',
    input: (values) => ({ session: values.required('session') }),
    print: printSession,
  },
  reset: {
    about: "wipe a session's state and begin anew",
    args: { session: SESSION },
    flags: {
      wait: { about: 'wait until the session is back, up to 2 minutes' },
      'delete-data': { about: 'also delete all chats, messages and files that the gateway keeps' },
      'empty-queue': { about: 'also drop the messages still waiting to be sent' },
    },
    examples: ['wamux session reset 6526b8a5a5a5a5a5a5a5a5a5 --wait', 'wamux session reset 6526b8a5a5a5a5a5a5a5a5a5 --delete-data --yes'],
    effect: 'change',
    danger: (values) => {
      const lost = [
        ...(values.is('delete-data') ? ['deletes its chats, messages and files'] : []),
        ...(values.is('empty-queue') ? ['drops the messages waiting to be sent'] : []),
      ]
      return lost.length > 0 ? `resets session "${values.required('session')}" and ${lost.join(' and ')}` : undefined
    },
    input: (values) => ({
      session: values.required('session'),
      ...(values.is('wait') ? { wait: true } : {}),
      ...(values.is('delete-data') ? { deleteData: true } : {}),
      ...(values.is('empty-queue') ? { emptyQueue: true } : {}),
    }),
    options: (live) => ({ onProgress: (elapsedMs) => live.show(`Resetting… ${elapsedText(elapsedMs)}`) }),
    print: printSession,
  },
  qr: {
    about: 'draw the QR code to scan, or save it with --out',
    args: { session: SESSION },
    flags: {
      out: { about: 'save the picture instead of drawing it', value: 'file' },
    },
    examples: ['wamux session qr default', 'wamux session qr default --out qr.svg'],
    effect: 'read',
    input: (values) => ({ session: values.required('session'), ...(values.text('out') ? { format: 'image' } : {}) }),
    print: (qr, view) => (view.values.text('out') ? saveQr(qr, view).then(() => '') : printQr(qr, view)),
    data: (qr, view) => (view.values.text('out') ? saveQr(qr, view).then((saved) => withoutPicture(qr, saved)) : qr),
  },
  requestPairingCode: {
    about: 'a code to type on the phone instead of scanning',
    args: { session: SESSION, phone: { about: PHONE, required: true } },
    examples: ['wamux session request-pairing-code default +4915112345678'],
    effect: 'change',
    input: (values) => ({ session: values.required('session'), phone: values.required('phone') }),
    print: ({ code }, { say }) => {
      say('On the phone: Settings > Linked devices > Link a device > Link with phone number instead, and type:')
      return `${plainText(code)}\n`
    },
  },
  waitFor: {
    about: 'wait until a session is connected, or in another state',
    details: '--timeout is how long to wait in all, 2 minutes if not given.',
    args: { session: SESSION },
    flags: {
      state: { about: `one or several of ${Object.keys(STATES).join(', ')}`, value: 'state,…', choices: Object.keys(STATES), list: true },
      interval: { about: 'first pause between two looks; default 1s', value: 'time', duration: true },
    },
    examples: ['wamux session wait-for default', 'wamux session wait-for default --state stopped,failed --timeout 30s'],
    effect: 'read',
    waits: true,
    input: (values, live) => {
      const [timeoutMs, intervalMs] = [values.ms('timeout'), values.ms('interval')]
      const state = values.list('state') as readonly SessionState[] | undefined
      return {
        session: values.required('session'),
        ...(state ? { state } : {}),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(intervalMs === undefined ? {} : { intervalMs }),
        onState: (info) => live.show(`${plainText(info.session)} is ${stateText(info)}…`),
      }
    },
    print: printSession,
  },
}
