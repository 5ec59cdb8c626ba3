const queues = new Map<string, Promise<unknown>>()

/**
 * Runs what has the same key one after the other, within this process. A failure does not stop those that wait.
 *
 * @param key names what must not be changed by two at once, a session of a gateway for example
 * @returns what `run` gives
 */
export async function inTurn<Value>(key: string, run: () => Promise<Value>): Promise<Value> {
  const before = queues.get(key) ?? Promise.resolve()
  const result = before.then(run, run)
  const settled = result.then(
    () => undefined,
    () => undefined,
  )
  queues.set(key, settled)
  try {
    return await result
  } finally {
    if (queues.get(key) === settled) queues.delete(key)
  }
}
