import type { Channel } from './channel.ts'
import type { Chat } from './chat.ts'
import type { About, Contact, ContactCheck, ContactResolved, ProfilePicture } from './contact.ts'
import type { Group, InviteLink, JoinRequests, ParticipantsChanged } from './group.ts'
import type { Label } from './label.ts'
import type { MediaContent, Message, SentMessage } from './message.ts'
import type { Paged } from './page.ts'
import type { Presence } from './presence.ts'
import type { Profile } from './profile.ts'
import type { Acknowledged } from './refs.ts'
import type { PairingCode, SessionDeleted, SessionInfo, SessionList, SessionQr } from './session.ts'
import type { SentStatus } from './status.ts'
import type { Webhook } from './webhook.ts'

/**
 * The verbs that a gateway has, with `raw` narrowed to the vendor's types: `TypedVerbs<SessionVerbs, { get: Session }>`.
 *
 * It maps over the keys of `Verbs`, so that an editor shows the documentation of each verb.
 */
export type TypedVerbs<Verbs, Raws extends { readonly [K in keyof Verbs]?: unknown }> = {
  readonly [K in keyof Verbs as K extends keyof Raws ? K : never]: TypedVerb<Verbs[K], K extends keyof Raws ? Raws[K] : never>
}

type TypedVerb<Verb, Raw> = Verb extends (...args: infer Args) => infer Result
  ? Result extends Paged<infer Item>
    ? (...args: Args) => Paged<Item, Raw>
    : Result extends Promise<infer Value>
      ? (...args: Args) => Promise<WithRaw<Value, Raw>>
      : never
  : never

// an editor shows `SentMessage<Raw>` and not its fields: every result of a verb stands here
interface NamedResults<Raw> {
  readonly about: About<Raw>
  readonly channel: Channel<Raw>
  readonly chat: Chat<Raw>
  readonly contact: Contact<Raw>
  readonly contactCheck: ContactCheck<Raw>
  readonly contactResolved: ContactResolved<Raw>
  readonly done: Acknowledged<Raw>
  readonly group: Group<Raw>
  readonly inviteLink: InviteLink<Raw>
  readonly joinRequests: JoinRequests<Raw>
  readonly label: Label<Raw>
  readonly mediaContent: MediaContent<Raw>
  readonly message: Message<Raw>
  readonly pairingCode: PairingCode<Raw>
  readonly participantsChanged: ParticipantsChanged<Raw>
  readonly presence: Presence<Raw>
  readonly profile: Profile<Raw>
  readonly profilePicture: ProfilePicture<Raw>
  readonly sentMessage: SentMessage<Raw>
  readonly sentStatus: SentStatus<Raw>
  readonly sessionDeleted: SessionDeleted<Raw>
  readonly sessionInfo: SessionInfo<Raw>
  readonly sessionList: SessionList<Raw>
  readonly sessionQr: SessionQr<Raw>
  readonly webhook: Webhook<Raw>
}

type NameOf<Value> = {
  [N in keyof NamedResults<unknown>]: IsSame<Value, NamedResults<unknown>[N]> extends true ? N : never
}[keyof NamedResults<unknown>]

// identical, not only assignable: a field that may be missing would otherwise be lost
type IsSame<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false

type WithRaw<Value, Raw> = [NameOf<Value>] extends [never] ? Value & { readonly raw: Raw } : NamedResults<Raw>[NameOf<Value>]
