import type { MediaContent } from '@wamux/core'
import { saveBytes, writeBytes } from '../../output/save.ts'
import type { View } from '../../verb/verb-spec.ts'

/** Saves the file of a message with `--out`, or writes its bytes to a pipe. @returns an empty text */
export async function saveMedia({ data, mimetype = '' }: MediaContent, { values, say, terminal }: View): Promise<string> {
  const out = values.text('out')
  if (out !== undefined) await saveBytes(out, data, mimetype, say)
  else writeBytes(data, mimetype, terminal, say)
  return ''
}
