import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { builtin } from '../builtins.ts'
import type { NodeTlsOptions } from '../options.ts'
import { type HttpProxy, openTunnel } from './proxy.ts'

const { connect: connectTcp, isIP } = builtin('node:net')

/** Where the connections of one origin lead, and how. */
export interface Destination {
  readonly secure: boolean
  /** Host name; an IPv6 address without its brackets. */
  readonly host: string
  readonly port: number
  /** `host:port`, brackets included. */
  readonly authority: string
}

/** What all connections of one transport have in common. */
export class Dialer {
  readonly proxy: HttpProxy | undefined
  readonly #tls: NodeTlsOptions
  readonly #idleMs: number
  readonly #maxHeaderBytes: number | undefined
  #gatewayContext: SecureContext | undefined
  #proxyContext: SecureContext | undefined

  constructor(options: { tls: NodeTlsOptions; proxy: HttpProxy | undefined; idleMs: number; maxHeaderBytes: number | undefined }) {
    this.proxy = options.proxy
    this.#tls = options.tls
    this.#idleMs = options.idleMs
    this.#maxHeaderBytes = options.maxHeaderBytes
    // a wrong certificate should be found when the transport is made
    if (options.tls.ca || options.tls.cert || options.tls.key) this.#context()
  }

  /**
   * Opens a connection that is ready for a request: connected, tunnelled, its certificate checked. Not one byte of a request has been
   * handed over before, so every error here means that nothing was sent. The answer cancels it.
   */
  dial(place: Destination, session: Buffer | undefined, done: (error: Error | undefined, socket?: Socket) => void): () => void {
    let current: Socket | undefined
    let over = false
    const opened: Socket[] = []
    const destroy = () => {
      for (const socket of opened) socket.destroy()
    }
    const finish = (error: Error | undefined) => {
      if (over) return
      over = true
      if (error) destroy()
      done(error, error ? undefined : current)
    }
    const step = (open: () => Socket, ready: 'connect' | 'secureConnect', next: () => void) => {
      if (over) return
      try {
        const socket = open()
        current = socket
        opened.push(socket)
        // stays for the life of the socket: an unused one may fail with nobody listening
        socket.on('error', finish)
        socket.once('close', () => finish(new Error('the connection was closed before it was ready')))
        socket.once(ready, () => {
          if (!over) next()
        })
      } catch (error) {
        process.nextTick(finish, error)
      }
    }
    const secured = (under?: Socket) =>
      step(
        () => this.#openTls(place, session, under),
        'secureConnect',
        () => finish(undefined),
      )
    const { proxy } = this
    if (proxy) {
      const tunnel = () => {
        if (!place.secure || !current) return finish(undefined)
        const under = current
        openTunnel(under, proxy, place.authority, this.#maxHeaderBytes, (error) => (error ? finish(error) : secured(under)))
      }
      if (proxy.secure) step(() => this.#openTlsToProxy(proxy), 'secureConnect', tunnel)
      else step(() => connectTcp({ host: proxy.host, port: proxy.port, noDelay: true, timeout: this.#idleMs }), 'connect', tunnel)
    } else if (place.secure) secured()
    else {
      step(
        () => connectTcp({ host: place.host, port: place.port, noDelay: true, timeout: this.#idleMs }),
        'connect',
        () => finish(undefined),
      )
    }
    return () => {
      over = true
      destroy()
    }
  }

  #openTls(place: Destination, session: Buffer | undefined, under: Socket | undefined): Socket {
    const servername = this.#tls.servername ?? (isIP(place.host) ? '' : place.host)
    const socket = builtin('node:tls').connect({
      host: place.host,
      port: place.port,
      servername,
      secureContext: this.#context(),
      rejectUnauthorized: this.#tls.rejectUnauthorized !== false,
      ALPNProtocols: ['http/1.1'],
      timeout: this.#idleMs,
      ...(under ? { socket: under } : {}),
      ...(session ? { session } : {}),
    })
    socket.setNoDelay(true)
    return socket
  }

  #openTlsToProxy(proxy: HttpProxy): Socket {
    const { ca } = this.#tls
    this.#proxyContext ??= builtin('node:tls').createSecureContext(ca === undefined ? {} : { ca: pem(ca) })
    const servername = isIP(proxy.host) ? '' : proxy.host
    const socket = builtin('node:tls').connect({
      host: proxy.host,
      port: proxy.port,
      servername,
      secureContext: this.#proxyContext,
      timeout: this.#idleMs,
    })
    socket.setNoDelay(true)
    return socket
  }

  // one for all connections: making one is slow
  #context(): SecureContext {
    const { ca, cert, key } = this.#tls
    this.#gatewayContext ??= builtin('node:tls').createSecureContext({
      ...(ca === undefined ? {} : { ca: pem(ca) }),
      ...(cert === undefined ? {} : { cert: one(cert) }),
      ...(key === undefined ? {} : { key: one(key) }),
    })
    return this.#gatewayContext
  }
}

function one(value: string | Uint8Array): string | Buffer {
  return typeof value === 'string' ? value : Buffer.from(value)
}

function pem(value: NonNullable<NodeTlsOptions['ca']>): (string | Buffer)[] {
  return typeof value === 'string' || value instanceof Uint8Array ? [one(value)] : value.map(one)
}
