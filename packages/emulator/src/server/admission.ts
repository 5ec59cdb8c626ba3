import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { problem } from '../control/routes.ts'
import type { Answer } from '../wire/answer.ts'
import type { PlainRequest } from '../wire/request.ts'

/** Who may ask this server, by the names of Host. */
export interface AdmissionOptions {
  /** The host that the server listens on. */
  readonly host: string
  /** Further names by which it may be reached. */
  readonly allowHosts: readonly string[]
}

/** What a request asks for, as `URL` reads its address. */
export type Target = Pick<PlainRequest, 'path' | 'search' | 'query'>

/** What a request asks for, or the answer that refuses it. */
export type Admit = (incoming: IncomingMessage) => Target | Answer

const ANY_ADDRESS: readonly string[] = ['0.0.0.0', '[::]']

/**
 * Checks where a request comes from before anything reads it: a web page of somebody else must not use the emulator through the browser of
 * whoever runs it. `Host` must name this machine (or a page could reach it by a name of its own), `Origin` must be absent or the server's
 * own, and `Sec-Fetch-Site` must not say that another site made the request (images and links have no `Origin`).
 *
 * @returns 400 for an address that cannot be read, 403 for a foreign Host or Origin
 */
export function createAdmission({ host, allowHosts }: AdmissionOptions): Admit {
  const listening = hostnameOf(isIP(host) === 6 ? `[${host}]` : host)
  const hostnames = createHostnames()
  const names = new Set([listening, ...allowHosts.map(hostnameOf)])

  function isOwn(hostname: string, incoming: IncomingMessage): boolean {
    if (isLoopback(hostname) || (names.has(hostname) && !ANY_ADDRESS.includes(hostname))) return true
    // one that listens everywhere is also reached by the address that the socket came in at
    return listening !== undefined && ANY_ADDRESS.includes(listening) && hostname === addressOf(incoming)
  }

  return (incoming) => {
    const { host: header = '', origin, 'sec-fetch-site': site } = incoming.headers
    const read = targetOf(incoming.url ?? '/')
    if (!read) return problem(400, 'invalid', 'the address of the request cannot be read')
    const { host: named, ...target } = read
    const hostname = hostnames.of(header)
    const foreign = (name: string | undefined) => name === undefined || !isOwn(name, incoming)
    if (foreign(hostname) || (named !== undefined && foreign(hostnames.of(named)))) {
      return problem(403, 'forbidden', 'the Host header names another machine; allow the name with allowHosts')
    }
    if ((origin !== undefined && origin !== `http://${header}`) || site === 'cross-site' || site === 'same-site') {
      return problem(403, 'forbidden', 'requests of web pages from another origin are refused')
    }
    return target
  }
}

/** Whether a hostname, as `URL` writes it, is this machine's own and leads nowhere else. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || (isIP(name) === 4 && name.startsWith('127.'))
}

const UNNAMED = 'emulator.invalid'

/** A path and query that `URL` leaves as they are: no part begins with a dot, nothing is to be encoded. */
const USUAL_TARGET = /^((?:\/[\w@:+,~-][\w.@:+,~-]*)+)(\?[\w.@:+,~&=%-]+)?$/

/** @returns also the host of an address that names one; `undefined` for what cannot be read */
function targetOf(target: string): (Target & { readonly host: string | undefined }) | undefined {
  const [, path, search = ''] = USUAL_TARGET.exec(target) ?? []
  if (path !== undefined) return { path, search, query: search === '' ? NO_QUERY : new URLSearchParams(search), host: undefined }
  // `//x` is a path here; a URL would take it for a host
  const text = target.startsWith('/') ? `http://${UNNAMED}${target}` : target
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:') return undefined
  return { path: url.pathname, search: url.search, query: url.searchParams, host: url.host === UNNAMED ? undefined : url.host }
}

const NO_QUERY = new URLSearchParams()

/** Remembers the names in the newest Host headers: most requests have the same. */
function createHostnames(): { of(host: string): string | undefined } {
  const known = new Map<string, string | undefined>()
  return {
    of(host) {
      if (known.has(host)) return known.get(host)
      if (known.size >= MAX_HOSTS) known.clear()
      const name = hostnameOf(host)
      known.set(host, name)
      return name
    },
  }
}

const MAX_HOSTS = 100

/** The name in a Host header or an option, as `URL` writes it; `undefined` for anything else. */
function hostnameOf(host: string): string | undefined {
  if (!/^[^\s/?#@\\,]+$/.test(host) || !URL.canParse(`http://${host}`)) return undefined
  return new URL(`http://${host}`).hostname
}

function addressOf({ socket }: IncomingMessage): string | undefined {
  const address = socket.localAddress?.replace(/^::ffff:(?=\d+\.)/, '') ?? ''
  return hostnameOf(isIP(address) === 6 ? `[${address}]` : address)
}
