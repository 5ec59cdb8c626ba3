import type { Context } from '../command/context.ts'
import { plainDataText } from '../output/plain-data.ts'

/** Prints the response of a gateway, or saves it with `--out`. */
export async function printResponse(data: unknown, contentType: string, context: Context): Promise<void> {
  const { values, output, terminal, paint, columns, say } = context
  const out = values.text('out')
  if (out !== undefined) return (await import('../output/save.ts')).saveBytes(out, data, contentType, say)
  if (data instanceof Uint8Array && !context.json) return (await import('../output/save.ts')).writeBytes(data, contentType, terminal, say)
  if (data === undefined || data === '') {
    if (!context.json) say('Done.')
    if (output.format === 'json') context.print('null\n')
    return
  }
  await context.printResult({ data, text: () => plainDataText(data, paint, columns) })
}
