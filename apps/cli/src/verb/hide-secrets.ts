import type { VerbId } from '@wamux/core'
import type { Context } from '../command/context.ts'
import { hideInRaw } from '../operation/secret-answer.ts'

/** A result as it may be shown. */
export type Hide = (result: unknown) => unknown

/** Hides secrets in the results of a verb: our own credentials, and what the documents mark in the gateway's own answer. */
export async function hiderFor(id: VerbId, gateway: string, context: Context): Promise<Hide> {
  if (context.values.is('show-secrets')) return (result) => result
  // the gateway's own answer is printed with the data only; its table is large
  // a plugin of somebody else may come without a table
  const table = context.json ? await context.plugins.operations(gateway).catch(() => undefined) : undefined
  const all = Object.values(table?.operations ?? {})
  const own = all.filter(({ capability }) => capability === id)
  // a verb that is put together may have asked any operation
  const names = new Set((own.length > 0 ? own : all).flatMap(({ secretFields = [] }) => secretFields))
  return (result) => context.withoutSecrets(names.size > 0 ? hideInRaw(result, names) : result)
}
