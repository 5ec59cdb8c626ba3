import type { VerbId } from '@wamux/core'
import type { Context } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { chooseGateway, loadManifest, openGateway } from './gateways.ts'
import { liveLine } from './live.ts'
import { jsonText } from './print/json.ts'
import { readSources } from './read-sources.ts'
import type { AnyVerbSpec, View } from './verbs/verb-spec.ts'
import { wireLog } from './wire-log.ts'

/** Runs one verb on the gateway that is meant. @throws GatewayError, or UsageError before anything is sent */
export async function runVerb(id: VerbId, spec: AnyVerbSpec, context: Context): Promise<number | undefined> {
  const { values: given, terminal, signal, json } = context
  const asked = given.text('gateway')
  const manifest = await loadManifest(chooseGateway(asked, terminal.env))
  const session = given.text('session')
  context.concerns({ manifest, effect: spec.effect, ...(session === undefined ? {} : { session }) })
  const core = import('@wamux/core')
  if (!(id in manifest.capabilities)) throw (await core).absent(manifest, id)

  const fetch = given.is('verbose') ? wireLog(context.detail) : undefined
  const gateway = await openGateway(manifest, terminal.env, fetch ? { fetch } : {})
  const verb = (await core).demand(gateway, id) as (input: object, options: object) => Promise<unknown>
  const danger = spec.danger?.(given)
  if (danger !== undefined && !given.is('yes')) {
    const { confirm } = await import('./confirm.ts')
    const answer = await confirm(danger, given.required('session'), terminal, signal)
    if (answer !== 'yes') {
      context.say('Nothing was done.')
      return answer === 'interrupted' ? EXIT.interrupted : EXIT.failure
    }
  }

  const values = await readSources(spec, given, terminal.stdin)
  const live = liveLine(terminal, given.is('verbose'))
  const timeoutMs = spec.waits ? undefined : values.ms('timeout')
  const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }), ...spec.options?.(live) }
  const result = await verb(spec.input(values, live), options).finally(live.clear)

  const gatewayFlag = asked === undefined ? '' : ` --gateway ${manifest.id}`
  const { paint, columns, say } = context
  const view: View = { values, manifest, paint, columns, live, gatewayFlag, say }
  if (json) context.print(`${jsonText(spec.data ? await spec.data(result, view) : result)}\n`)
  else context.print(await spec.print(result, view))
  return undefined
}
