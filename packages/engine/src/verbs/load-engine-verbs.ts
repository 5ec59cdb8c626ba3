import type { engineChannelVerbs } from './channel.ts'
import type { engineChatVerbs } from './chat.ts'
import type { engineContactVerbs } from './contact.ts'
import type { engineGroupVerbs } from './group.ts'
import type { engineLabelVerbs } from './label.ts'
import type { engineMessageVerbs } from './message.ts'
import type { enginePresenceVerbs } from './presence.ts'
import type { engineProfileVerbs } from './profile.ts'
import type { engineStatusVerbs } from './status.ts'

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
  channel: async () => (await import('./channel.ts')).engineChannelVerbs,
  chat: async () => (await import('./chat.ts')).engineChatVerbs,
  contact: async () => (await import('./contact.ts')).engineContactVerbs,
  group: async () => (await import('./group.ts')).engineGroupVerbs,
  label: async () => (await import('./label.ts')).engineLabelVerbs,
  message: async () => (await import('./message.ts')).engineMessageVerbs,
  presence: async () => (await import('./presence.ts')).enginePresenceVerbs,
  profile: async () => (await import('./profile.ts')).engineProfileVerbs,
  status: async () => (await import('./status.ts')).engineStatusVerbs,
}
