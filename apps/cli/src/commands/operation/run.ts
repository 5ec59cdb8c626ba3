import type { Operation } from '@wamux/core'
import type { Context } from '../../command/command.ts'
import { agreed } from '../../command/confirm.ts'
import { accessTo, chooseTarget, connect, type Target } from '../../gateway/connection.ts'
import { liveLine, showWaiting } from '../../terminal/progress-line.ts'
import { plainDataText } from '../../output/plain-data.ts'
import { wantsTrial } from '../../request/captured-request.ts'
import { sourcesFrom } from '../../command/read-sources.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { effectOf } from '../../verb/verb-spec.ts'
import { wordOf } from '../../command/case.ts'
import { dangerOf } from '../../operation/danger.ts'
import { type Meant, secretFields } from '../../operation/flags.ts'
import { nativeInput } from './input.ts'

/** Calls one operation of a gateway. @throws GatewayError, or UsageError before anything is sent */
export async function runNative(id: string, operation: Operation, used: readonly Meant[], context: Context): Promise<number | undefined> {
  const { values, terminal, plugins, signal, say } = context
  const target = targetFor(id, context)
  const title = `${id} ${operation.id.split('.').map(wordOf).join(' ')}`
  if (!wantsTrial(values)) refuseTerminal(operation, context)
  const plugin = await plugins.open(id)
  const { manifest } = plugin
  context.concerns({
    manifest,
    effect: effectOf(operation.safety),
    title,
    ...(target.profile === undefined ? {} : { profile: target.profile }),
  })
  const { input, extra } = await nativeInput(operation, used, values, sourcesFrom(terminal.stdin))
  const options = { signal, ...(Object.keys(extra).length > 0 ? { extra } : {}) }
  if (wantsTrial(values)) {
    const { showTrial } = await import('../../request/dry-run.ts')
    return showTrial({ plugin, target, secrets: secretFields(operation), context }, (gateway, ended) =>
      gateway.call(operation.id, input as never, { ...options, signal: ended }),
    )
  }
  const gateway = await connect(plugin, await accessTo(manifest, target, terminal.env), await context.wire())
  const danger = dangerOf(operation, input, manifest.name)
  const ended = danger && (await agreed(danger, context))
  if (ended !== undefined) return ended
  if (operation.evidence !== 'verified')
    say(`Note: ${operation.id} is ${operation.evidence === 'inferred' ? 'inferred' : 'known by its name only'}, not seen to work.`)
  // seen elsewhere is not seen here
  if (manifest.basis) say(`Note: ${manifest.basis.note}`)
  const timeoutMs = values.ms('timeout')
  const waited = showWaiting(liveLine(terminal, values.is('quiet') || values.is('verbose')), manifest.name)
  const call = { ...options, ...(timeoutMs === undefined ? {} : { timeoutMs }) }
  const answer = await gateway.call(operation.id, input as never, call).finally(waited)
  const { data, contentType } = answer as { readonly data: unknown; readonly contentType: string }
  await giveAnswer(data, contentType, context)
  return undefined
}

/** Shows what a gateway answered, or saves it. */
export async function giveAnswer(data: unknown, contentType: string, context: Context): Promise<void> {
  const { values, wanted, terminal, paint, columns, say } = context
  const out = values.text('out')
  if (out !== undefined) return (await import('../../output/save.ts')).saveBytes(out, data, contentType, say)
  if (data instanceof Uint8Array && !context.json) return (await import('../../output/save.ts')).writeBytes(data, contentType, terminal, say)
  if (data === undefined || data === '') {
    if (!context.json) say('Done.')
    if (wanted.format === 'json') context.print('null\n')
    return
  }
  await context.give({ data, text: () => plainDataText(data, paint, columns) })
}

function targetFor(id: string, { values, terminal, plugins }: Context): Target {
  const other = values.text('gateway')
  if (other !== undefined && other !== id) throw new UsageError(`This is an operation of ${id}: --gateway ${other} cannot be.`)
  return chooseTarget({ gateway: id, profile: values.text('profile') }, terminal.env, plugins)
}

// before the call: bytes would make the terminal unreadable
function refuseTerminal({ produces, id }: Operation, { values, terminal, json }: Context): void {
  // the first one is what is asked for
  const [type = 'application/json'] = produces
  const binary = !/json|^text\/|xml/.test(type)
  if (binary && !json && values.text('out') === undefined && terminal.stdout.isTTY === true) {
    throw new UsageError(`${id} answers with ${type}, which a terminal cannot show.`, 'Save it: --out FILE')
  }
}
