import type { Manifest, VerbId } from '@wamux/core'
import type { Context } from '../command/context.ts'
import { hideInRaw } from '../operation/secret-answer.ts'
import { secretFieldsOf } from '../operation/secret-fields.ts'

/** A result as it may be shown. */
export type Hide = (result: unknown) => unknown

/** Hides secrets in the results of a verb: our own credentials, and what the documents mark in the gateway's own answer. */
export async function hiderFor(id: VerbId, manifest: Manifest, context: Context): Promise<Hide> {
  if (context.values.is('show-secrets')) return (result) => result
  // the gateway's own answer is printed with the data only
  const fields = context.json ? await secretFieldsOf(id, manifest, context.plugins, context.terminal.env) : []
  const names = fields && new Set(fields)
  return (result) => context.withoutSecrets(names?.size === 0 ? result : hideInRaw(result, names))
}
