/** True for what a header may have as its value: no line breaks, no other control characters, nothing beyond Latin-1. */
export function isHeaderText(text: unknown): text is string {
  return typeof text === 'string' && /^[\x20-\x7e\x80-\xff]*$/.test(text)
}

/** True for what may be the name of a header. */
export function isHeaderName(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name)
}
