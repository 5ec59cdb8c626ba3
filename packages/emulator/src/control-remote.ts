import type { EmulatorControl } from './control.ts'
import { EmulatorError } from './problem.ts'

/** `fetch`, as much of it as the control needs. */
export type ControlFetch = (url: string, init?: RequestInit) => Promise<Response>

/**
 * The control of an emulator behind a URL.
 *
 * @param origin what `serveEmulator` gave as `url`
 * @param perform defaults to the platform's fetch
 */
export function connectControl(origin: string, perform: ControlFetch = (url, init) => fetch(url, init)): EmulatorControl {
  const base = `${origin.replace(/\/+$/, '')}/_emulator`

  async function call<Answer>(path: string, input?: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' }
    const init = input === undefined ? undefined : { method: 'POST', headers, body: JSON.stringify(input) }
    const response = await perform(`${base}${path}`, init)
    const answer = (await response.json().catch(() => ({}))) as { error?: { code?: string; message?: string } }
    if (response.ok) return answer as Answer
    const { code, message = `the emulator answered ${response.status}` } = answer.error ?? {}
    throw new EmulatorError(code === 'not_found' || code === 'conflict' ? code : 'invalid', message)
  }

  return {
    scan: (target) => call('/scan', target),
    enterCode: (input) => call('/enter-code', input),
    unlink: (target) => call('/unlink', target),
    state: () => call('/state'),
    messages: ({ phone } = {}) => call(`/messages${phone === undefined ? '' : `?phone=${encodeURIComponent(phone)}`}`),
    async set(settings) {
      await call('/settings', settings)
    },
    async reset() {
      await call('/reset', {})
    },
    advance: (ms) => call('/advance', { ms }),
  }
}
