import { isIP } from 'node:net'

/**
 * Decides whether an address may be connected to.
 *
 * @param address IPv4 or IPv6 address
 * @returns why not: `a private address`; `undefined` when it may
 */
export type AddressCheck = (address: string) => string | undefined

// these are refused, and every IPv6 address outside of 2000::/3, the only range with public addresses
const REFUSED: readonly [block: string, bits: number, what: string][] = [
  ['0.0.0.0', 8, 'an unspecified address'],
  ['10.0.0.0', 8, 'a private address'],
  ['100.64.0.0', 10, 'a carrier-grade NAT address'],
  ['127.0.0.0', 8, 'a loopback address'],
  ['169.254.169.254', 32, 'a metadata address'],
  ['169.254.0.0', 16, 'a link-local address'],
  ['172.16.0.0', 12, 'a private address'],
  ['192.0.0.0', 24, 'a reserved address'],
  ['192.0.2.0', 24, 'a documentation address'],
  ['192.88.99.0', 24, 'a reserved address'],
  ['192.168.0.0', 16, 'a private address'],
  ['198.18.0.0', 15, 'a benchmarking address'],
  ['198.51.100.0', 24, 'a documentation address'],
  ['203.0.113.0', 24, 'a documentation address'],
  // host services of Azure: a public number that only Azure's machines can reach
  ['168.63.129.16', 32, 'a metadata address'],
  ['224.0.0.0', 4, 'a multicast address'],
  ['240.0.0.0', 4, 'a reserved address'],
  ['::', 128, 'an unspecified address'],
  ['::1', 128, 'a loopback address'],
  ['::ffff:0:0', 96, 'an IPv4-mapped address'],
  ['::', 96, 'an IPv4-compatible address'],
  ['64:ff9b::', 96, 'a NAT64 address'],
  ['64:ff9b:1::', 48, 'a NAT64 address'],
  ['2001::', 23, 'a reserved address'],
  ['2001:db8::', 32, 'a documentation address'],
  ['2002::', 16, 'a 6to4 address'],
  ['3fff::', 20, 'a documentation address'],
  ['fd00:ec2::254', 128, 'a metadata address'],
  ['fc00::', 7, 'a unique-local address'],
  ['fe80::', 10, 'a link-local address'],
  ['ff00::', 8, 'a multicast address'],
]

const blocks = REFUSED.map(([block, bits, what]) => ({ bytes: bytesOf(block) ?? [], bits, what }))

/**
 * wamux's own rules: public unicast addresses only, and no IPv6 address that contains an IPv4 address.
 *
 * @param address IPv4 or IPv6 address
 * @returns why it is refused: `a private address`; `undefined` when it is public
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function refusePrivate(address: string): string | undefined {
  const bytes = bytesOf(address)
  if (!bytes) return 'a malformed address'
  const found = blocks.find((block) => block.bytes.length === bytes.length && sameStart(block.bytes, bytes, block.bits))
  if (found) return found.what
  return bytes.length === 16 && (bytes[0] ?? 0) >> 5 !== 1 ? 'a reserved address' : undefined
}

function sameStart(one: readonly number[], other: readonly number[], bits: number): boolean {
  return one.every((byte, index) => {
    const ignored = Math.max(0, 8 - Math.max(0, bits - index * 8))
    return byte >> ignored === (other[index] ?? 0) >> ignored
  })
}

// undefined for short forms (`127.1`, `0x7f.1`) and for addresses with a zone
function bytesOf(address: string): number[] | undefined {
  const family = isIP(address)
  if (family === 4) return address.split('.').map(Number)
  if (family !== 6 || address.includes('%')) return undefined
  // `URL` normalises the address: a dotted IPv4 part at its end becomes two groups
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const before = groupsOf(head)
  const after = groupsOf(tail)
  const groups = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
  return groups.flatMap((group) => [group >> 8, group & 0xff])
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}
