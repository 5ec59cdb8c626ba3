import type { Answer } from './answer.ts'
import type { OperationOptions } from './call.ts'
import { createTypedClient, type TypedClient } from './client.ts'
import type { Clock } from './clock.ts'
import { GatewayError } from './errors.ts'
import type { EventSocket, GatewayEvents } from './events/subscribe.ts'
import { type Authorization, createExchange, type Draft, type Exchange, type ExchangeContext, type ReadFailure } from './exchange.ts'
import type { Manifest } from './manifest.ts'
import { createNews, type News } from './news.ts'
import type { OperationTable } from './operations.ts'
import { paged } from './paged.ts'
import { normaliseBaseUrl } from './path.ts'
import { type CallOptions, createTransport, type TransportOptions } from './transport.ts'
import type { FlatInput, Success } from './types.ts'
import type { Capabilities, Has, Verb, VerbId } from './vocabulary/index.ts'
import type { Page, PageInput } from './vocabulary/page.ts'
import type { WatchOptions } from './watch-options.ts'

/** What every gateway's config has. */
export interface GatewayConfig extends TransportOptions, WatchOptions {
  /** Where the gateway is: `http://localhost:3000`. A path prefix is kept. */
  readonly baseUrl: string
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
    ) => Promise<Answer<Success<Calls[Id]>>>

/** The same where it is not known which gateway it is: a method, so that every gateway's own `call` fits. */
interface AnyCall {
  call(id: string, input: Readonly<Record<string, unknown>>, options?: OperationOptions): Promise<Answer<unknown>>
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
  readonly events: GatewayEvents
}

/** A gateway with its verbs: `gateway.session.stop(...)`. */
export type Gateway<C extends Capabilities = Capabilities, Client = unknown, Calls = unknown> = GatewayBase<Client, Calls> & C

/** What a plugin is handed to build its verbs from. */
export interface PluginContext<Config> {
  readonly config: Config
  readonly exchange: Exchange
  readonly clock: Clock
  /** Events as they come, for verbs that wait. */
  readonly news: News
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
  readonly refuses?: (answer: Answer) => boolean
  /** Which session a request is for; limits by session need it. */
  readonly sessionOf?: (draft: Draft) => string | undefined
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

/**
 * Makes a plugin. The verbs' own return types are kept, so `raw` is the vendor's type and a verb it lacks does not compile.
 * The type parameters `Paths` and `Calls` are the generated ones.
 */
export function definePlugin<Paths extends object, Calls>(): <Config extends GatewayConfig, const C extends Capabilities>(
  definition: PluginDefinition<Config, C>,
) => Plugin<Config, C, Paths, Calls> {
  return (definition) => {
    const { manifest, contract } = definition
    const create = (config: Parameters<typeof definition.auth>[0]) => {
      const context = contextOf(definition, config)
      const exchange = createExchange(context)
      const operations = once(() => definition.operations().then((module) => module.operations))
      const call = async (id: string, input: object, options?: OperationOptions) => {
        const [{ callOperation }, table] = await Promise.all([import('./call.ts'), operations()])
        return callOperation(table, exchange, manifest, id, input as Record<string, unknown>, options)
      }
      const news = createNews()
      const { clock, random } = context.transport
      const capabilities = guardVerbs(manifest, definition.create({ config, exchange, clock, news }))
      const client = createTypedClient<Paths>(context, operations)
      const events: GatewayEvents = {
        publish: news.publish,
        async *subscribe(input) {
          const [{ subscribe }, loaded] = await Promise.all([import('./events/subscribe.ts'), definition.socket?.()])
          const { baseUrl } = context
          yield* subscribe({ manifest, config, baseUrl, capabilities, socket: loaded?.socket, news, clock, random }, input)
        },
      }
      return { contract, manifest, client, call, operations, events, ...capabilities }
    }
    return Object.assign(create, { contract, manifest }) as never
  }
}

type AnyVerb = (input?: PageInput, options?: CallOptions) => Promise<Page<unknown>>

/** Lists, to be iterated over; complete by type in `vocabulary/`. */
const LISTS = /^(?!session\.).*\.(list|chats)$/
/** The gateway said yes: whatever was to be sent, made or removed may have been. */
const WITH_EFFECT = /\.(send|forward|react|edit|revoke|create|delete|reset|clear|leave|add|remove)/

/**
 * Sees to it that a verb throws nothing but GatewayError, also for an answer that is nothing like its document, and that lists can be
 * iterated over.
 */
function guardVerbs<C extends Capabilities>(manifest: Manifest, capabilities: C): C {
  const guarded = Object.entries(capabilities).map(([namespace, verbs]) => {
    const entries = Object.entries(verbs as Record<string, AnyVerb>).map(([name, verb]): [string, AnyVerb] => {
      const operation = `${namespace}.${name}`
      const guard: AnyVerb = async (input = {}, options) => {
        try {
          return await verb(input, options)
        } catch (error) {
          throw asGatewayError(manifest, operation, error)
        }
      }
      return [name, LISTS.test(operation) ? (input = {}, options) => paged(guard, input, options) : guard]
    })
    return [namespace, Object.fromEntries(entries)]
  })
  return Object.fromEntries(guarded) as C
}

function asGatewayError(manifest: Manifest, operation: string, cause: unknown): GatewayError {
  if (GatewayError.is(cause)) return cause
  const kind = WITH_EFFECT.test(operation) ? 'unknown_outcome' : 'bad_response'
  const hint = 'It answered well, but with data of another shape than its document says.'
  const message = `${manifest.name} ${operation}: the answer is not what was expected`
  // the cause stays out: an engine's TypeError quotes the data, and that may be a QR code or an echoed key
  const code = cause instanceof Error ? cause.name : undefined
  return new GatewayError(message, { kind, gateway: manifest.id, operation, hint, code, reached: 'yes' })
}

/** What a context is made from: of the manifest no more than it takes, so that a client alone stays small. */
export interface ContextDefinition<Config extends GatewayConfig>
  extends Pick<PluginDefinition<Config, Capabilities>, 'auth' | 'failures' | 'refuses' | 'sessionOf' | 'timeoutMs'> {
  readonly manifest: Identity
}

type Identity = Pick<Manifest, 'id' | 'name' | 'credentials'>

/** The context of one gateway: checked config, transport, credentials and redaction. @throws GatewayError `config` */
export function contextOf<Config extends GatewayConfig>(definition: ContextDefinition<Config>, config: Config): ExchangeContext {
  const { manifest } = definition
  checkCredentials(manifest, config)
  const baseUrl = normaliseBaseUrl(config.baseUrl)
  if (!baseUrl) throw configError(manifest, 'baseUrl', 'http(s)://host[/path]')
  return {
    ...definition,
    gateway: manifest,
    baseUrl,
    headers: config.headers ?? {},
    transport: createTransport({ ...config, timeoutMs: config.timeoutMs ?? definition.timeoutMs }),
    authorization: definition.auth(config),
    paths: config.paths ?? {},
    // code that most programs never need
    watch:
      config.hooks || config.limits || config.preflight
        ? async (context) => (await import('./watch.ts')).watchOf(context, config)
        : undefined,
  }
}

function checkCredentials(manifest: Identity, config: GatewayConfig): void {
  for (const { field, required } of manifest.credentials) {
    const value = (config as unknown as Record<string, unknown>)[field]
    const fits = value === undefined ? !required : typeof value === 'string' && /^[\x20-\x7e]+$/.test(value)
    if (!fits) throw configError(manifest, field, 'plain text')
  }
}

function configError(manifest: Identity, field: string, expected: string): GatewayError {
  return new GatewayError(`${manifest.name}: ${field}: expected ${expected}`, { kind: 'config', gateway: manifest.id, field })
}

function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => {
    value ??= load()
    return value
  }
}

