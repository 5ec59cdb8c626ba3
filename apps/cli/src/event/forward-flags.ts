import type { FlagSpec } from '../command/flags.ts'

/** Flags of the commands that forward events. */
export const FORWARD_FLAGS: Readonly<Record<string, FlagSpec>> = {
  'forward-to': { about: 'post each event there, signed with a secret of your own', value: 'url' },
  'print-secret': { about: 'print the secret that forwarded events are signed with, and exit' },
}
