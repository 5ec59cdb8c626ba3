import type { Gateway, Manifest } from '@wamux/core'
import type { Context } from '../command/command.ts'
import { connect, type Target } from '../gateway/connection.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { trialAccess, trialFetch } from './captured-request.ts'

/** What is tried. */
export interface TrialRun {
  readonly plugin: { readonly manifest: Manifest; create(config: object): Gateway }
  readonly target: Target
  /** Names of body fields whose values are hidden. */
  readonly secrets: ReadonlySet<string>
  readonly context: Context
  /** There may be more requests after the first one. */
  readonly composed?: boolean
}

/**
 * Shows the HTTP request that a call would make. Nothing is sent, no credentials are looked up.
 *
 * @throws GatewayError when the input does not fit
 */
export async function showTrial(
  { plugin, target, secrets, context, composed }: TrialRun,
  call: (gateway: Gateway, signal: AbortSignal) => Promise<unknown>,
): Promise<number | undefined> {
  const { values, terminal, paint, say } = context
  const { fetch, seen, signal } = trialFetch()
  const { manifest } = plugin
  const gateway = await connect(plugin, trialAccess(manifest, target.settings ?? {}, terminal.env), { fetch, retry: { attempts: 1 } })
  const failure = await call(gateway, signal).then(
    () => undefined,
    (error: unknown) => error,
  )
  const trial = seen()
  // without a request it was the input that was wrong
  if (!trial) throw failure ?? new Error('No request would be made.')
  const { curlText, requestText, shownRequest } = await import('./show-request.ts')
  if (composed) say('Note: this verb is put together from several requests; this is the first one.')
  if (values.is('curl')) context.print(await curlText(trial, manifest, secrets))
  else {
    const shown = await shownRequest(trial, manifest, secrets)
    await context.give({ data: shown, text: () => requestText(shown, paint) })
  }
  return EXIT.ok
}
