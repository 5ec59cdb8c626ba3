import type { SessionInfo, SessionList } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { EXIT } from '../../errors/exit-codes.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { connect, type Target } from '../../gateway/connection.ts'
import { SESSION_COLUMNS } from '../../print/session.ts'
import { type Column, table } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'
import { createProgressLine, showWaiting } from '../../terminal/progress-line.ts'
import { hiderFor } from '../../verb/hide-secrets.ts'

/** A session, and whose it is. */
type Row = SessionInfo & { readonly gateway: string; readonly profile?: string }

/**
 * `wamux session list` where several gateways are set up: the sessions of all of them. A gateway that fails is reported on stderr, and the
 * others are still listed.
 *
 * @returns 1 when one of them failed
 */
export async function listEverywhere(targets: readonly Target[], context: Context): Promise<number | undefined> {
  const { values, terminal, paint, columns, say, signal } = context
  const waited = showWaiting(createProgressLine(terminal, values.is('quiet') || values.is('verbose')), `${targets.length} gateways`)
  const found = await Promise.allSettled(targets.map((target) => sessionsOf(target, context))).finally(waited)
  signal.throwIfAborted()
  const rows = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const failed = found.flatMap((one, index) => (one.status === 'rejected' ? [[targets[index], one.reason] as const] : []))
  for (const [target, reason] of failed) {
    const name = target?.profile ?? target?.gateway ?? ''
    // written also with --quiet: it is an error
    terminal.stderr.write(`${paint.red('error:')} ${name}: ${plainText(reason instanceof Error ? reason.message : String(reason))}\n`)
  }
  const whose: Column<Row> = { title: 'GATEWAY', text: ({ gateway, profile }) => profile ?? gateway }
  const shown: readonly Column<Row>[] = [whose, ...SESSION_COLUMNS]
  await context.printResult({ data: { sessions: rows }, rows, text: () => (rows.length > 0 ? table(rows, shown, paint, columns) : '') })
  if (rows.length === 0 && failed.length === 0) say('There is no session yet. Make one: wamux session create NAME --gateway GATEWAY')
  return failed.length > 0 ? EXIT.failure : undefined
}

async function sessionsOf(target: Target, context: Context): Promise<Row[]> {
  const { plugins, signal, values, transport, accessTo } = context
  const plugin = await plugins.open(target.gateway)
  const access = await accessTo(plugin.manifest, target)
  const gateway = await connect(plugin, access, await transport())
  const timeoutMs = values.ms('timeout')
  const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) }
  const whose = { gateway: target.gateway, ...(target.profile === undefined ? {} : { profile: target.profile }) }
  if (gateway.session?.list) {
    const hide = await hiderFor('session.list', plugin.manifest, context)
    const { sessions } = hide(await gateway.session.list({}, options)) as SessionList
    return sessions.map((one) => ({ ...whose, ...one }))
  }
  // Wawp cannot list sessions: its credentials belong to one
  const { instanceId } = access
  if (!gateway.session?.get || instanceId === undefined) throw new UsageError(`${plugin.manifest.name} cannot list its sessions.`)
  const hide = await hiderFor('session.get', plugin.manifest, context)
  return [{ ...whose, ...(hide(await gateway.session.get({ session: instanceId }, options)) as SessionInfo) }]
}
