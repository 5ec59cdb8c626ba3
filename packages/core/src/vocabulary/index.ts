import type { ChannelVerbs } from './channel.ts'
import type { ChatVerbs } from './chat.ts'
import type { ContactVerbs } from './contact.ts'
import type { GroupVerbs } from './group.ts'
import type { LabelVerbs } from './label.ts'
import type { MessageVerbs } from './message-verbs.ts'
import type { Page, Paged } from './page.ts'
import type { PresenceVerbs } from './presence.ts'
import type { ProfileVerbs } from './profile.ts'
import type { SessionVerbs } from './session.ts'
import type { StatusVerbs } from './status.ts'
import type { WebhookVerbs } from './webhook.ts'

export type { TypedVerbs } from './typed-verbs.ts'

/** The portable verbs by namespace. One id, `session.stop`, drives types, CLI words, n8n operations, docs and conformance tests. */
export interface Vocabulary {
  /** Life of a session: create, start, pair, stop, log out. */
  session: SessionVerbs
  /** Sends, reads and changes messages. */
  message: MessageVerbs
  /** Lists and manages chats. */
  chat: ChatVerbs
  /** Contacts, and whether numbers are on WhatsApp. */
  contact: ContactVerbs
  /** Groups and their participants. */
  group: GroupVerbs
  /** Status posts. */
  status: StatusVerbs
  /** Online states. */
  presence: PresenceVerbs
  /** The paired account's own profile. */
  profile: ProfileVerbs
  /** Labels of WhatsApp Business. */
  label: LabelVerbs
  /** Channels. */
  channel: ChannelVerbs
  /** Webhooks that the gateway calls. */
  webhook: WebhookVerbs
}

/** `session.stop`, `message.sendText`, ... */
export type VerbId = { [N in keyof Vocabulary & string]: `${N}.${keyof Vocabulary[N] & string}` }[keyof Vocabulary & string]

/** What one gateway has of the vocabulary. */
export type Capabilities = { readonly [N in keyof Vocabulary]?: Partial<Vocabulary[N]> }

/** The function behind a verb id. */
export type Verb<Id extends VerbId> = Id extends `${infer N extends keyof Vocabulary & string}.${infer V}`
  ? V extends keyof Vocabulary[N]
    ? Vocabulary[N][V]
    : never
  : never

/** A gateway that certainly has a verb, or all of several: `Has<'message.sendText' | 'message.react'>`. */
export type Has<Id extends VerbId> = {
  readonly [N in NamespaceOf<Id>]: { readonly [V in keyof Vocabulary[N] as `${N}.${V & string}` extends Id ? V : never]: Vocabulary[N][V] }
}

type NamespaceOf<Id extends VerbId> = Id extends `${infer N extends keyof Vocabulary & string}.${string}` ? N : never

/** The verbs as a plugin implements them: a list verb returns one page, and core makes it iterable. */
export type VerbImplementations<Verbs> = {
  readonly [K in keyof Verbs]: Verbs[K] extends (...args: infer Args) => Paged<infer Item, infer Raw>
    ? (...args: Args) => Promise<Page<Item, Raw>>
    : Verbs[K]
}
