/** Makes one call after the other to the same server. */
export interface Contender {
  /** One call, its answer read and checked. */
  call(): Promise<void>
  close?(): Promise<void>
}

/** @param baseUrl of the loopback server */
export type CreateContender = (baseUrl: string) => Contender | Promise<Contender>
