import type { Operation } from '@wamux/core'
import { kebabCase } from '../../command/case.ts'
import { confirmed, isConfirmed } from '../../command/confirm.ts'
import type { Context } from '../../command/context.ts'
import { createSources } from '../../command/read-sources.ts'
import { effectOf } from '../../command/subject.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { chooseTarget, connect, type Target } from '../../gateway/connection.ts'
import { accessNote, dangerOf } from '../../operation/consent.ts'
import { secretFields, type UsedFlag } from '../../operation/flags.ts'
import { printResponse, refuseSecretFile } from '../../operation/print-response.ts'
import { isDryRun } from '../../request/captured-request.ts'
import { createProgressLine, showWaiting } from '../../terminal/progress-line.ts'
import { operationInput } from './input.ts'

/** Calls one operation of a gateway. @throws GatewayError, or UsageError before anything is sent */
export async function runOperation(
  id: string,
  operation: Operation,
  used: readonly UsedFlag[],
  context: Context,
): Promise<number | undefined> {
  const { values, terminal, plugins, signal, say } = context
  const target = targetFor(id, context)
  const title = `${id} ${operation.id.split('.').map(kebabCase).join(' ')}`
  if (!isDryRun(values)) {
    refuseSecretFile(operation, context)
    refuseBinaryOnTerminal(operation, context)
  }
  const plugin = await plugins.open(id)
  const { manifest } = plugin
  context.setSubject({
    manifest,
    effect: effectOf(operation.safety),
    title,
    lookedFor: { thing: 'path', name: operation.path, verb: title },
    ...(target.profile === undefined ? {} : { profile: target.profile }),
  })
  const { input, extra } = await operationInput(operation, used, values, createSources(terminal))
  const options = { signal, ...(Object.keys(extra).length > 0 ? { extra } : {}) }
  if (isDryRun(values)) {
    const { showDryRun } = await import('../../request/dry-run.ts')
    return showDryRun({ plugin, target, secrets: secretFields(operation), context }, (gateway, ended) =>
      gateway.call(operation.id, input as never, { ...options, signal: ended }),
    )
  }
  const gateway = await connect(plugin, await context.accessTo(manifest, target), await context.transport())
  const danger = dangerOf(operation, { ...extra, ...input }, manifest.name)
  const ended = danger && (await confirmed(danger, context))
  if (ended !== undefined) return ended
  const note = accessNote(operation)
  if (note && !isConfirmed(values)) say(note)
  if (operation.evidence !== 'verified')
    say(`Note: ${operation.id} is ${operation.evidence === 'inferred' ? 'inferred' : 'known by its name only'}, not seen to work.`)
  // some plugins are described from another gateway of the same kind and were never tried themselves
  if (manifest.basis) say(`Note: ${manifest.basis.note}`)
  const timeoutMs = values.ms('timeout')
  const waited = showWaiting(createProgressLine(terminal, values.is('quiet') || values.is('verbose')), manifest.name)
  const call = { ...options, ...(timeoutMs === undefined ? {} : { timeoutMs }) }
  const answer = await gateway.call(operation.id, input as never, call).finally(waited)
  const { data, contentType } = answer as { readonly data: unknown; readonly contentType: string }
  await printResponse(data, contentType, operation, context)
  return undefined
}

function targetFor(id: string, { values, terminal, plugins }: Context): Target {
  const other = values.text('gateway')
  if (other !== undefined && other !== id) throw new UsageError(`This is an operation of ${id}: --gateway ${other} cannot be.`)
  return chooseTarget({ gateway: id, profile: values.text('profile') }, terminal.env, plugins)
}

// refused before the call, because bytes would make the terminal unreadable
function refuseBinaryOnTerminal({ produces, id }: Operation, { values, terminal, json }: Context): void {
  // the first type is the one that the request asks for
  const [type = 'application/json'] = produces
  const binary = !/json|^text\/|xml/.test(type)
  if (binary && !json && values.text('out') === undefined && terminal.stdout.isTTY === true) {
    throw new UsageError(`${id} answers with ${type}, which a terminal cannot show.`, 'Save it: --out FILE')
  }
}
