import type { Evidence } from '../schema/operations.ts'
import type { VerbId } from './index.ts'

/** One value that a user has to give to reach a gateway. */
export interface Credential {
  /** Name in the plugin's config: `apiKey`. */
  readonly field: string
  readonly label: string
  /** Environment variable that apps read it from; core and plugins never do. */
  readonly env: string
  readonly secret: boolean
  readonly required: boolean
  readonly about?: string
}

/** How a gateway has a verb: as one operation of its own, or put together from others. */
export type Support = 'native' | 'composed'

/** What bounds a verb, where the gateway says so or it was seen. */
export interface VerbLimits {
  /** Characters. */
  readonly maxTextLength?: number
  readonly maxPollOptions?: number
  /** Bytes. */
  readonly maxMediaBytes?: number
  /** How old a message may be to be edited or revoked, ms. */
  readonly maxAgeMs?: number
  /** How a file may be given, where not in every way. */
  readonly media?: readonly ('url' | 'bytes')[]
  /** What differs here, one sentence. */
  readonly note?: string
}

/** What a gateway is, as plain data: importable without its client, for catalogues, forms and help. */
export interface Manifest {
  readonly contract: 1
  /** `waha` */
  readonly id: string
  /** `WAHA` */
  readonly name: string
  readonly packageName: string
  /** Name of the function that the package exports: `createWaha`. */
  readonly factory: string
  /** One sentence: what it is. */
  readonly about: string
  readonly docs: string
  readonly api: { readonly version: string; readonly defaultBaseUrl?: string }
  /** What the gateway itself calls a session. */
  readonly sessionTerm: string
  readonly credentials: readonly Credential[]
  /** The verbs it has; a verb that is not here is absent. */
  readonly capabilities: Readonly<Partial<Record<VerbId, Support>>>
  /** How it is known that a verb works as it does here, where that is less than `verified`. */
  readonly evidence?: Readonly<Partial<Record<VerbId, Evidence>>>
  readonly limits?: Readonly<Partial<Record<VerbId, VerbLimits>>>
  /** For a gateway that was not seen itself: whose facts these are, one sentence, and the best that can be said of any verb. */
  readonly basis?: { readonly evidence: Evidence; readonly note: string }
}

/** One cell of the capability matrix. */
export interface Capability {
  readonly verb: VerbId
  readonly support: Support | 'absent'
  readonly evidence?: Evidence
  readonly limits?: VerbLimits
}

/** What a gateway has of the vocabulary, verb by verb, the absent ones too. @param ids the verbs to tell of, `verbIds()` for all */
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
