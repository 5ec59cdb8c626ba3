import type { EventType, GatewayEvent } from '@wamux/core'
import type { Context } from '../../command/command.ts'
import { accessTo, chooseTarget, connect } from '../../gateway/connection.ts'
import { didYouMean } from '../../errors/did-you-mean.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { forwarderFor, localSecret } from '../../event/forward.ts'
import { incomingEvents } from './webhook-server.ts'
import { tellEvent } from '../../event/print-event.ts'

/** `wamux listen` */
export async function listen(context: Context): Promise<undefined> {
  const { values, terminal, plugins, signal, concerns, print, say } = context
  if (values.is('print-secret')) return void print(`${localSecret(terminal.env)}\n`)
  const forwarder = await forwarderFor(context)
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const types = await typesFrom(values.text('events'))
  const plugin = await plugins.open(target.gateway)
  const session = values.text('session')
  concerns({ manifest: plugin.manifest, effect: 'read', title: 'listen', ...(session === undefined ? {} : { session }) })
  let events: AsyncIterable<GatewayEvent>
  if (values.text('port') !== undefined) {
    events = incomingEvents(target.gateway, context)
  } else {
    if (session === undefined) throw new UsageError('wamux listen: <session> is missing.', 'Only with --port events of all sessions come.')
    const gateway = await connect(plugin, await accessTo(plugin.manifest, target, terminal.env), await context.wire())
    // a session that does not exist is told now, not after the first look
    await (await import('@wamux/core')).demand(gateway, 'session.get')({ session }, { signal })
    const [since, intervalMs] = [values.ms('since'), values.ms('interval')]
    events = gateway.events.subscribe({
      session,
      signal,
      ...(types ? { types } : {}),
      ...(values.text('via') ? { via: values.text('via') as 'socket' | 'look' } : {}),
      ...(since === undefined ? {} : { since: Date.now() - since }),
      ...(intervalMs === undefined ? {} : { intervalMs }),
    })
    say(`Listening to ${session} of ${plugin.manifest.name}. Ctrl-C ends it.`)
  }
  for await (const event of events) {
    if (!types || types.includes(event.type)) await tellEvent(event, context, forwarder)
  }
}

/** Types of events as they are written on the command line. @throws UsageError */
export async function typesFrom(text: string | undefined): Promise<readonly EventType[] | undefined> {
  if (text === undefined) return undefined
  const { eventTypes } = await import('@wamux/core')
  const known: readonly string[] = eventTypes
  return text.split(',').map((one) => {
    if (known.includes(one)) return one as EventType
    const near = didYouMean(one, known)
    throw new UsageError(`There is no type of event "${one}".`, near ? `Did you mean ${near}?` : 'See: wamux events types')
  })
}
