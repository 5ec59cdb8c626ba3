import type { Operation } from '@wamux/core'
import type { Sources } from '../../command/read-sources.ts'
import type { Values } from '../../command/values.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { fieldsOf, hasWholeBody } from '../../operation/fields.ts'
import { isPathParameter, type UsedFlag } from '../../operation/flags.ts'
import { setPath, valueFor, valuesFor } from '../../operation/values.ts'
import { isRecord } from '../../output/fields.ts'

/** The input of a call. */
export interface OperationInput {
  /** By the names of the gateway's API. */
  readonly input: Record<string, unknown>
  /** Fields of `--body` that the document does not describe: sent unchanged. */
  readonly extra: Record<string, unknown>
}

/**
 * Builds the input of an operation from `--input-json`, `--body` and the flags. Later ones replace earlier ones.
 *
 * @throws UsageError for a file that cannot be read, and for invalid JSON
 */
export async function operationInput(
  operation: Operation,
  used: readonly UsedFlag[],
  values: Values,
  sources: Sources,
): Promise<OperationInput> {
  const input: Record<string, unknown> = {}
  const extra: Record<string, unknown> = {}
  const known = new Set(fieldsOf(operation).map(({ name }) => name))
  const all = values.text('input-json')
  if (all !== undefined) Object.assign(input, await objectFrom('input-json', all, sources))
  const body = values.text('body')
  if (body !== undefined) {
    if (hasWholeBody(operation)) input.body = await sources.json(body)
    else
      for (const [name, value] of Object.entries(await objectFrom('body', body, sources)))
        setPath(known.has(name) ? input : extra, [name], value)
  }
  for (const field of operation.parameters ?? []) {
    const text = isPathParameter(operation, field) ? values.text(field.name) : undefined
    if (text !== undefined) input[field.name] = await valueFor(text, field, sources)
  }
  for (const { name, target, negated } of used) {
    const texts = values.all(name)
    const value = negated ? false : texts.length === 0 ? true : await valuesFor(texts, target.shape, sources)
    setPath(input, target.path, value)
  }
  return { input, extra }
}

async function objectFrom(flag: string, text: string, sources: Sources): Promise<Record<string, unknown>> {
  const value = await sources.json(text)
  if (isRecord(value)) return value
  throw new UsageError(`--${flag} has to be a JSON object: {"name":"value"}.`)
}
