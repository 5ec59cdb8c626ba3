import type { Fetch } from '@wamux/core'

/** A fetch that logs method, path and status of each request. Queries, headers and bodies are left out, because they may hold secrets. */
export function wireLog(log: (text: string) => void): Fetch {
  return async (url, init) => {
    const { origin, pathname } = new URL(url)
    const began = performance.now()
    const took = () => `${Math.round(performance.now() - began)} ms`
    log(`> ${init.method} ${origin}${pathname}`)
    try {
      const answer = await fetch(url, init as RequestInit)
      log(`< ${answer.status} ${answer.headers.get('content-type') ?? ''} (${took()})`)
      return answer
    } catch (error) {
      log(`< nothing (${took()})`)
      throw error
    }
  }
}
