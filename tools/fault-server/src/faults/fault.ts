/** When a fault happens: how much of the request the server has read by then. */
export type FaultMoment =
  /** Nothing listens. */
  | 'connecting'
  /** The connection is there, nothing was read. */
  | 'accepted'
  /** Some bytes of the request's head. */
  | 'in the head'
  /** The whole head. */
  | 'after the head'
  /** Half of the body; of a request without one, its head. */
  | 'in the body'
  /** The whole request. */
  | 'request'

/** What a fault can do to the connection that it is on. */
export interface FaultyConnection {
  /** The request as far as it was read, as text: for answers that repeat it. */
  readonly heard: string
  /** Sends one piece after the other, each on its way before the next one. */
  write(...pieces: readonly (string | Uint8Array)[]): Promise<void>
  /** Ends it with RST. */
  reset(): void
  /** Ends it with FIN. */
  close(): void
  /** Reads the rest of the request, then ends the connection with FIN. */
  drain(): Promise<void>
  /** Reports that nothing more will be sent: the caller's deadline may end now. */
  stall(): void
  /** False once either side has ended it. */
  readonly open: boolean
}

/** One way in which a gateway fails. */
export interface Fault {
  readonly name: string
  readonly moment: FaultMoment
  /** True when the request is performed (and counted) before the first byte of the answer is sent. */
  readonly effect: boolean
  /** How many of the first requests (or connection attempts) fail; later ones succeed. Default: all. */
  readonly times?: number
  /** For a connection that was used before: what is done to it between the two requests. */
  readonly between?: (connection: FaultyConnection) => void | Promise<void>
  /** Sent right behind the answer of the request before. */
  readonly behind?: string
  readonly act: (connection: FaultyConnection) => void | Promise<void>
}
