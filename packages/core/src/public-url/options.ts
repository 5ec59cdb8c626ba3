import type { Clock } from '../time/clock.ts'
import type { AddressCheck } from './address-rules.ts'

/** Finds all addresses of a name. */
export type PublicLookup = (hostname: string) => Promise<readonly PublicAddress[]>

export interface PublicAddress {
  readonly address: string
  readonly family: number
}

export interface PublicUrlOptions {
  /** Takes `http:` as well as `https:`. Default false. */
  readonly allowHttp?: boolean
  /** Finds the addresses of a name; has to give all of them. Default: the system's. */
  readonly lookup?: PublicLookup
  /**
   * REPLACES the rules for addresses, it does not add to them: what it lets pass is connected to, be it loopback or a cloud's metadata
   * service. For whoever knows their network, and for tests. To add to the rules, call {@link refusePrivate} in it.
   */
  readonly checkAddress?: AddressCheck
}

export interface FetchPublicOptions extends PublicUrlOptions {
  /** Largest body, bytes. Default 64 MiB. */
  readonly maxBytes?: number
  /** Media types to take: `image/png`, `image/*`. Default: all. */
  readonly contentTypes?: readonly string[]
  /** From the call to the last byte, over name look-ups and redirects, ms. 0 switches it off. Default 30 000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Certificate authorities to trust instead of the built-in ones, PEM. */
  readonly ca?: string
  /** Time for the deadline. Default: the system's. */
  readonly clock?: Clock
}

/** A link that passed the check, with the addresses that were looked at. */
export interface PublicUrl {
  readonly url: URL
  readonly addresses: readonly PublicAddress[]
}

/** A file that was fetched. */
export interface PublicFile {
  /** Where it came from in the end, after redirects. */
  readonly url: string
  /** Lower case, without parameters; empty when the server gave none. */
  readonly contentType: string
  readonly data: Uint8Array<ArrayBuffer>
}
