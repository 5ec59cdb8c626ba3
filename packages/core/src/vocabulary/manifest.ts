import type { Evidence } from '../schema/operations.ts'
import type { VerbId } from './index.ts'

/** One value that a user has to give to reach a gateway. */
export interface Credential {
  /** Name in the plugin's config: `apiKey`. */
  readonly field: string
  /** Display name: `API key`. */
  readonly label: string
  /** Environment variable that apps read it from. Core and plugins read none. */
  readonly env: string
  /** True: hide it in everything that is shown. */
  readonly secret: boolean
  /** False: the gateway can be used without it. */
  readonly required: boolean
  /** Where users find it, one sentence. */
  readonly about?: string
}

/** How a gateway has a verb. `native`: one operation does it. `composed`: the plugin combines several. */
export type Support = 'native' | 'composed'

/** Limits of a verb that the gateway documents, or that were seen. */
export interface VerbLimits {
  /** Longest text, characters. */
  readonly maxTextLength?: number
  /** Most choices of a poll. */
  readonly maxPollOptions?: number
  /** Largest file, bytes. */
  readonly maxMediaBytes?: number
  /** Highest age of a message that can be edited or deleted, ms. */
  readonly maxAgeMs?: number
  /** Ways in which a file can be given. Absent: all. */
  readonly media?: readonly ('url' | 'bytes')[]
  /** What is different at this gateway, one sentence. */
  readonly note?: string
}

/** What a gateway is and can do, as plain data. Apps import it without the client, for catalogues, forms and help. */
export interface Manifest {
  /** Version of the contract between plugins and core. */
  readonly contract: 1
  /** `waha` */
  readonly id: string
  /** `WAHA` */
  readonly name: string
  /** npm package of the plugin: `@wamux/waha`. */
  readonly packageName: string
  /** Name of the function that the package exports: `createWaha`. */
  readonly factory: string
  /** What the gateway is, one sentence. */
  readonly about: string
  /** Address of the vendor's documentation. */
  readonly docs: string
  /** Version of the vendor's API that the plugin describes, and the base URL of a hosted service. */
  readonly api: { readonly version: string; readonly defaultBaseUrl?: string }
  /** The gateway's own word for a session: `instance`, `device`. */
  readonly sessionTerm: string
  /** What a user has to give. */
  readonly credentials: readonly Credential[]
  /** The verbs it has. A verb that is not named here is absent. */
  readonly capabilities: Readonly<Partial<Record<VerbId, Support>>>
  /** How it is known that a verb works, if that is less certain than `verified`. */
  readonly evidence?: Readonly<Partial<Record<VerbId, Evidence>>>
  /** Limits by verb. */
  readonly limits?: Readonly<Partial<Record<VerbId, VerbLimits>>>
  /**
   * Set for a gateway that was not seen itself: where the facts come from, one sentence, and the highest evidence that any verb can have.
   */
  readonly basis?: { readonly evidence: Evidence; readonly note: string }
}

/** One cell of the capability matrix. */
export interface Capability {
  /** The verb. */
  readonly verb: VerbId
  /** How the gateway has it. */
  readonly support: Support | 'absent'
  /** How that is known; absent for an absent verb. */
  readonly evidence?: Evidence
  /** Its limits, if there are any. */
  readonly limits?: VerbLimits
}

/**
 * What a gateway has of the vocabulary, absent verbs included.
 *
 * @param manifest of the gateway
 * @param ids the verbs to report; `verbIds()` gives all
 * @returns one entry for each verb, in the same order
 */
export function capabilitiesOf({ capabilities, evidence, limits, basis }: Manifest, ids: readonly VerbId[]): readonly Capability[] {
  return ids.map((verb) => {
    const support = capabilities[verb]
    if (support === undefined) return { verb, support: 'absent' }
    const bounds = limits?.[verb]
    return { verb, support, evidence: weaker(evidence?.[verb], basis?.evidence), ...(bounds ? { limits: bounds } : {}) }
  })
}

const STRENGTH: readonly Evidence[] = ['inferred', 'node-label', 'verified']

function weaker(one: Evidence = 'verified', other: Evidence = 'verified'): Evidence {
  return STRENGTH.indexOf(one) < STRENGTH.indexOf(other) ? one : other
}
