export type { ErrorKind, GatewayErrorDetails, Reached } from './errors/gateway-error.ts'
export { GatewayError, invalidInput } from './errors/gateway-error.ts'
export type { WebSocketConstructor, WebSocketLike } from './events/connection.ts'
export type { EventBus } from './events/event-bus.ts'
export type { EventSocket, GatewayEvents, SubscribeInput } from './events/event-source.ts'
export { requireVerb, supports, unsupportedVerb } from './gateway/capabilities.ts'
export { contextOf } from './gateway/context.ts'
export type {
  CallById,
  ContextDefinition,
  Gateway,
  GatewayBase,
  GatewayConfig,
  Plugin,
  PluginContext,
  PluginDefinition,
} from './gateway/contract.ts'
export { definePlugin } from './gateway/define-plugin.ts'
export { lazyNamespaces } from './gateway/lazy-namespaces.ts'
export { lazyVerbs } from './gateway/lazy-verbs.ts'
export type { OperationOptions } from './operations/call.ts'
export type { TypedClient } from './operations/typed-client.ts'
export { createTypedClient } from './operations/typed-client.ts'
export type { Hooks, RequestInfo } from './policies/hooks.ts'
export type { Preflight } from './policies/preflight.ts'
export type { Limits } from './policies/rate-limit.ts'
export type { GatewayResponse, ResponseHeaders } from './request/response.ts'
export type { RetryOptions } from './request/retry-policy.ts'
export type { Fetch, FetchInit, FetchResponse, TransportOptions } from './request/transport.ts'
export type {
  Authorization,
  FailureReader,
  ReadFailure,
  RequestDraft,
  Send,
  SendOptions,
  SessionOf,
  VendorFailure,
} from './request/types.ts'
export { fillPath } from './request/url.ts'
export type { CallOptions, ResolveNumbers } from './schema/call-options.ts'
export type { BodyOf, FlatInput, Parts, Success } from './schema/operation-types.ts'
export type {
  Audience,
  BodyKind,
  Evidence,
  Field,
  HttpMethod,
  Operation,
  OperationTable,
  Parameter,
  Resource,
  Route,
  Safety,
  Shape,
  ShapeType,
} from './schema/operations.ts'
export type { Clock } from './time/clock.ts'
export { systemClock } from './time/clock.ts'
export { channel, group, isPersonJid, lid, lidOfJid, normalJid, parseAddress, phone, phoneOfJid, toJid } from './verbs/address.ts'
export type { Identities } from './verbs/identities.ts'
export { createIdentities, happenedIn, placeOf } from './verbs/identities.ts'
export { numberForms } from './verbs/number-forms.ts'
export type { SessionFacts, StateMeaning, StateTable } from './verbs/session-info.ts'
export { accountOf, meaningOf, sessionInfo } from './verbs/session-info.ts'
export { waitForSession, withProgress } from './verbs/wait-for-session.ts'
export type { Channel, ChannelVerbs } from './vocabulary/channel.ts'
export type { Chat, ChatKind, ChatVerbs, MuteInput, PinChatInput, TypingInput } from './vocabulary/chat.ts'
export type { About, CheckInput, Contact, ContactCheck, ContactResolved, ContactVerbs, ProfilePicture } from './vocabulary/contact.ts'
export type { EventData, EventEnvelope, EventType, GatewayEvent } from './vocabulary/event.ts'
export { eventTypes } from './vocabulary/event.ts'
export type {
  Group,
  GroupCreateInput,
  GroupVerbs,
  InviteLink,
  JoinInput,
  JoinRequests,
  Participant,
  ParticipantsChanged,
  ParticipantsInput,
} from './vocabulary/group.ts'
export type { Capabilities, Has, TypedVerbs, Verb, VerbId, VerbImplementations, Vocabulary } from './vocabulary/index.ts'
export type { Label, LabelRef, LabelVerbs } from './vocabulary/label.ts'
export type { Capability, Credential, Manifest, Support, VerbLimits } from './vocabulary/manifest.ts'
export { capabilitiesOf } from './vocabulary/manifest.ts'
export type { Media } from './vocabulary/media.ts'
export type {
  Ack,
  ContactCard,
  EditInput,
  ForwardInput,
  MarkSeenInput,
  MediaContent,
  Message,
  MessageAlbum,
  MessageChoice,
  MessageContact,
  MessageLocation,
  MessageMedia,
  MessagePoll,
  MessageType,
  PinMessageInput,
  ReactInput,
  SendCaptionedInput,
  SendContactInput,
  SendFileInput,
  SendInput,
  SendLocationInput,
  SendPollInput,
  SendTextInput,
  SentMessage,
  StarInput,
  WaitForAckInput,
} from './vocabulary/message.ts'
export type { MessageVerbs } from './vocabulary/message-verbs.ts'
export type { Page, Paged, PageInput } from './vocabulary/page.ts'
export type { OfPerson, Person } from './vocabulary/person.ts'
export type { Presence, PresenceState, PresenceVerbs } from './vocabulary/presence.ts'
export type { Profile, ProfileVerbs } from './vocabulary/profile.ts'
export type { Acknowledged, Address, AddressInput, ChannelRef, ChatRef, ContactRef, GroupRef, MessageRef } from './vocabulary/refs.ts'
export type {
  AccountLimits,
  AccountState,
  Challenge,
  NextAction,
  PairingCode,
  PairingCodeInput,
  ProgressOptions,
  SessionCreateInput,
  SessionDeleted,
  SessionInfo,
  SessionList,
  SessionQr,
  SessionQrInput,
  SessionRef,
  SessionResetInput,
  SessionState,
  SessionVerbs,
  WaitForInput,
} from './vocabulary/session.ts'
export type { SentStatus, StatusFileInput, StatusTextInput, StatusVerbs } from './vocabulary/status.ts'
export { verbAudience, verbIds, verbSafety, verbs } from './vocabulary/verb-facts.ts'
export type { Webhook, WebhookInput, WebhookVerbs } from './vocabulary/webhook.ts'
