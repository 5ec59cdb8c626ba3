import type { Fetch } from '@wamux/core'

/** A fetch that tells what goes over the wire: method, path and status. Queries, headers and bodies may hold secrets and stay out. */
export function wireLog(detail: (text: string) => void): Fetch {
  return async (url, init) => {
    const { origin, pathname } = new URL(url)
    const began = performance.now()
    const took = () => `${Math.round(performance.now() - began)} ms`
    detail(`> ${init.method} ${origin}${pathname}`)
    try {
      const answer = await fetch(url, init as RequestInit)
      detail(`< ${answer.status} ${answer.headers.get('content-type') ?? ''} (${took()})`)
      return answer
    } catch (error) {
      detail(`< nothing (${took()})`)
      throw error
    }
  }
}
