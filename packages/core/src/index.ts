export type { Address } from './address.ts'
export { channel, group, lid, normalJid, parseAddress, phone, phoneOfJid, toJid } from './address.ts'
export type { Answer, AnswerHeaders } from './answer.ts'
export type { OperationOptions } from './call.ts'
export type { TypedClient } from './client.ts'
export { createTypedClient } from './client.ts'
export type { Clock } from './clock.ts'
export { systemClock } from './clock.ts'
export type {
  CallById,
  ContextDefinition,
  Gateway,
  GatewayBase,
  GatewayConfig,
  Plugin,
  PluginContext,
  PluginDefinition,
} from './contract.ts'
export { absent, contextOf, definePlugin, demand, supports } from './contract.ts'
export { engineMessageId } from './engine-message.ts'
export { engineStates } from './engine-states.ts'
export type { ErrorKind, GatewayErrorDetails, Reached } from './errors.ts'
export { GatewayError, invalidInput } from './errors.ts'
export type { EventData, EventEnvelope, EventType, GatewayEvent } from './events/event.ts'
export { eventTypes } from './events/event.ts'
export type { WebSocketConstructor, WebSocketLike } from './events/socket.ts'
export type { EventSocket, GatewayEvents, SubscribeInput } from './events/subscribe.ts'
export type { Authorization, Draft, Exchange, ExchangeOptions, ReadFailure, VendorFailure } from './exchange.ts'
export type { Hooks, RequestInfo } from './hooks.ts'
export { lazyNamespaces } from './lazy-namespaces.ts'
export type { Limits } from './limits.ts'
export type { Capability, Credential, Manifest, Support, VerbLimits } from './manifest.ts'
export { capabilitiesOf } from './manifest.ts'
export type { Media } from './media.ts'
export type { News } from './news.ts'
export type {
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
} from './operations.ts'
export { fillPath } from './path.ts'
export type { Preflight } from './preflight.ts'
export type { RetryOptions } from './retry.ts'
export type { SessionFacts, StateMeaning, StateTable } from './session-info.ts'
export { accountOf, meaningOf, sessionInfo } from './session-info.ts'
export { waitForSession, withProgress } from './session-wait.ts'
export type { CallOptions, Fetch, FetchAnswer, FetchInit, TransportOptions } from './transport.ts'
export type { BodyOf, FlatInput, Parts, Success } from './types.ts'
export type { Channel, ChannelVerbs } from './vocabulary/channel.ts'
export type { Chat, ChatKind, ChatVerbs, MuteInput, PinChatInput, TypingInput } from './vocabulary/chat.ts'
export type { About, CheckInput, Contact, ContactCheck, ContactVerbs, ProfilePicture } from './vocabulary/contact.ts'
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
export type { Capabilities, Has, TypedVerbs, Verb, VerbId, Vocabulary, Written } from './vocabulary/index.ts'
export { verbIds, verbs } from './vocabulary/index.ts'
export type { Label, LabelRef, LabelVerbs } from './vocabulary/label.ts'
export type {
  Ack,
  ContactCard,
  EditInput,
  ForwardInput,
  MarkSeenInput,
  MediaContent,
  Message,
  MessageMedia,
  MessageType,
  MessageVerbs,
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
export type { Page, Paged, PageInput } from './vocabulary/page.ts'
export type { Presence, PresenceState, PresenceVerbs } from './vocabulary/presence.ts'
export type { Profile, ProfileVerbs } from './vocabulary/profile.ts'
export type { AddressInput, ChannelRef, ChatRef, ContactRef, Done, GroupRef, MessageRef } from './vocabulary/refs.ts'
export { verbSafety } from './vocabulary/safety.ts'
export type {
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
export type { Webhook, WebhookInput, WebhookVerbs } from './vocabulary/webhook.ts'
