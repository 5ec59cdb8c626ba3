import { plainText } from './text-width.ts'

/** A word for a POSIX shell, in quotes where it needs them. */
export function shellQuote(word: string): string {
  const plain = plainText(word)
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", `'\\''`)}'`
}
