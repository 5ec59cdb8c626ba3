/** What is known of a file. */
export interface MediaFacts {
  /**
   * Media type: `image/png`. Default: by the extension of the file name, then by the type that the data itself names, then by the kind of
   * message.
   */
  readonly mimetype?: string
  /** File name that the recipient sees. Default: none. */
  readonly filename?: string
}

/** A file to send: where it is, its bytes, or its bytes as base64 text. */
export type Media = MediaFacts &
  (
    | {
        /** http(s) address. The gateway fetches it, not wamux. */
        readonly url: string
        readonly data?: never
        readonly base64?: never
      }
    | {
        /** The bytes. A stream can be read only once, so a call with a stream is never repeated. */
        readonly data: Uint8Array | Blob | ReadableStream<Uint8Array>
        readonly url?: never
        readonly base64?: never
      }
    | {
        /** Base64 text, or a `data:` URL. */
        readonly base64: string
        readonly url?: never
        readonly data?: never
      }
  )
