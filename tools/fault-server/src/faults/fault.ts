/** When a fault steps in: how much of the request the server has taken by then. */
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
  /** What came of the request, as text: for answers that echo it. */
  readonly heard: string
  /** Sends one piece after the other, each on its way before the next one. */
  write(...pieces: readonly (string | Uint8Array)[]): Promise<void>
  /** Ends it with RST. */
  reset(): void
  /** Ends it with FIN. */
  close(): void
  /** Takes what is still to come, then ends it with FIN. */
  drain(): Promise<void>
  /** Says that nothing more will come: now the caller's time may run out. */
  stall(): void
  /** False once either side has ended it. */
  readonly open: boolean
}

/** One way in which a gateway fails. */
export interface Fault {
  readonly name: string
  readonly moment: FaultMoment
  /** What was asked for is done (and counted), before a byte of an answer is sent. */
  readonly effect: boolean
  /** How many requests (or tries to connect) go wrong, the first ones; those after them are served well. Default all. */
  readonly times?: number
  /** There is a connection that was used before; this is done to it between the two requests. */
  readonly between?: (connection: FaultyConnection) => void | Promise<void>
  /** Sent right behind the answer of the request before. */
  readonly behind?: string
  readonly act: (connection: FaultyConnection) => void | Promise<void>
}
