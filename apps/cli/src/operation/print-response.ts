import type { Operation } from '@wamux/core'
import type { Context } from '../command/context.ts'
import { UsageError } from '../errors/usage-error.ts'
import { plainDataText } from '../output/plain-data.ts'
import { withoutSecretAnswer } from './secret-answer.ts'

/**
 * Refuses to save an answer that is secret as a whole, before anything is sent: a file without the secrets would be of no use.
 *
 * @throws UsageError
 */
export function refuseSecretFile(operation: Operation | undefined, { values }: Context): void {
  if (!operation?.secretAnswer || values.text('out') === undefined || values.is('show-secrets')) return
  throw new UsageError(`Everything that ${operation.id} answers is secret.`, 'To print or save it: --show-secrets')
}

/**
 * Prints the response of a gateway, or saves it with `--out`. What is secret in it is hidden, unless `--show-secrets` is given.
 *
 * @param operation what was called; undefined when it is not known
 */
export async function printResponse(
  answer: unknown,
  contentType: string,
  operation: Operation | undefined,
  context: Context,
): Promise<void> {
  const { values, output, terminal, paint, columns, say } = context
  const data = values.is('show-secrets') ? answer : context.withoutSecrets(operation ? withoutSecretAnswer(answer, operation) : answer)
  if (operation?.secretAnswer && data !== answer) say('The answer is secret: --show-secrets shows it.')
  else if (operation?.secretFields && !values.is('show-secrets')) say('Secrets in the answer are hidden: --show-secrets shows them.')
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
