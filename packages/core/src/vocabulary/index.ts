import type { MessageVerbs } from './message.ts'
import type { SessionVerbs } from './session.ts'

/** The portable verbs by namespace. One id, `session.stop`, drives types, CLI words, n8n operations, docs and conformance tests. */
export interface Vocabulary {
  session: SessionVerbs
  message: MessageVerbs
}

/** `session.stop`, `message.sendText`, ... */
export type VerbId = { [N in keyof Vocabulary & string]: `${N}.${keyof Vocabulary[N] & string}` }[keyof Vocabulary & string]

/** What one gateway has of the vocabulary. */
export type Capabilities = { readonly [N in keyof Vocabulary]?: Partial<Vocabulary[N]> }

/** The function behind a verb id. */
export type Verb<Id extends VerbId> = Id extends `${infer N extends keyof Vocabulary & string}.${infer V}`
  ? V extends keyof Vocabulary[N]
    ? Vocabulary[N][V]
    : never
  : never

/** A gateway that certainly has a verb. */
export type Has<Id extends VerbId> = Id extends `${infer N extends keyof Vocabulary & string}.${infer V}`
  ? { readonly [K in N]: V extends keyof Vocabulary[N] ? { [P in V]: Vocabulary[N][P] } : never }
  : never

/** Every verb, in the order of a session's life; complete by type. */
export const verbs: { readonly [N in keyof Vocabulary]: readonly (keyof Vocabulary[N] & string)[] } = {
  session: [
    'list',
    'get',
    'create',
    'update',
    'delete',
    'start',
    'stop',
    'restart',
    'logout',
    'reset',
    'qr',
    'requestPairingCode',
    'waitFor',
  ],
  message: ['sendText'],
}

/** Verbs with their `raw` narrowed to a vendor's types: `TypedVerbs<SessionVerbs, { get: Session }>`. */
export type TypedVerbs<Verbs, Raws extends { readonly [K in keyof Verbs]?: unknown }> = {
  readonly [K in keyof Raws & keyof Verbs]: Verbs[K] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Promise<Omit<Result, 'raw'> & { readonly raw: Raws[K] }>
    : never
}

/** All verb ids. */
export function verbIds(): VerbId[] {
  return Object.entries(verbs).flatMap(([namespace, names]) => names.map((name) => `${namespace}.${name}` as VerbId))
}
