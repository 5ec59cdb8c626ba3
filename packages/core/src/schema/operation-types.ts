/** Helpers that read one operation's types out of the generated interfaces; resolved one operation at a time to stay cheap. */

type Get<Source, Key extends string> = Source extends { [K in Key]?: infer Value } ? Exclude<Value, undefined> : never
type Known<Value> = [Value] extends [never] ? object : Value
type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T]

type ParametersOf<Types> = Get<Types, 'parameters'>
type PathOf<Types> = Known<Get<ParametersOf<Types>, 'path'>>
type QueryOf<Types> = Known<Get<ParametersOf<Types>, 'query'>>
type HeaderOf<Types> = Known<Get<ParametersOf<Types>, 'header'>>
type Contents<Body> = Body extends { content: infer Content } ? Content[keyof Content] : never

/** The request body's types over all its media types; `never` without a body. */
export type BodyOf<Types> = Contents<Get<Types, 'requestBody'>>

/** Statuses that mean success, as generated types name them. */
export type SuccessKey = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | '2XX'
type ContentsOfResponse<Response> = Response extends { content: infer Content }
  ? [Content] extends [never]
    ? undefined
    : Content extends Record<string, unknown>
      ? Content[keyof Content]
      : undefined
  : undefined

/** The type of a successful response's body; `undefined` for an operation without one. */
export type Success<Types> = unknown extends Types
  ? unknown
  : Types extends { responses: infer Responses }
    ? { [K in keyof Responses & SuccessKey]: ContentsOfResponse<Responses[K]> }[keyof Responses & SuccessKey]
    : unknown

/** Path, query, headers and body of an operation, each where HTTP has it. */
export type Parts<Types> = unknown extends Types
  ? { path?: Record<string, unknown>; query?: Record<string, unknown>; headers?: Record<string, unknown>; body?: unknown }
  : Part<'path', PathOf<Types>> & Part<'query', QueryOf<Types>> & Part<'headers', HeaderOf<Types>> & BodyPart<Types>

type Part<Name extends string, Value> = [RequiredKeys<Value>] extends [never] ? { [K in Name]?: Value } : { [K in Name]: Value }
type BodyPart<Types> = [BodyOf<Types>] extends [never]
  ? { body?: undefined }
  : Types extends { requestBody: object }
    ? { body: BodyOf<Types> }
    : { body?: BodyOf<Types> }

// an operation without input takes `{}` only. `T extends unknown` looks at each body type of a union alone: `keyof` of the whole union would
// be empty for bodies that share no field
type Filled<T> = T extends unknown ? ([keyof T] extends [never] ? Record<string, never> : T) : never
type Simplify<T> = { [K in keyof T]: T[K] }
type FlatBody<Body> = [Body] extends [never]
  ? object
  : Body extends readonly unknown[] | string | number | boolean | Blob | Uint8Array
    ? { body: Body }
    : Body

/** All inputs of an operation side by side, as `call()` takes them. */
export type FlatInput<Types> = unknown extends Types
  ? Record<string, unknown>
  : Types extends unknown
    ? Filled<Simplify<PathOf<Types> & QueryOf<Types> & HeaderOf<Types> & FlatBody<BodyOf<Types>>>>
    : never
