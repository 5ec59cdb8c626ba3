import { lookup as lookupName } from 'node:dns/promises'
import { isIP } from 'node:net'
import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import { causeCode } from '../request/network-error.ts'
import { refusePrivate } from './address-rules.ts'
import type { PublicAddress, PublicLookup, PublicUrl, PublicUrlOptions } from './options.ts'

const systemLookup: PublicLookup = (hostname) => lookupName(hostname, { all: true })

/**
 * Checks that a link leads to the public internet: its scheme, its host, and every address that its host has.
 *
 * A name server may give other addresses a moment later. Code that connects afterwards must connect to one of the addresses that this
 * function returns, as {@link fetchPublic} does.
 *
 * @param url an absolute link; numbers as hosts (`http://2130706433`, `0x7f.1`, `017700000001`) are read as browsers read them
 * @param options what to accept
 * @returns the link and the addresses of its host
 * @throws {GatewayError} `invalid_request`: the link is refused; `field` is `url`
 * @throws {GatewayError} `network`: its host has no address
 */
export async function assertPublicUrl(url: string | URL, options: PublicUrlOptions = {}): Promise<PublicUrl> {
  const { lookup = systemLookup, checkAddress = refusePrivate, allowHttp = false, isTrusted } = options
  const checked = checkedUrl(String(url), allowHttp)
  const trusted = isTrusted?.(checked) ?? false
  if (!trusted) checkHost(checked)
  const host = checked.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve(host, lookup)
  // one bad address is enough to refuse, because the connection may go to any of them
  for (const { address } of addresses) {
    const problem = trusted ? undefined : checkAddress(address)
    if (problem) throw invalidInput('url', `${host} ${isIP(host) ? 'is' : 'has'} ${problem}, which is not fetched from`)
  }
  return { url: checked, addresses }
}

function checkedUrl(value: string, allowHttp: boolean): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol !== 'https:' && !(allowHttp && url?.protocol === 'http:')) {
    throw invalidInput('url', `expected an absolute link with ${allowHttp ? 'https or http' : 'https'}`)
  }
  if (url.username || url.password) throw invalidInput('url', 'must not contain a user name or password')
  return url
}

function checkHost(url: URL): void {
  // "host." is the same host as "host", but rules and certificates for "host" do not match it
  if (url.hostname.endsWith('.')) throw invalidInput('url', 'the host must not end with a dot')
  if (/(^|\.)localhost$/.test(url.hostname)) throw invalidInput('url', `${url.hostname} is this machine, which is not fetched from`)
}

async function resolve(host: string, lookup: PublicLookup): Promise<readonly PublicAddress[]> {
  let addresses: readonly PublicAddress[]
  try {
    addresses = await lookup(host)
  } catch (cause) {
    throw unresolved(host, cause)
  }
  if (addresses.length === 0) throw unresolved(host)
  return addresses
}

function unresolved(host: string, cause?: unknown): GatewayError {
  return new GatewayError(`url: ${host} has no address`, { kind: 'network', field: 'url', code: causeCode(cause), retryable: true, cause })
}
