import type { Overlay } from './overlay.ts'

/** Name of the parameter that chooses the session; nothing where the credential names it. */
export function sessionParameterOf({ lists }: Overlay): string | undefined {
  return Object.values(lists.chat?.needs ?? {})[0]
}
