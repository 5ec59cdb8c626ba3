import { signal } from '@preact/signals'

/** What the page says at its lower edge, for some seconds. */
export interface Notice {
  readonly id: number
  readonly text: string
  readonly bad: boolean
}

export const notices = signal<readonly Notice[]>([])
const SHOWN_MS = 5_000
let made = 0

export function say(text: string, bad = false): void {
  made += 1
  const id = made
  notices.value = [...notices.value.slice(-2), { id, text, bad }]
  setTimeout(() => dismiss(id), SHOWN_MS)
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((one) => one.id !== id)
}

/** Asks for something to show. */
export async function look<Answer>(name: string, query: object = {}, signal?: AbortSignal): Promise<Answer> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return answerOf(await fetch(`/_emulator/page/${name}?${new URLSearchParams(given)}`, signal ? { signal } : {}))
}

/** Asks the control of the emulator for something. */
export async function lookUp<Answer>(name: string): Promise<Answer> {
  return answerOf(await fetch(`/_emulator/${name}`))
}

/** Does something through the page's own part of the server. Says why when it is refused. */
export function act<Answer = unknown>(name: string, input: object): Promise<Answer | undefined> {
  return post(`/_emulator/page/${name}`, input)
}

/** Does something through the control of the emulator. Says why when it is refused. */
export function control<Answer = unknown>(name: string, input: object): Promise<Answer | undefined> {
  return post(`/_emulator/${name}`, input)
}

async function post<Answer>(path: string, input: object): Promise<Answer | undefined> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }
  try {
    return await answerOf<Answer>(await fetch(path, init))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), true)
    return undefined
  }
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const answer = (await response.json().catch(() => undefined)) as (Answer & { error?: { message?: string } }) | undefined
  if (response.ok && answer !== undefined) return answer
  throw new Error(answer?.error?.message ?? `the emulator answered ${response.status}`)
}

export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(`${what} copied.`)
  } catch {
    say('The browser did not allow the page to copy.', true)
  }
}
