/** A fault broke the connection. In process `fetch` rejects with it as the cause; the server resets the socket. */
export class ConnectionLost extends Error {
  override readonly name: string = 'ConnectionLost'
  readonly code: string = 'ECONNRESET'

  constructor() {
    super('the emulated connection was reset')
  }
}
