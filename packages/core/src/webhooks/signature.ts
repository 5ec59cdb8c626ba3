import { GatewayError } from '../errors/gateway-error.ts'

/** Hash of an HMAC. The configuration chooses it, never the sender. */
export type HmacAlgorithm = 'sha256' | 'sha384' | 'sha512'

const NAMES: Readonly<Record<HmacAlgorithm, { readonly name: string; readonly bytes: number }>> = {
  sha256: { name: 'SHA-256', bytes: 32 },
  sha384: { name: 'SHA-384', bytes: 48 },
  sha512: { name: 'SHA-512', bytes: 64 },
}

/**
 * The HMAC of a body, as gateways write it into a signature header.
 *
 * @param algorithm hash
 * @param key key
 * @param body bytes or text
 * @returns hex digits in lower case
 */
export async function hmacHex(algorithm: HmacAlgorithm, key: string, body: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', await importKey(algorithm, key, 'sign'), bytes))
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Checks a signature. All keys are tried, and each comparison takes the same time whatever the signature is.
 *
 * @param algorithm hash
 * @param keys keys, one of which must match
 * @param body the signed bytes
 * @param signature hex digits in upper or lower case; `undefined` never matches
 * @returns true when one of the keys made it
 */
export async function hmacMatches(
  algorithm: HmacAlgorithm,
  keys: readonly string[],
  body: Uint8Array<ArrayBuffer>,
  signature: string | undefined,
): Promise<boolean> {
  const { bytes } = NAMES[algorithm]
  const given = signature ?? ''
  if (given.length !== bytes * 2 || !/^[0-9a-f]+$/i.test(given)) return false
  const mac = Uint8Array.from({ length: bytes }, (_, at) => Number.parseInt(given.slice(at * 2, at * 2 + 2), 16))
  const results = await Promise.all(
    keys.map(async (key) => crypto.subtle.verify('HMAC', await importKey(algorithm, key, 'verify'), mac, body)),
  )
  return results.includes(true)
}

/**
 * Checks that a text is one of the secrets. The comparison does not reveal how much of it is right.
 *
 * @param secrets the secrets
 * @param given what was sent; `undefined` never matches
 */
export async function secretMatches(secrets: readonly string[], given: string | undefined): Promise<boolean> {
  if (given === undefined) return false
  // digests are compared, which all have the same length, so that the time does not reveal the length of a secret
  const wanted = await digest(given)
  const digests = await Promise.all(secrets.map(digest))
  return digests.map((one) => equalBytes(one, wanted)).includes(true)
}

/**
 * An id for an event that has none: the first half of the SHA-256 of its content.
 *
 * @param body the content
 * @returns hex digits
 */
export async function contentId(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Reads the secrets of an options object.
 *
 * @param gateway plugin id
 * @param secrets the caller's option
 * @throws {GatewayError} `config`: there are none, or one is empty
 */
export function secretsOf(gateway: string, secrets: readonly string[] | undefined): readonly string[] {
  const fits = Array.isArray(secrets) && secrets.length > 0 && secrets.every((one) => typeof one === 'string' && one !== '')
  if (fits) return secrets
  const hint =
    'Give the secret that the webhook was set up with, or both secrets while you replace it. For unsigned webhooks: verify: "none".'
  throw new GatewayError(`${gateway} webhook: secrets: expected at least one`, { kind: 'config', gateway, field: 'secrets', hint })
}

function importKey(algorithm: HmacAlgorithm, key: string, usage: 'sign' | 'verify'): Promise<CryptoKey> {
  const hash = NAMES[algorithm].name
  return crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash }, false, [usage])
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0)
  return difference === 0
}
