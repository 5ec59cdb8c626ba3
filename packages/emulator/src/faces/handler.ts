import type { Answer } from '../wire/answer.ts'
import type { HeaderReader } from '../wire/request.ts'
/** A request to a face. */
export interface Call {
  readonly headers: HeaderReader
  readonly method: string
  /** Path below the face's mount point. */
  readonly path: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  /** The JSON body; an empty object when there is none, or none that the gateway reads. */
  readonly body: Readonly<Record<string, unknown>>
  /** A body of form fields and files; absent when it is of another kind. */
  readonly form: FormData | undefined
  /** The raw body. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

export type Handler = (call: Call) => Answer | Promise<Answer>
