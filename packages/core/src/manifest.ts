import type { VerbId } from './vocabulary/index.ts'

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
}
