import type { SupervisionReport } from '@wamux/core/supervise'
import type { Context } from '../../command/context.ts'
import { countFrom } from '../../command/values.ts'
import { chooseTarget, connect } from '../../gateway/connection.ts'
import { plainText } from '../../print/text-width.ts'
import type { Paint } from '../../terminal/terminal.ts'

/** `wamux session supervise` */
export async function supervise(context: Context): Promise<undefined> {
  const { values, terminal, plugins, signal, setSubject, json, printResult, print, paint, say } = context
  const given = values.text('restarts')
  const maxRestarts = given === undefined ? undefined : countFrom('restarts', given, 999)
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const plugin = await plugins.open(target.gateway)
  setSubject({ manifest: plugin.manifest, effect: 'change', title: 'session supervise' })
  const gateway = await connect(plugin, await context.accessTo(plugin.manifest, target), await context.transport())
  const { superviseSessions } = await import('@wamux/core/supervise')
  const sessions = values.list('sessions')
  const [stopIdleMs, stuckMs, intervalMs] = [values.ms('stop-idle'), values.ms('stuck'), values.ms('interval')]
  say(`Looking after ${sessions?.join(', ') ?? 'all sessions'} of ${plugin.manifest.name}. Ctrl-C ends it.`)
  const reports = superviseSessions(gateway, {
    signal,
    ...(sessions?.length ? { sessions } : {}),
    ...(stopIdleMs === undefined ? {} : { stopIdleMs }),
    ...(stuckMs === undefined ? {} : { stuckMs }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
    ...(maxRestarts === undefined ? {} : { maxRestarts }),
  })
  for await (const report of reports) {
    if (json) await printResult({ data: report, text: () => '' })
    else print(`${reportLine(report, paint)}\n`)
  }
}

const COLOURS: Readonly<Record<SupervisionReport['action'], 'green' | 'yellow' | 'red'>> = {
  restarted: 'green',
  stopped: 'green',
  noticed: 'yellow',
  gave_up: 'red',
  failed: 'red',
}

function reportLine({ at, session, action, reason }: SupervisionReport, paint: Paint): string {
  const time = paint.dim(new Date(at).toTimeString().slice(0, 8))
  return `${time} ${paint.bold(plainText(session || '—'))}  ${paint[COLOURS[action]](action.replace('_', ' '))}: ${plainText(reason)}`
}
