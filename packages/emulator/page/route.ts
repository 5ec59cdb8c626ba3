import { signal } from '@preact/signals'

/** The parts of the page; each is the first word of the address behind `#/`. */
export const PARTS = ['chats', 'sessions', 'requests', 'webhooks', 'controls'] as const
export type Part = (typeof PARTS)[number]

export interface Route {
  readonly part: Part
  /** What follows, decoded: phone and chat, id of a request. */
  readonly ids: readonly string[]
}

function read(): Route {
  const [first = '', ...ids] = location.hash.replace(/^#\/?/, '').split('/')
  const part = PARTS.find((one) => one === first) ?? 'chats'
  return { part, ids: ids.filter((id) => id !== '').map(decode) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const route = signal<Route>(read())
addEventListener('hashchange', () => {
  route.value = read()
})

export function linkTo(part: Part, ...ids: readonly (string | number)[]): string {
  return `#/${[part, ...ids.map((id) => encodeURIComponent(id))].join('/')}`
}

export function go(part: Part, ...ids: readonly (string | number)[]): void {
  location.hash = linkTo(part, ...ids)
}
