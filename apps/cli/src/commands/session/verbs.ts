import type { SessionInfo, SessionState } from '@wamux/core'
import { printSession, printSessions, stateText } from '../../print/session.ts'
import { plainText } from '../../print/text-width.ts'
import { elapsedText } from '../../terminal/progress-line.ts'
import { NAMED_SESSION, PHONE, SESSION } from '../../verb/input-specs.ts'
import type { Show, VerbSpecs } from '../../verb/verb-spec.ts'
import { printQr, saveQr, withoutPicture } from './session-qr.ts'

const INFO: Show<SessionInfo> = { text: printSession }

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

// the SVG is drawn here, from the text of the code
function wantsPicture(out: string | undefined): boolean {
  return out !== undefined && !out.toLowerCase().endsWith('.svg')
}

/** The session verbs on the command line. */
export const sessionVerbs: VerbSpecs<'session'> = {
  list: {
    about: 'all sessions, stopped ones included; of every gateway that is set up',
    examples: ['wamux session list', 'wamux session list --gateway waha --json'],
    input: {},
    show: { rows: ({ sessions }) => sessions, text: ({ sessions }, view) => printSessions(sessions, view) },
  },
  get: {
    about: 'one session as it is now',
    input: { session: SESSION },
    examples: ['wamux session get default'],
    show: INFO,
  },
  create: {
    about: 'create a session and start it',
    details: 'Some gateways choose the name themselves: go on with the one that is printed.',
    input: {
      session: { about: 'name for the session', positional: true },
      start: { about: 'create it without starting it', kind: 'off', flag: 'no-start' },
      phone: { about: 'number of the phone, +4915112345678, where a session belongs to a number', value: 'number' },
      config: { about: 'settings, with the names of the gateway: JSON, a file, or - for stdin', kind: 'json' },
    },
    flags: {
      webhook: { about: 'where the gateway posts its events, http(s), once it is created; several times', value: 'url', repeat: true },
    },
    calls: (values) => (values.is('webhook') ? ['webhook.create'] : []),
    examples: [
      'wamux session create default',
      'wamux session create default --no-start',
      'wamux session create default --webhook https://example.com/hook',
      `wamux session create default --config '{"metadata":{"team":"sales"},"noweb":{"store":{"enabled":true}}}'`,
    ],
    show: INFO,
    follow: async (info, follow) => (await import('./add-webhooks.ts')).addWebhooks(info, follow),
  },
  update: {
    about: "change a session's settings",
    details: "The fields of the settings are the gateway's own; see its documentation.",
    input: {
      session: SESSION,
      config: { about: 'settings: JSON, a file, or - for stdin', kind: 'json', positional: true, required: true },
    },
    examples: [`wamux session update default '{"metadata":{"team":"sales"}}'`, 'wamux session update default @settings.json'],
    show: INFO,
  },
  delete: {
    about: 'remove a session with its data',
    input: { session: NAMED_SESSION },
    examples: ['wamux session delete default', 'wamux session delete default --yes'],
    danger: (values) => ({ what: `deletes session "${values.required('session')}" with its data`, name: values.required('session') }),
    show: { text: ({ session }, { paint }) => `${plainText(session)} is ${paint.red('deleted')}\n` },
  },
  start: {
    about: 'start a session; pairs by QR code when its phone is not paired yet',
    input: { session: SESSION },
    examples: ['wamux session start default'],
    show: INFO,
  },
  stop: {
    about: 'shut the engine down; the phone stays paired',
    details: 'A later start needs no QR code. To unpair the phone use logout, to start from nothing use reset.',
    input: { session: SESSION },
    examples: ['wamux session stop default'],
    show: INFO,
  },
  restart: {
    about: 'stop and start the engine; the phone stays paired',
    input: { session: SESSION },
    examples: ['wamux session restart default'],
    show: INFO,
  },
  logout: {
    about: 'unpair the phone; the session needs a new QR code then',
    input: { session: NAMED_SESSION },
    examples: ['wamux session logout default --yes'],
    danger: (values) => ({ what: `unpairs the phone of session "${values.required('session')}": a QR code has to be scanned again` }),
    show: INFO,
  },
  reset: {
    about: "wipe a session's state and start it from nothing",
    input: {
      session: NAMED_SESSION,
      wait: { about: 'wait until the session is back, up to 2 minutes', kind: 'switch' },
      deleteData: { about: 'also delete all chats, messages and files that the gateway keeps', kind: 'switch' },
      emptyQueue: { about: 'also drop the messages still waiting to be sent', kind: 'switch' },
    },
    examples: ['wamux session reset 6526b8a5a5a5a5a5a5a5a5a5 --wait', 'wamux session reset 6526b8a5a5a5a5a5a5a5a5a5 --delete-data --yes'],
    danger: (values) => {
      const lost = [
        ...(values.is('delete-data') ? ['deletes its chats, messages and files'] : []),
        ...(values.is('empty-queue') ? ['drops the messages waiting to be sent'] : []),
      ]
      const name = values.required('session')
      if (lost.length === 0) return { what: `wipes the state of session "${name}": it starts from nothing` }
      return { what: `resets session "${name}" and ${lost.join(' and ')}`, name }
    },
    options: (progress) => ({ onProgress: (elapsedMs) => progress.show(`Resetting… ${elapsedText(elapsedMs)}`) }),
    show: INFO,
  },
  qr: {
    about: 'draw the QR code to scan, or save it with --out',
    details: 'On a terminal a new code replaces the old one, until the phone has scanned it.',
    input: { session: SESSION, format: null },
    flags: {
      out: { about: 'save the picture instead of drawing it', value: 'file' },
      once: { about: 'draw it once, and do not wait' },
      interval: { about: 'pause between two polls; default 2s', value: 'time', duration: true },
    },
    examples: ['wamux session qr default', 'wamux session qr default --out qr.svg'],
    extraInput: (values) => (wantsPicture(values.text('out')) ? { format: 'image' } : {}),
    show: {
      text: (qr, view) => (view.values.text('out') ? saveQr(qr, view).then(() => '') : printQr(qr, view)),
      data: (qr, view) => (view.values.text('out') ? saveQr(qr, view).then((saved) => withoutPicture(qr, saved)) : qr),
    },
    follow: async (qr, follow) => (await import('./follow-qr.ts')).followQr(qr, follow),
  },
  requestPairingCode: {
    about: 'a code to type on the phone instead of scanning',
    input: { session: SESSION, phone: PHONE },
    examples: ['wamux session request-pairing-code default +4915112345678'],
    show: {
      text: ({ code }, { say }) => {
        say('On the phone: Settings > Linked devices > Link a device > Link with phone number instead, and type:')
        return `${plainText(code)}\n`
      },
    },
  },
  waitFor: {
    about: 'wait until a session is connected, or in another state',
    details: '--timeout is how long to wait in all, 60 seconds if not given.',
    input: {
      session: SESSION,
      state: {
        about: `one or several of ${Object.keys(STATES).join(', ')}`,
        kind: 'choices',
        value: 'state,…',
        choices: Object.keys(STATES),
      },
      timeoutMs: null,
      intervalMs: { about: 'first pause between two polls; default 1s', kind: 'duration', flag: 'interval' },
      onState: null,
    },
    examples: ['wamux session wait-for default', 'wamux session wait-for default --state stopped,failed --timeout 30s'],
    waits: true,
    extraInput: (values, progress) => {
      const timeoutMs = values.ms('timeout')
      const onState = (info: SessionInfo) => progress.show(`${plainText(info.session)} is ${stateText(info)}…`)
      return { onState, ...(timeoutMs === undefined ? {} : { timeoutMs }) }
    },
    show: INFO,
  },
}
