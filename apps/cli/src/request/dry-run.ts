import type { Gateway, Manifest } from '@wamux/core'
import type { Context } from '../command/context.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { connect, type Target } from '../gateway/connection.ts'
import { capturingFetch, placeholderAccess } from './captured-request.ts'

/** One dry run. */
export interface DryRun {
  readonly plugin: { readonly manifest: Manifest; create(config: object): Gateway }
  readonly target: Target
  /** Names of body fields whose values are hidden. */
  readonly secrets: ReadonlySet<string>
  readonly context: Context
  /** True when the verb may send more requests than this first one. */
  readonly composed?: boolean
}

/**
 * Shows the HTTP request that a call would send. Nothing is sent, and no secret is read.
 *
 * @throws GatewayError when the input does not fit
 */
export async function showDryRun(
  { plugin, target, secrets, context, composed }: DryRun,
  call: (gateway: Gateway, signal: AbortSignal) => Promise<unknown>,
): Promise<number | undefined> {
  const { values, terminal, paint, say } = context
  const { fetch, captured, signal } = capturingFetch()
  const { manifest } = plugin
  const gateway = await connect(plugin, placeholderAccess(manifest, target.settings ?? {}, terminal.env), { fetch, retry: { attempts: 1 } })
  const failure = await call(gateway, signal).then(
    () => undefined,
    (error: unknown) => error,
  )
  const request = captured()
  // the call ended before its first request: the input was wrong
  if (!request) throw failure ?? new Error('No request would be made.')
  const { curlText, requestText, shownRequest } = await import('./show-request.ts')
  if (composed) say('Note: this verb is put together from several requests; this is the first one.')
  if (values.is('curl')) context.print(await curlText(request, manifest, secrets))
  else {
    const shown = await shownRequest(request, manifest, secrets)
    await context.printResult({ data: shown, text: () => requestText(shown, paint) })
  }
  return EXIT.ok
}
