import type { CommandEntry } from '../command/command.ts'

/** Every first word that can follow `wamux`. The id of a gateway can follow, too: see route.ts. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  session: {
    kind: 'verbs',
    about: 'sessions: create, pair, start, stop, log out, …',
    load: async () => (await import('../commands/session/group.ts')).group,
  },
  send: { kind: 'verbs', about: 'send a text to somebody', load: async () => (await import('../commands/send/group.ts')).group },
  message: {
    kind: 'verbs',
    about: 'messages: send, react, list, wait for the ticks, …',
    load: async () => (await import('../commands/message/group.ts')).group,
  },
  chat: {
    kind: 'verbs',
    about: 'chats: list, archive, mute, pin, clear, …',
    load: async () => (await import('../commands/chat/group.ts')).group,
  },
  contact: {
    kind: 'verbs',
    about: 'contacts: list, check a number, block, …',
    load: async () => (await import('../commands/contact/group.ts')).group,
  },
  group: {
    kind: 'verbs',
    about: 'groups: make, add and remove persons, invite, …',
    load: async () => (await import('../commands/group/group.ts')).group,
  },
  status: {
    kind: 'verbs',
    about: 'status posts ("stories")',
    load: async () => (await import('../commands/status/group.ts')).group,
  },
  presence: { kind: 'verbs', about: 'who is online', load: async () => (await import('../commands/presence/group.ts')).group },
  label: { kind: 'verbs', about: 'labels of WhatsApp Business', load: async () => (await import('../commands/label/group.ts')).group },
  channel: {
    kind: 'verbs',
    about: 'channels, also called newsletters',
    load: async () => (await import('../commands/channel/group.ts')).group,
  },
  webhook: {
    kind: 'verbs',
    about: 'where a gateway posts its events',
    load: async () => (await import('../commands/webhook/group.ts')).group,
  },
  outbox: {
    about: 'a list of messages: import it, and send each of them once at a careful pace',
    load: async () => (await import('../commands/outbox/group.ts')).group,
  },
  profile: {
    about: "accounts that wamux knows, and the WhatsApp account's own profile",
    load: async () => (await import('../commands/profile/group.ts')).group,
  },
  api: { about: 'any request to a gateway, by method and path', load: async () => (await import('../commands/api/group.ts')).group },
  listen: {
    about: 'events as they happen; they can be forwarded to your own program',
    load: async () => (await import('../commands/listen/group.ts')).group,
  },
  events: { about: 'saved events: replay them, list their types', load: async () => (await import('../commands/events/group.ts')).group },
  trigger: { about: 'make something happen on the emulator', load: async () => (await import('../commands/trigger/group.ts')).group },
  operations: {
    about: 'every operation of the gateways, as a table',
    load: async () => (await import('../commands/operations/group.ts')).group,
  },
  capabilities: { about: 'which gateway has which verb', load: async () => (await import('../commands/capabilities/group.ts')).group },
  plugins: {
    about: 'the gateways that are installed, and how to add others',
    load: async () => (await import('../commands/plugins/group.ts')).group,
  },
  doctor: { about: 'what is wrong, and what to do about it', load: async () => (await import('../commands/doctor/group.ts')).group },
  emulate: {
    about: 'four gateways on this machine, to try things without an account',
    load: async () => (await import('../commands/emulate/group.ts')).group,
  },
  mcp: { about: 'the operations as tools for AI agents', load: async () => (await import('../commands/mcp/group.ts')).group },
  spec: {
    about: "compare our document of a gateway with the vendor's",
    load: async () => (await import('../commands/spec/group.ts')).group,
  },
  completion: {
    about: 'completion for bash, zsh, fish and PowerShell',
    load: async () => (await import('../commands/completion/group.ts')).group,
  },
  version: { about: 'the versions of wamux and Node', load: async () => (await import('../commands/version/group.ts')).group },
}
