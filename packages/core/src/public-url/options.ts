import type { Clock } from '../time/clock.ts'
import type { AddressCheck } from './address-rules.ts'

/**
 * Finds all addresses of a host name.
 *
 * @param hostname the name
 * @returns its addresses; empty, or rejected, when it has none
 */
export type PublicLookup = (hostname: string) => Promise<readonly PublicAddress[]>

/** An address of a host. */
export interface PublicAddress {
  /** IPv4 or IPv6 address: `203.0.113.7`. */
  readonly address: string
  /** 4 or 6. */
  readonly family: number
}

/** How a link is checked. */
export interface PublicUrlOptions {
  /** True: accepts `http:` as well as `https:`. Default false. */
  readonly allowHttp?: boolean
  /** Finds the addresses of a name; it must give all of them. Default: the system's name resolution. */
  readonly lookup?: PublicLookup
  /**
   * Replaces the built-in rules for addresses: an address that it accepts is connected to, even loopback or the metadata service of a
   * cloud. For tests, and for networks with rules of their own. To add to the built-in rules, call {@link refusePrivate} in it. Default:
   * {@link refusePrivate}.
   */
  readonly checkAddress?: AddressCheck
  /**
   * Places that are trusted whatever address they have, as somebody named them: `true` leaves out the rules for hosts and addresses for
   * exactly this URL, not for where it redirects to. Default: none.
   */
  readonly isTrusted?: (url: URL) => boolean
}

/** How a file is fetched from a link. */
export interface FetchPublicOptions extends PublicUrlOptions {
  /** Largest file, bytes. Default 64 MiB. */
  readonly maxBytes?: number
  /** Accepted media types: `image/png`, `image/*`. Default: all. */
  readonly contentTypes?: readonly string[]
  /** Longest duration over name resolution and redirects, to the last byte, ms. 0: no limit. Default 30 000. */
  readonly timeoutMs?: number
  /** Ends the download. */
  readonly signal?: AbortSignal
  /** Certificate authorities to trust instead of the built-in ones, PEM text. */
  readonly ca?: string
  /** Source of time for the limit. Default: the system's. */
  readonly clock?: Clock
}

/** A link that passed the check. */
export interface PublicUrl {
  /** The link. */
  readonly url: URL
  /** Addresses of its host, all checked. */
  readonly addresses: readonly PublicAddress[]
}

/** A file that was fetched. */
export interface PublicFile {
  /** Its address after redirects. */
  readonly url: string
  /** Media type in lower case, without parameters; empty when the server gave none. */
  readonly contentType: string
  /** Its bytes. */
  readonly data: Uint8Array<ArrayBuffer>
}
