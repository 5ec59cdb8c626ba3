import type { CallOptions, FlatInput, Route, Success, TypedVerbs, VerbImplementations } from '@wamux/core'
import type { Fields } from '../fields/fields.ts'
import type { EngineGateway, EngineRoute } from './calls.ts'

/** Sent where an operation needs nothing but its session. */
export type Nothing = Record<never, never>

/** A route for each name under which a namespace's verbs send something. */
export type RoutesOf<Sent> = { readonly [K in keyof Sent]: EngineRoute }

type SessionField = 'session' | 'instance_id'
type WithoutSession<Input> = Input extends unknown ? Omit<Input, SessionField> : never
type Names<Input> = Input extends unknown ? keyof Input : never
type Takes<Types, Sent, Input = WithoutSession<FlatInput<Types>>> = [Exclude<keyof Sent, Names<Input>>] extends [never]
  ? Sent extends Input
    ? unknown
    : { readonly 'the operation needs other fields': Input }
  : { readonly 'the operation has no field': Exclude<keyof Sent, Names<Input>> }

/** The same routes when each takes exactly what the verbs send; otherwise a type that no route fits, so that it does not compile. */
export type Taking<Routes, Sent> = {
  readonly [K in keyof Routes]: K extends keyof Sent ? (Routes[K] extends Route<infer Types> ? Takes<Types, Sent[K]> : never) : unknown
}

type AnswerOf<OneRoute> = OneRoute extends Route<infer Types> ? Success<Types> : never
/** The result of `get`: never empty, and one row where the operation returns a list. */
type Found<Answer> = NonNullable<Answer> extends readonly (infer Row)[] ? Row : NonNullable<Answer>
type RawOf<Routes, K extends keyof Routes, Also> =
  | (K extends 'get' ? Found<AnswerOf<Routes[K]>> : AnswerOf<Routes[K]>)
  | (K extends keyof Also ? AnswerOf<Routes[Also[K] & keyof Routes]> : never)

/**
 * The verbs that a table of routes makes, with `raw` as the vendor's operations answer.
 *
 * `Also` names the further routes of a verb that has several.
 */
export type EngineVerbs<Verbs, Routes, Also = object> = VerbImplementations<VerbsOf<Verbs, Routes, Also>>
type VerbsOf<Verbs, Routes, Also, All = AllVerbs<Verbs, Routes, Also>> = Pick<All, Extract<keyof All, keyof Routes>>
type AllVerbs<Verbs, Routes, Also> = TypedVerbs<Verbs, { [K in keyof Verbs]: K extends keyof Routes ? RawOf<Routes, K, Also> : never }>

/** Sends what a namespace's verbs send, by the name that the route has in the table. */
export type Request<Sent> = <K extends keyof Sent>(name: K, session: string, fields: Sent[K], options?: CallOptions) => Promise<unknown>

/** The function that a namespace's verbs send through. */
export function requestsOf<Sent>({ call }: EngineGateway, routes: RoutesOf<Sent>): Request<Sent> {
  return (name, session, fields, options) => call(routes[name], session, fields as Fields, options)
}
