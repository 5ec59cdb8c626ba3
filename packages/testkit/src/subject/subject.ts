import type { ErrorKind, GatewayEvent, Manifest, VerbId } from '@wamux/core'
import type { TestHooks, TestPhones } from './phones.ts'

/** How much the suite tries. */
export interface SuiteOptions {
  /**
   * Of each list of wrong answers, ids and inputs, every verb meets a few, another few for each verb: the same tests in a fraction of the time.
   * For a run after every change, beside one with all. Default: false.
   */
  readonly quick?: boolean
}

/** What the conformance suite tests: a plugin, and how to reach a gateway for it. */
export interface Subject {
  /** The plugin's factory: `createWaha`. */
  readonly plugin: PluginFactory
  /** Opens a fresh gateway for one test: an emulator, or a server made for tests. */
  readonly gateway: () => TestGateway | Promise<TestGateway>
  /** Config that the plugin gets beside base URL and credentials, also where no gateway stands behind it. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Failures as this gateway writes them, where that is more than an HTTP status. */
  readonly failures?: readonly FailureExample[]
  /**
   * Verbs whose answer has fields by the vendor's document: the plugin's `answeringVerbs`. An answer that says nothing is no success of these,
   * not even for a verb that only does something. Default: none.
   */
  readonly answeringVerbs?: readonly VerbId[]
  /** Reads and checks a webhook: the plugin's `parseWebhook`. Needed once the manifest names `webhook.create`. */
  readonly parseWebhook?: (request: Request, options: { readonly secrets: readonly string[] }) => Promise<readonly GatewayEvent[]>
  /** The gateway signs nothing, so a webhook that was changed on the way cannot be told from another. */
  readonly unsignedWebhooks?: boolean
}

/** The part of a plugin that the suite needs. */
export interface PluginFactory {
  (config: never): object
  /** Version of the contract. */
  readonly contract: number
  /** What the gateway can do. */
  readonly manifest: Manifest
}

/** A gateway that one test has for itself. */
export interface TestGateway {
  /** What the factory needs to reach it: `baseUrl`, valid credentials, `fetch`. */
  readonly config: Readonly<Record<string, unknown>>
  /** A session that exists and is not paired; only for a gateway that cannot create one. */
  readonly session?: string
  /**
   * A phone scans the session's QR code. Gives the digits of that phone, where the suite is to test more than sessions and texts.
   *
   * @param qr the text that the plugin read out of it, where it gives text
   */
  scan(session: string, qr?: string): unknown
  /** A phone has the session's pairing code typed in. */
  enterCode(session: string, code: string): unknown
  /** The other phones. Which of them are needed follows from the manifest; the suite says which is missing. */
  readonly phones?: Partial<TestPhones>
  /** Takes the gateway's webhooks. Needed once the manifest names `webhook.create`. */
  readonly hooks?: TestHooks
  /** Reaches the gateway's event socket, where it has one. Default: the platform's. */
  readonly WebSocket?: unknown
  /** Ends the gateway. */
  close?(): unknown
}

/** An error response, and the kind of error it must become. */
export interface FailureExample {
  /** Name of the test. */
  readonly name: string
  /** Kind that the error must have. */
  readonly kind: ErrorKind
  /** HTTP status of the response. */
  readonly status: number
  /** Text as it is, everything else as JSON. */
  readonly body: unknown
  /** Default: `application/json`, for text `text/plain`. */
  readonly contentType?: string
  /** The gateway's own words, which the error has to repeat. */
  readonly message: string
}
