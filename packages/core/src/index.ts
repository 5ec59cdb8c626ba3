export type { Address } from './address.ts'
export { parseAddress, toJid } from './address.ts'
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
export type { ErrorKind, GatewayErrorDetails, Reached } from './errors.ts'
export { GatewayError, invalidInput } from './errors.ts'
export type { Authorization, Draft, Exchange, ExchangeOptions, ReadFailure, VendorFailure } from './exchange.ts'
export type { Hooks, RequestInfo } from './hooks.ts'
export type { Limits } from './limits.ts'
export type { Credential, Manifest, Support } from './manifest.ts'
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
export type { Preflight } from './preflight.ts'
export type { RetryOptions } from './retry.ts'
export type { SessionFacts, StateMeaning, StateTable } from './session-info.ts'
export { accountOf, meaningOf, sessionInfo } from './session-info.ts'
export { waitForSession, withProgress } from './session-wait.ts'
export type { CallOptions, Fetch, FetchAnswer, FetchInit, TransportOptions } from './transport.ts'
export type { BodyOf, FlatInput, Parts, Success } from './types.ts'
export type { Capabilities, Has, TypedVerbs, Verb, VerbId, Vocabulary } from './vocabulary/index.ts'
export { verbIds, verbs } from './vocabulary/index.ts'
export type { MessageVerbs, SendTextInput, SentMessage } from './vocabulary/message.ts'
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