/** True when the gateway has the verb; narrows its type. */
export function supports<G extends GatewayBase, Id extends VerbId>(gateway: G, id: Id): gateway is G & Has<Id> {
  return findVerb(gateway, id) !== undefined
}

/**
 * The verb, or an error before anything is sent.
 *
 * @throws GatewayError `unsupported`, which names the nearest verbs and puts none in its place
 */
export function demand<Id extends VerbId>(gateway: GatewayBase, id: Id): Verb<Id> {
  const verb = findVerb(gateway, id)
  if (!verb) throw absent(gateway.manifest, id)
  return verb as Verb<Id>
}

function findVerb(gateway: GatewayBase, id: VerbId): unknown {
  // what the manifest does not name is no verb, whatever it looks like
  if (!Object.hasOwn(gateway.manifest.capabilities, id)) return undefined
  const [namespace = '', name = ''] = id.split('.')
  const verbsOf = (gateway as unknown as Record<string, Record<string, unknown> | undefined>)[namespace]
  // own properties only: "constructor" is no verb
  const verb = verbsOf && Object.hasOwn(verbsOf, name) ? verbsOf[name] : undefined
  return typeof verb === 'function' ? verb : undefined
}

const MEANINGS: Partial<Record<VerbId, string>> = {
  'session.stop': 'engine down, phone stays paired',
  'session.logout': 'unpairs the phone',
  'session.reset': 'wipes the session state',
  'session.restart': 'stops and starts the engine',
  'session.delete': 'removes the session',
}

/** The error for a verb that a gateway lacks; also for apps that know only its manifest. */
export function absent(manifest: Manifest, id: VerbId): GatewayError {
  const [namespace = ''] = id.split('.')
  const near = (Object.keys(manifest.capabilities) as VerbId[]).filter((one) => one.startsWith(`${namespace}.`))
  const told = near.filter((one) => MEANINGS[id] === undefined || MEANINGS[one] !== undefined)
  const hint = told.length > 0 ? `It has ${told.map((one) => (MEANINGS[one] ? `${one} (${MEANINGS[one]})` : one)).join(', ')}.` : undefined
  const meaning = MEANINGS[id] ? ` (${MEANINGS[id]})` : ''
  return new GatewayError(`${manifest.name} has no ${id}${meaning}`, { kind: 'unsupported', gateway: manifest.id, operation: id, hint })
}
