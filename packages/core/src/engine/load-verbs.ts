import type { engineChannelVerbs } from './verbs/channel.ts'
import type { engineChatVerbs } from './verbs/chat.ts'
import type { engineContactVerbs } from './verbs/contact.ts'
import type { engineGroupVerbs } from './verbs/group.ts'
import type { engineLabelVerbs } from './verbs/label.ts'
import type { engineMessageVerbs } from './verbs/message.ts'
import type { enginePresenceVerbs } from './verbs/presence.ts'
import type { engineProfileVerbs } from './verbs/profile.ts'
import type { engineStatusVerbs } from './verbs/status.ts'

/** The verbs of the gateways that run WhatsApp engines; the code of a namespace is loaded when it is asked for. */
export const loadEngineVerbs: {
  channel(): Promise<typeof engineChannelVerbs>
  chat(): Promise<typeof engineChatVerbs>
  contact(): Promise<typeof engineContactVerbs>
  group(): Promise<typeof engineGroupVerbs>
  label(): Promise<typeof engineLabelVerbs>
  message(): Promise<typeof engineMessageVerbs>
  presence(): Promise<typeof enginePresenceVerbs>
  profile(): Promise<typeof engineProfileVerbs>
  status(): Promise<typeof engineStatusVerbs>
} = {
  channel: async () => (await import('./verbs/channel.ts')).engineChannelVerbs,
  chat: async () => (await import('./verbs/chat.ts')).engineChatVerbs,
  contact: async () => (await import('./verbs/contact.ts')).engineContactVerbs,
  group: async () => (await import('./verbs/group.ts')).engineGroupVerbs,
  label: async () => (await import('./verbs/label.ts')).engineLabelVerbs,
  message: async () => (await import('./verbs/message.ts')).engineMessageVerbs,
  presence: async () => (await import('./verbs/presence.ts')).enginePresenceVerbs,
  profile: async () => (await import('./verbs/profile.ts')).engineProfileVerbs,
  status: async () => (await import('./verbs/status.ts')).engineStatusVerbs,
}
