import { EmulatorError } from '../errors.ts'
import type { EmulatorControl } from './control.ts'
import type { ChatView } from './inspect.ts'

/** The part of `fetch` that the control needs. */
export type ControlFetch = (url: string, init?: RequestInit) => Promise<Response>

/**
 * The control of an emulator behind a URL.
 *
 * @param origin what `serveEmulator` gave as `url`
 * @param perform defaults to the platform's fetch
 */
export function connectControl(origin: string, perform: ControlFetch = (url, init) => fetch(url, init)): EmulatorControl {
  const base = `${origin.replace(/(?<!\/)\/+$/, '')}/_emulator`

  async function call<Answer>(path: string, input?: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' }
    const init = input === undefined ? undefined : { method: 'POST', headers, body: JSON.stringify(input) }
    const response = await perform(`${base}${path}`, init)
    const answer = (await response.json().catch(() => ({}))) as { error?: { code?: string; message?: string } }
    if (response.ok) return answer as Answer
    const { code, message = `the emulator answered ${response.status}` } = answer.error ?? {}
    throw new EmulatorError(code === 'not_found' || code === 'conflict' ? code : 'invalid', message)
  }

  /** A call without a result. */
  const act = (path: string) => async (input: unknown) => {
    await call(path, input ?? {})
  }

  function query(filter: object): string {
    const given = Object.entries(filter).filter(([, value]) => value !== undefined)
    return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  }

  return {
    scan: (target) => call('/scan', target),
    enterCode: (input) => call('/enter-code', input),
    unlink: (target) => call('/unlink', target),
    crash: (target) => call('/crash', target),
    state: () => call('/state'),
    messages: (filter = {}) => call(`/messages${query(filter)}`),
    message: (input) => call('/message', input),
    react: (input) => call('/react', input),
    edit: (input) => call('/edit', input),
    revoke: (input) => call('/revoke', input),
    vote: (input) => call('/vote', input),
    seen: act('/seen'),
    presence: act('/presence'),
    phone: act('/phone'),
    group: (input) => call('/group', input),
    join: (input) => call('/join', input),
    channel: (input) => call('/channel', input),
    label: (input) => call('/label', input),
    call: (input) => call('/call', input),
    answer: act('/answer'),
    request: act('/request'),
    file: (input) => call('/file', input),
    fail: (input) => call('/fail', input),
    groupOf: (input) => call(`/group-of${query(input)}`),
    chatOf: async (input) => {
      const chat = await call<ChatView | { readonly none: true }>(`/chat-of${query(input)}`)
      return 'none' in chat ? null : chat
    },
    accountOf: (input) => call(`/account-of${query(input)}`),
    presenceOf: (input) => call(`/presence-of${query(input)}`),
    deliveries: (filter = {}) => call(`/deliveries${query(filter)}`),
    webhooks: act('/webhooks'),
    release: (input = {}) => call('/release', input),
    redeliver: act('/redeliver'),
    event: act('/event'),
    cause: act('/cause'),
    causes: () => call('/causes'),
    fault: (input) => call('/fault', input),
    account: (input) => call('/account', input),
    faults: () => call('/faults'),
    faultKinds: () => call('/fault-kinds'),
    stopFault: (input) => call('/stop-fault', input),
    clearFaults: () => act('/clear-faults')({}),
    set: act('/settings'),
    reset: () => act('/reset')({}),
    advance: (ms) => call('/advance', { ms }),
    clock: () => call('/clock'),
    pause: () => call('/pause', {}),
    resume: () => call('/resume', {}),
    runToIdle: (input = {}) => call('/run-to-idle', input),
    snapshot: () => call('/snapshot'),
    restore: (snapshot) => call('/restore', snapshot),
    scenario: (input) => call('/scenario', input),
    transcript: () => call('/transcript'),
    namespaces: () => call('/namespaces'),
    removeNamespace: act('/remove-namespace'),
  }
}
