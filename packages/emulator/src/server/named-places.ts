/** `host` or `host:port` of places that somebody named; `*` for all. Gives whether a URL is one of them. */
export function namedPlaces(named: readonly string[]): (url: URL) => boolean {
  const names = new Set(named.map((one) => one.toLowerCase()))
  return ({ protocol, hostname, port }) => {
    if (protocol !== 'http:' && protocol !== 'https:') return false
    const number = port === '' ? (protocol === 'https:' ? '443' : '80') : port
    return names.has('*') || names.has(hostname) || names.has(`${hostname}:${number}`)
  }
}
