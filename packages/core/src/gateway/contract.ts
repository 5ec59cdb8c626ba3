import type { EventBus } from '../events/event-bus.ts'
import type { EventSocket, GatewayEvents } from '../events/event-source.ts'
import type { OperationOptions } from '../operations/call.ts'
import type { TypedClient } from '../operations/typed-client.ts'
import type { RequestPolicies } from '../policies/options.ts'
import type { GatewayResponse } from '../request/response.ts'
import type { TransportOptions } from '../request/transport.ts'
import type { Authorization, FailureReader, Send } from '../request/types.ts'
import type { ResolveNumbers } from '../schema/call-options.ts'
import type { FlatInput, Success } from '../schema/operation-types.ts'
import type { OperationTable } from '../schema/operations.ts'
import type { Clock } from '../time/clock.ts'
import type { Identities } from '../verbs/identities.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import type { Credential, Manifest } from '../vocabulary/manifest.ts'

/** The options that every gateway takes, besides its credentials. */
export interface GatewayConfig extends TransportOptions, RequestPolicies {
  /** Address of the gateway: `http://localhost:3000`, or with a path in front of the API's. */
  readonly baseUrl: string
  /**
   * Whether numbers are checked with `contact.check` before a send: WhatsApp knows some numbers in another form (Brazil, Mexico,
   * Argentina). A number that it does not know is refused with `not_found`. Default `never`.
   */
  readonly resolveNumbers?: ResolveNumbers
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * Corrected paths by operation id: `/path`, or `PUT /path`. For operations whose path is inferred and turns out to be wrong. Default:
   * none.
   */
  readonly paths?: Readonly<Record<string, string>>
}

/**
 * Calls an operation of the gateway by id. The operation table is loaded on first use.
 *
 * @param id operation id: `sessions.stop`
 * @param input all inputs side by side, by the names of the document
 * @param options options of this call
 * @returns the response of a success
 * @throws {GatewayError} `unsupported`: the gateway has no such operation
 * @throws {GatewayError} `invalid_request`: the input does not fit, and nothing was sent
 * @throws {GatewayError} of any kind: the call failed
 */
export type CallById<Calls> = unknown extends Calls
  ? AnyCall['call']
  : <Id extends keyof Calls & string>(
      id: Id,
      input: FlatInput<Calls[Id]>,
      options?: OperationOptions,
    ) => Promise<GatewayResponse<Success<Calls[Id]>>>

/** The same for an unknown gateway. A method, because TypeScript then accepts the narrower `call` of every gateway. */
interface AnyCall {
  call(id: string, input: Readonly<Record<string, unknown>>, options?: OperationOptions): Promise<GatewayResponse<unknown>>
}

/** What every gateway has. */
export interface GatewayBase<Client = unknown, Calls = unknown> {
  /** Version of the contract between plugins and core. */
  readonly contract: 1
  /** What the gateway can do, as data. */
  readonly manifest: Manifest
  /** The complete typed client: every operation of the vendor, by method and path. */
  readonly client: Client
  /** Calls any operation of the gateway by its id. */
  readonly call: CallById<Calls>
  /**
   * Loads the operation table.
   *
   * @returns every operation of the gateway, as data
   */
  operations(): Promise<OperationTable>
  /** Events of the gateway, for programs without a webhook. */
  readonly events: GatewayEvents & {
    /** Knows which number and LID are the same person, from the results of verbs and from events. */
    readonly identities: Identities
  }
}

/** A gateway with its portable verbs: `gateway.session.stop(...)`. */
export type Gateway<C extends Capabilities = Capabilities, Client = unknown, Calls = unknown> = GatewayBase<Client, Calls> & C

/** What a plugin gets to build its verbs from. */
export interface PluginContext<Config> {
  /** The user's configuration, checked. */
  readonly config: Config
  /** Sends an operation of the gateway. */
  readonly send: Send
  /** The clock to wait by. */
  readonly clock: Clock
  /** Events of this gateway, for verbs that wait for something. */
  readonly eventBus: EventBus
}

/** What a plugin tells core about its gateway. */
export interface PluginDefinition<Config extends GatewayConfig, C extends Capabilities> {
  /** Version of the contract between plugins and core. */
  readonly contract: 1
  /** What the gateway can do, as data. */
  readonly manifest: Manifest
  /** Loads the operation table; a dynamic import, so that bundles stay small. */
  readonly operations: () => Promise<{ readonly operations: OperationTable }>
  /** Makes what adds the credentials to requests, and names them for redaction. */
  readonly auth: (config: Config) => Authorization
  /** Loads the reader of the gateway's error responses, and with it what finds the session of a request. */
  readonly failures: () => Promise<FailureReader>
  /** Recognises an error that the gateway sends with a 2xx status. */
  readonly isErrorResponse?: (response: GatewayResponse) => boolean
  /** Default of the user's `timeoutMs`, ms. Default 30 000. */
  readonly timeoutMs?: number
  /** Makes the verbs. */
  readonly create: (context: PluginContext<Config>) => C
  /** Loads the WebSocket that the gateway sends events through, if it has one. */
  readonly socket?: () => Promise<{ readonly socket: EventSocket<Config> }>
}

/**
 * The factory of a gateway, with what apps need to know before they call it.
 *
 * @throws {GatewayError} `config`: a required option is missing, or an option is malformed
 */
export interface Plugin<Config extends GatewayConfig, C extends Capabilities, Paths extends object, Calls> {
  /**
   * Connects to the gateway. Nothing is sent yet.
   *
   * @param config base URL, credentials and options
   * @returns the gateway
   * @throws {GatewayError} `config`: a required option is missing, or an option is malformed
   */
  (config: Config): Gateway<C, TypedClient<Paths>, Calls>
  /** Version of the contract between plugins and core. */
  readonly contract: 1
  /** What the gateway can do, as data. */
  readonly manifest: Manifest
}

/** The part of a plugin that requests need. Of the manifest it takes little, so that a client without verbs stays small. */
export interface ContextDefinition<Config extends GatewayConfig>
  extends Pick<PluginDefinition<Config, Capabilities>, 'auth' | 'failures' | 'isErrorResponse' | 'timeoutMs'> {
  /** Id, name and credentials of the gateway. */
  readonly manifest: Identity
}

/** The part of a manifest that requests need. */
export type Identity = Pick<Manifest, 'id' | 'name'> & { readonly credentials: readonly Pick<Credential, 'field' | 'required'>[] }
