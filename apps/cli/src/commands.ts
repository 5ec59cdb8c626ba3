import type { Command, Group } from './command.ts'

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
      import('./verbs/commands.ts'),
      import('./verbs/session.ts'),
      import('./events/groups.ts'),
    ])
    return { ...verbCommands('session', sessionVerbs), supervise }
  }),
  message: verbs('messages: send, react, list, wait for the ticks, …', async () => {
    const [{ verbCommands }, { messageVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/message.ts')])
    return verbCommands('message', messageVerbs)
  }),
  chat: verbs('chats: list, archive, mute, pin, clear, …', async () => {
    const [{ verbCommands }, { chatVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/chat.ts')])
    return verbCommands('chat', chatVerbs)
  }),
  contact: verbs('contacts: list, check a number, block, …', async () => {
    const [{ verbCommands }, { contactVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/contact.ts')])
    return verbCommands('contact', contactVerbs)
  }),
  group: verbs('groups: make, add and remove persons, invite, …', async () => {
    const [{ verbCommands }, { groupVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/group.ts')])
    return verbCommands('group', groupVerbs)
  }),
  status: verbs('status posts ("stories")', async () => {
    const [{ verbCommands }, { statusVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/status.ts')])
    return verbCommands('status', statusVerbs)
  }),
  presence: verbs('who is online', async () => {
    const [{ verbCommands }, { presenceVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/presence.ts')])
    return verbCommands('presence', presenceVerbs)
  }),
  label: verbs('labels of WhatsApp Business', async () => {
    const [{ verbCommands }, { labelVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/label.ts')])
    return verbCommands('label', labelVerbs)
  }),
  channel: verbs('channels, also called newsletters', async () => {
    const [{ verbCommands }, { channelVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/channel.ts')])
    return verbCommands('channel', channelVerbs)
  }),
  webhook: verbs('where a gateway posts its events', async () => {
    const [{ verbCommands }, { webhookVerbs }] = await Promise.all([import('./verbs/commands.ts'), import('./verbs/webhook.ts')])
    return verbCommands('webhook', webhookVerbs)
  }),
  profile: {
    about: "accounts that wamux knows, and the WhatsApp account's own profile",
    load: async () => {
      const [{ verbCommands }, { profileVerbs }, { group }] = await Promise.all([
        import('./verbs/commands.ts'),
        import('./verbs/profile.ts'),
        import('./profiles/group.ts'),
      ])
      return { ...group, commands: { ...group.commands, ...verbCommands('profile', profileVerbs) } }
    },
  },
  api: { about: 'any request to a gateway, by method and path', load: () => import('./api/group.ts').then(({ group }) => group) },
  listen: {
    about: 'events as they happen, and on to your own program',
    load: () => import('./events/groups.ts').then(({ listenGroup }) => listenGroup),
  },
  events: { about: 'saved events, once more', load: () => import('./events/groups.ts').then(({ eventsGroup }) => eventsGroup) },
  trigger: {
    about: 'make something happen on the emulator',
    load: () => import('./events/groups.ts').then(({ triggerGroup }) => triggerGroup),
  },
  operations: {
    about: 'every operation of the gateways, as a table',
    load: () => import('./operations-group.ts').then(({ group }) => group),
  },
  capabilities: { about: 'which gateway has which verb', load: () => import('./capabilities/group.ts').then(({ group }) => group) },
  plugins: {
    about: 'the gateways that are installed, and how to add others',
    load: () => import('./plugins/group.ts').then(({ group }) => group),
  },
  doctor: { about: 'what is wrong, and what to do about it', load: () => import('./doctor/group.ts').then(({ group }) => group) },
  emulate: {
    about: 'four gateways on this machine, to try things without an account',
    load: () => import('./emulate/group.ts').then(({ group }) => group),
  },
  mcp: { about: 'the operations as tools for AI agents', load: () => import('./mcp/group.ts').then(({ group }) => group) },
  spec: {
    about: "compare our document of a gateway with the vendor's",
    load: () => import('./spec-diff/group.ts').then(({ group }) => group),
  },
  completion: {
    about: 'completion for bash, zsh, fish and PowerShell',
    load: () => import('./completion/group.ts').then(({ group }) => group),
  },
  version: { about: 'the versions of wamux and Node', load: () => import('./version-group.ts').then(({ group }) => group) },
}
