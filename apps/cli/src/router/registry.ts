import type { Command, Group } from '../command/command.ts'

/** One word of the first level. Its commands are loaded only when it is used. */
export interface Entry {
  readonly about: string
  /** Whether it is about what a gateway does, or a tool of wamux; default `tools`. */
  readonly kind?: 'verbs' | 'tools'
  readonly load: () => Promise<Group>
}

/** The commands of a namespace of verbs, and further ones under the same word. */
function verbs(about: string, load: () => Promise<Readonly<Record<string, Command>>>): Entry {
  return { about, kind: 'verbs', load: async () => ({ commands: await load() }) }
}

/** What can follow `wamux`; a gateway's id can, too. */
export const commands: Readonly<Record<string, Entry>> = {
  session: verbs('sessions: create, pair, start, stop, log out, …', async () => {
    const [{ verbCommands }, { sessionVerbs }, { supervise }] = await Promise.all([
      import('../verb/verb-commands.ts'),
      import('../commands/session/verbs.ts'),
      import('../commands/listen/group.ts'),
    ])
    return { ...verbCommands('session', sessionVerbs), supervise }
  }),
  message: verbs('messages: send, react, list, wait for the ticks, …', async () => {
    const [{ verbCommands }, { messageVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/message/group.ts')])
    return verbCommands('message', messageVerbs)
  }),
  chat: verbs('chats: list, archive, mute, pin, clear, …', async () => {
    const [{ verbCommands }, { chatVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/chat/group.ts')])
    return verbCommands('chat', chatVerbs)
  }),
  contact: verbs('contacts: list, check a number, block, …', async () => {
    const [{ verbCommands }, { contactVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/contact/group.ts')])
    return verbCommands('contact', contactVerbs)
  }),
  group: verbs('groups: make, add and remove persons, invite, …', async () => {
    const [{ verbCommands }, { groupVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/group/group.ts')])
    return verbCommands('group', groupVerbs)
  }),
  status: verbs('status posts ("stories")', async () => {
    const [{ verbCommands }, { statusVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/status/group.ts')])
    return verbCommands('status', statusVerbs)
  }),
  presence: verbs('who is online', async () => {
    const [{ verbCommands }, { presenceVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/presence/group.ts')])
    return verbCommands('presence', presenceVerbs)
  }),
  label: verbs('labels of WhatsApp Business', async () => {
    const [{ verbCommands }, { labelVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/label/group.ts')])
    return verbCommands('label', labelVerbs)
  }),
  channel: verbs('channels, also called newsletters', async () => {
    const [{ verbCommands }, { channelVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/channel/group.ts')])
    return verbCommands('channel', channelVerbs)
  }),
  webhook: verbs('where a gateway posts its events', async () => {
    const [{ verbCommands }, { webhookVerbs }] = await Promise.all([import('../verb/verb-commands.ts'), import('../commands/webhook/group.ts')])
    return verbCommands('webhook', webhookVerbs)
  }),
  profile: {
    about: "accounts that wamux knows, and the WhatsApp account's own profile",
    load: async () => {
      const [{ verbCommands }, { profileVerbs }, { group }] = await Promise.all([
        import('../verb/verb-commands.ts'),
        import('../commands/profile/verbs.ts'),
        import('../commands/profile/group.ts'),
      ])
      return { ...group, commands: { ...group.commands, ...verbCommands('profile', profileVerbs) } }
    },
  },
  api: { about: 'any request to a gateway, by method and path', load: () => import('../commands/api/group.ts').then(({ group }) => group) },
  listen: {
    about: 'events as they happen, and on to your own program',
    load: () => import('../commands/listen/group.ts').then(({ listenGroup }) => listenGroup),
  },
  events: { about: 'saved events, once more', load: () => import('../commands/listen/group.ts').then(({ eventsGroup }) => eventsGroup) },
  trigger: {
    about: 'make something happen on the emulator',
    load: () => import('../commands/listen/group.ts').then(({ triggerGroup }) => triggerGroup),
  },
  operations: {
    about: 'every operation of the gateways, as a table',
    load: () => import('../commands/operations/group.ts').then(({ group }) => group),
  },
  capabilities: { about: 'which gateway has which verb', load: () => import('../commands/capabilities/group.ts').then(({ group }) => group) },
  plugins: {
    about: 'the gateways that are installed, and how to add others',
    load: () => import('../commands/plugins/group.ts').then(({ group }) => group),
  },
  doctor: { about: 'what is wrong, and what to do about it', load: () => import('../commands/doctor/group.ts').then(({ group }) => group) },
  emulate: {
    about: 'four gateways on this machine, to try things without an account',
    load: () => import('../commands/emulate/group.ts').then(({ group }) => group),
  },
  mcp: { about: 'the operations as tools for AI agents', load: () => import('../commands/mcp/group.ts').then(({ group }) => group) },
  spec: {
    about: "compare our document of a gateway with the vendor's",
    load: () => import('../commands/spec/group.ts').then(({ group }) => group),
  },
  completion: {
    about: 'completion for bash, zsh, fish and PowerShell',
    load: () => import('../commands/completion/group.ts').then(({ group }) => group),
  },
  version: { about: 'the versions of wamux and Node', load: () => import('../commands/version/group.ts').then(({ group }) => group) },
}
