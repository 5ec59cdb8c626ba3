export interface MediaFacts {
  /** `image/png`; found by the file name or the kind of message where it is left out. */
  readonly mimetype?: string
  readonly filename?: string
}

/** A file to send: where it is, its bytes, or its bytes as base64 text. */
export type Media = MediaFacts &
  (
    | {
        /** http(s). The gateway fetches it, not wamux. */
        readonly url: string
        readonly data?: never
        readonly base64?: never
      }
    | {
        /** A stream can be read once: a call with one is never repeated. */
        readonly data: Uint8Array | Blob | ReadableStream<Uint8Array>
        readonly url?: never
        readonly base64?: never
      }
    | {
        /** Also as a `data:` URL. */
        readonly base64: string
        readonly url?: never
        readonly data?: never
      }
  )
