import type { Operation } from '@wamux/core'
import type { Values } from '../../command/parse-args.ts'
import { isRecord } from '../../output/fields.ts'
import type { Sources } from '../../command/read-sources.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { fieldsOf, hasWholeBody } from '../../operation/fields.ts'
import { isPathParameter, type Meant } from '../../operation/flags.ts'
import { putAt, valueFor, valuesFor } from '../../operation/values.ts'

/** What goes to the gateway. */
export interface NativeInput {
  /** By the names of the API, as `call` takes it. */
  readonly input: Record<string, unknown>
  /** Fields of `--body` that the document does not know: sent as they are. */
  readonly extra: Record<string, unknown>
}

/**
 * Puts the input of an operation together: `--input-json`, then `--body`, then the flags, each over what is before it.
 *
 * @throws UsageError for a file that cannot be read, or JSON that is none
 */
export async function nativeInput(operation: Operation, used: readonly Meant[], values: Values, sources: Sources): Promise<NativeInput> {
  const input: Record<string, unknown> = {}
  const extra: Record<string, unknown> = {}
  const known = new Set(fieldsOf(operation).map(({ name }) => name))
  const all = values.text('input-json')
  if (all !== undefined) Object.assign(input, await objectFrom('input-json', all, sources))
  const body = values.text('body')
  if (body !== undefined) {
    if (hasWholeBody(operation)) input.body = await sources.json(body)
    else
      for (const [name, value] of Object.entries(await objectFrom('body', body, sources))) (known.has(name) ? input : extra)[name] = value
  }
  for (const field of operation.parameters ?? []) {
    const text = isPathParameter(operation, field) ? values.text(field.name) : undefined
    if (text !== undefined) input[field.name] = await valueFor(text, field, sources)
  }
  for (const { name, slot, negated } of used) {
    const texts = values.all(name)
    const value = negated ? false : texts.length === 0 ? true : await valuesFor(texts, slot.shape, sources)
    putAt(input, slot.path, value)
  }
  return { input, extra }
}

async function objectFrom(flag: string, text: string, sources: Sources): Promise<Record<string, unknown>> {
  const value = await sources.json(text)
  if (isRecord(value)) return value
  throw new UsageError(`--${flag} has to be a JSON object: {"name":"value"}.`)
}
