import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net'

/** A connection that is cut again and again. */
export interface CuttingProxy {
  readonly port: number
  /** How often it was cut. */
  readonly cuts: () => number
  close(): Promise<void>
}

/** How long nobody gets through after a cut, ms. */
const DOWN_MS = 40

/**
 * Passes bytes on, and cuts all connections at every n-th piece: by turns before and after it was passed on. For a while after a cut, new
 * connections are refused.
 *
 * @param target where to
 * @param every n; a new one is taken from it after each cut
 */
export async function cuttingProxy(target: NetConnectOpts, every: () => number): Promise<CuttingProxy> {
  const open = new Set<Socket>()
  let cuts = 0
  let left = every()
  let downUntil = 0
  const cut = () => {
    cuts++
    left = every()
    downUntil = performance.now() + DOWN_MS
    for (const socket of open) socket.destroy()
  }
  const pass = (from: Socket, to: Socket) =>
    from.on('data', (data) => {
      const ends = --left <= 0
      if (ends && cuts % 2 === 0) return cut()
      to.write(data)
      // what was written is to arrive before the end of the connection does
      if (ends) setTimeout(cut, 5)
    })
  const server = createServer((near) => {
    if (performance.now() < downUntil) return void near.destroy()
    const far = connect(target)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one
        .on('error', () => {})
        .on('close', () => {
          open.delete(one)
          other.destroy()
        })
      pass(one, other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
