import { EmulatorError } from '../errors.ts'

/** The client at the other end of an event socket. */
export interface Peer {
  send(text: string): void
  /** @param code 1000 to 4999 */
  close(code: number, reason: string): void
}

/** What a face does with messages and the end of a socket. */
export interface SocketHandler {
  message?(text: string): void
  closed(): void
}

/** Accepts a socket. It may be closed at once: `peer.close(1008, 'Unauthorized')`. */
export type AcceptSocket = (peer: Peer, query: URLSearchParams, headers: Headers) => SocketHandler

/** Finds the event socket at a path; `undefined` when there is none. */
export type FindSocket = (path: string) => AcceptSocket | undefined

type Listener = (event: { readonly type: string; readonly data?: unknown; readonly code?: number; readonly reason?: string }) => void

/** A `WebSocket`, as much of it as programs use. */
export interface EmulatorWebSocket {
  /** Address that it was opened with. */
  readonly url: string
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number
  onopen: Listener | null
  onmessage: Listener | null
  onclose: Listener | null
  onerror: Listener | null
  /** Adds a listener. */
  addEventListener(type: string, listener: Listener, options?: { readonly once?: boolean }): void
  /** Removes a listener. */
  removeEventListener(type: string, listener: Listener): void
  /** Sends a text to the gateway. */
  send(text: string): void
  /** Closes the socket. */
  close(code?: number, reason?: string): void
}

/** Class of {@link EmulatorWebSocket}, for the `WebSocket` option of `events.subscribe`. */
export type EmulatorWebSocketConstructor = new (url: string | URL) => EmulatorWebSocket

/** A `WebSocket` class that leads to the faces of an emulator in this process, without a port. */
export function createWebSocketClass(find: () => FindSocket): EmulatorWebSocketConstructor {
  return class implements EmulatorWebSocket {
    readonly url: string
    readyState = 0
    onopen: Listener | null = null
    onmessage: Listener | null = null
    onclose: Listener | null = null
    onerror: Listener | null = null
    readonly #listeners = new Map<string, Map<Listener, boolean>>()
    #handler: SocketHandler | undefined

    constructor(url: string | URL) {
      const parsed = new URL(url)
      if (!/^wss?:$/.test(parsed.protocol)) throw new SyntaxError('a WebSocket has an address like ws://…')
      this.url = parsed.href
      // the caller adds its listeners after the constructor
      queueMicrotask(() => this.#open(parsed))
    }

    addEventListener(type: string, listener: Listener, { once = false }: { readonly once?: boolean } = {}): void {
      const listeners = this.#listeners.get(type) ?? new Map<Listener, boolean>()
      this.#listeners.set(type, listeners.set(listener, once))
    }

    removeEventListener(type: string, listener: Listener): void {
      this.#listeners.get(type)?.delete(listener)
    }

    send(text: string): void {
      if (this.readyState === 0) throw new EmulatorError('conflict', 'the socket is not open yet')
      if (this.readyState === 1) queueMicrotask(() => this.#handler?.message?.(text))
    }

    close(code = 1000, reason = ''): void {
      if (this.readyState >= 2) return
      this.readyState = 2
      queueMicrotask(() => this.#end(code, reason))
    }

    #open({ pathname, searchParams }: URL): void {
      if (this.readyState !== 0) return
      const accept = find()(pathname)
      if (!accept) {
        this.#tell({ type: 'error' })
        this.#end(1006, '')
        return
      }
      this.readyState = 1
      this.#tell({ type: 'open' })
      const peer: Peer = {
        send: (data) => {
          if (this.readyState === 1) queueMicrotask(() => this.readyState === 1 && this.#tell({ type: 'message', data }))
        },
        close: (code, reason) => queueMicrotask(() => this.#end(code, reason)),
      }
      this.#handler = accept(peer, searchParams, new Headers())
    }

    #end(code: number, reason: string): void {
      if (this.readyState === 3) return
      this.readyState = 3
      this.#handler?.closed()
      this.#tell({ type: 'close', code, reason })
    }

    #tell(event: Parameters<Listener>[0]): void {
      const own = { open: this.onopen, message: this.onmessage, close: this.onclose, error: this.onerror }[event.type]
      own?.(event)
      const listeners = this.#listeners.get(event.type) ?? new Map<Listener, boolean>()
      for (const [listener, once] of [...listeners]) {
        if (once) listeners.delete(listener)
        listener(event)
      }
    }
  }
}
