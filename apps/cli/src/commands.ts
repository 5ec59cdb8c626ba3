import type { Group } from './command.ts'

/** One word of the first level. Its commands are loaded only when it is used. */
export interface Entry {
  readonly about: string
  readonly load: () => Promise<Group>
}

/** What can follow `wamux`. */
export const commands: Readonly<Record<string, Entry>> = {
  session: {
    about: 'sessions: create, pair, start, stop, log out, …',
    load: () => import('./verbs/groups.ts').then((groups) => groups.session),
  },
  message: { about: 'messages: send a text', load: () => import('./verbs/groups.ts').then((groups) => groups.message) },
  emulate: {
    about: 'four gateways on this machine, to try things without an account',
    load: () => import('./emulate/group.ts').then(({ group }) => group),
  },
  operations: {
    about: 'every operation of the gateways, as a table',
    load: () => import('./operations-group.ts').then(({ group }) => group),
  },
  spec: {
    about: "compare our document of a gateway with the vendor's",
    load: () => import('./spec-diff/group.ts').then(({ group }) => group),
  },
  version: { about: 'the versions of wamux and Node', load: () => import('./version-group.ts').then(({ group }) => group) },
}
