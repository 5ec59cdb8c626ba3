import type { SessionOf } from '@wamux/core'

/** The session of a request to Wawp: its instance, which every request names. */
export const sessionOf: SessionOf = (_draft, field) => field('instance_id')
