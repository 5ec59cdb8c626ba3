import { comparableName } from '../command/case.ts'

/** First words that mean another one, or a whole command. Plurals and singulars are taken as well: `sessions`, `plugin`. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  login: ['profile', 'add'],
  ops: ['operations'],
  statuses: ['status'],
  msg: ['message'],
  msgs: ['message'],
}

/** Second words that mean another one: the first of these that the group has. */
const SECOND: Readonly<Record<string, readonly string[]>> = {
  ls: ['list'],
  show: ['get'],
  rm: ['delete', 'remove'],
  remove: ['delete'],
  delete: ['remove'],
}

/** What people type who come from other programs, and the command that is meant. It is named, never run. */
export const MEANT: Readonly<Record<string, string>> = {
  auth: 'wamux login',
  'auth login': 'wamux login',
  'auth logout': 'wamux profile remove NAME (forgets an account), or wamux session logout NAME (unpairs the phone)',
  'auth status': 'wamux profile list, or wamux doctor',
  logout: 'wamux session logout NAME (unpairs the phone), or wamux profile remove NAME (forgets an account)',
  logs: 'wamux listen',
  log: 'wamux listen',
  tail: 'wamux listen',
  watch: 'wamux listen',
  config: 'wamux profile list, or wamux help environment',
  init: 'wamux profile add',
  setup: 'wamux profile add',
  whoami: 'wamux profile show',
  qr: 'wamux session qr',
  pair: 'wamux session qr',
  start: 'wamux session start',
  stop: 'wamux session stop',
  ps: 'wamux session list',
  serve: 'wamux emulate',
  emulator: 'wamux emulate',
  request: 'wamux api',
  curl: 'wamux api METHOD PATH --curl',
  gateways: 'wamux plugins',
  'plugins list': 'wamux plugins',
  'plugins ls': 'wamux plugins',
  'plugins install': 'wamux plugins add',
  install: 'wamux plugins add',
  env: 'wamux help environment, or wamux emulate env',
  ls: 'wamux session list',
  list: 'wamux session list',
  me: 'wamux session get (shows the account), or wamux profile show',
  'status list': 'wamux status --help: its commands, or wamux session list for the states of sessions',
  update: 'npm install -g wamux@latest',
  upgrade: 'npm install -g wamux@latest',
  'message send': 'wamux send NUMBER TEXT, or wamux message send-text, send-image, …',
  'message text': 'wamux message send-text',
  'message delete': 'wamux message revoke',
  'message read': 'wamux message mark-seen',
  'session pair': 'wamux session qr',
  'session scan': 'wamux session qr',
  'session connect': 'wamux session start, then wamux session qr',
  'session status': 'wamux session get',
  'session logs': 'wamux listen',
  'group members': 'wamux group get',
}

const CREATE = ['create', 'add']
/** Words for one thing: where a group lacks the one that was typed, it may have another. */
const SAME: readonly (readonly string[])[] = [
  [...CREATE, 'new', 'make', 'register'],
  ['delete', 'remove', 'destroy', 'del', 'kill'],
  ['list', 'all', 'index'],
  ['get', 'view', 'describe', 'inspect', 'info', 'read'],
  ['update', 'set', 'edit', 'change', 'configure'],
  ['wait-for', 'wait'],
  ['use', 'switch', 'select'],
]

type Known = Readonly<Record<string, unknown>>

/**
 * The words that a typed first word means; itself where it is a command.
 *
 * @param commands every first word
 */
export function firstWords(word: string, commands: Known): readonly string[] {
  if (Object.hasOwn(commands, word)) return [word]
  if (Object.hasOwn(FIRST, word)) return FIRST[word] ?? [word]
  const name = word.toLowerCase()
  return [[name, name.replace(/s$/, ''), `${name}s`].find((one) => Object.hasOwn(commands, one)) ?? word]
}

/** The second word that a typed one means in a group of commands; itself where it is no alias. */
export function secondWord(word: string, commands: Known): string {
  if (Object.hasOwn(commands, word)) return word
  const short = (Object.hasOwn(SECOND, word) ? SECOND[word] : undefined)?.find((one) => Object.hasOwn(commands, one))
  // sendText and send_text are send-text
  return short ?? Object.keys(commands).find((one) => comparableName(one) === comparableName(word)) ?? word
}

/** The command that is meant by words that are none: `webhook add` -> `wamux webhook create`. */
export function meantCommand(group: string | undefined, word: string, commands: Known): string | undefined {
  const typed = group === undefined ? word : `${group} ${word}`
  if (Object.hasOwn(MEANT, typed)) return MEANT[typed]
  if (group === undefined) return undefined
  const same = SAME.find((words) => words.includes(word))?.find((one) => Object.hasOwn(commands, one))
  return same && `wamux ${group} ${same}`
}
