import type { EventBus } from '../events/event-bus.ts'
import type { EventSocket, GatewayEvents } from '../events/event-source.ts'
import type { OperationOptions } from '../operations/call.ts'
import type { TypedClient } from '../operations/typed-client.ts'
import type { RequestPolicies } from '../policies/options.ts'
import type { GatewayResponse } from '../request/response.ts'
import type { TransportOptions } from '../request/transport.ts'
import type { Authorization, ReadFailure, RequestDraft, Send } from '../request/types.ts'
import type { ResolveNumbers } from '../schema/call-options.ts'
import type { FlatInput, Success } from '../schema/operation-types.ts'
import type { OperationTable } from '../schema/operations.ts'
import type { Clock } from '../time/clock.ts'
import type { Identities } from '../verbs/identities.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import type { Credential, Manifest } from '../vocabulary/manifest.ts'

/** What every gateway's config has. */
export interface GatewayConfig extends TransportOptions, RequestPolicies {
  /** Where the gateway is: `http://localhost:3000`. A path prefix is kept. */
  readonly baseUrl: string
  /**
   * Whether numbers are checked with `contact.check` before a send: WhatsApp knows some numbers in another form (Brazil, Mexico,
   * Argentina). A number that it does not know is refused with `not_found`. Default `never`.
   */
  readonly resolveNumbers?: ResolveNumbers
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Corrections for operations whose path is only inferred, by operation id: `/path`, or `PUT /path`. */
  readonly paths?: Readonly<Record<string, string>>
}

/** Calls an operation of the gateway by id, with flat input; loads the operation table on first use. */
export type CallById<Calls> = unknown extends Calls
  ? AnyCall['call']
  : <Id extends keyof Calls & string>(
      id: Id,
      input: FlatInput<Calls[Id]>,
      options?: OperationOptions,
    ) => Promise<GatewayResponse<Success<Calls[Id]>>>

/** The same where it is not known which gateway it is: a method, so that every gateway's own `call` fits. */
interface AnyCall {
  call(id: string, input: Readonly<Record<string, unknown>>, options?: OperationOptions): Promise<GatewayResponse<unknown>>
}

/** What every gateway has, whichever it is. */
export interface GatewayBase<Client = unknown, Calls = unknown> {
  readonly contract: 1
  readonly manifest: Manifest
  /** The complete typed client: every operation of the vendor, by method and path. */
  readonly client: Client
  /** Every operation by id. */
  readonly call: CallById<Calls>
  /** The operation table. */
  operations(): Promise<OperationTable>
  /** What happens there, for programs without a webhook. */
  readonly events: GatewayEvents & {
    /** Which number and LID are the same person, learnt from what verbs and events told. */
    readonly identities: Identities
  }
}

/** A gateway with its verbs: `gateway.session.stop(...)`. */
export type Gateway<C extends Capabilities = Capabilities, Client = unknown, Calls = unknown> = GatewayBase<Client, Calls> & C

/** What a plugin is handed to build its verbs from. */
export interface PluginContext<Config> {
  readonly config: Config
  readonly send: Send
  readonly clock: Clock
  /** Events as they come, for verbs that wait. */
  readonly eventBus: EventBus
}

export interface PluginDefinition<Config extends GatewayConfig, C extends Capabilities> {
  readonly contract: 1
  readonly manifest: Manifest
  /** Loads the operation table; a dynamic import, so that bundles stay small. */
  readonly operations: () => Promise<{ readonly operations: OperationTable }>
  /** Adds the credentials to a request, and names them for redaction. */
  readonly auth: (config: Config) => Authorization
  /** Loads the reader of the gateway's failures. */
  readonly failures: () => Promise<{ readonly readFailure: ReadFailure }>
  /** For a gateway that says no with a 2xx: true when this answer does. */
  readonly isErrorResponse?: (response: GatewayResponse) => boolean
  /** Which session a request is for; limits by session need it. */
  readonly sessionOf?: (draft: RequestDraft) => string | undefined
  /** Default deadline of a call, ms. */
  readonly timeoutMs?: number
  readonly create: (context: PluginContext<Config>) => C
  /** Loads the socket that the gateway sends its events through, where it has one. */
  readonly socket?: () => Promise<{ readonly socket: EventSocket<Config> }>
}

/** A plugin's factory with what apps need to know about it. */
export interface Plugin<Config extends GatewayConfig, C extends Capabilities, Paths extends object, Calls> {
  (config: Config): Gateway<C, TypedClient<Paths>, Calls>
  readonly contract: 1
  readonly manifest: Manifest
}

/** What a context is made from: of the manifest no more than it takes, so that a client alone stays small. */
export interface ContextDefinition<Config extends GatewayConfig>
  extends Pick<PluginDefinition<Config, Capabilities>, 'auth' | 'failures' | 'isErrorResponse' | 'sessionOf' | 'timeoutMs'> {
  readonly manifest: Identity
}

export type Identity = Pick<Manifest, 'id' | 'name'> & { readonly credentials: readonly Pick<Credential, 'field' | 'required'>[] }
