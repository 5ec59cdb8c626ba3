/** What a command writes to. */
export interface Output {
  write(text: string | Uint8Array): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  /** Writes text with cursor movements of wamux itself; where it is absent, `write` does. */
  draw?(text: string): unknown
  /** The stream itself, for a library that edits lines on it. */
  readonly stream?: Output
}
