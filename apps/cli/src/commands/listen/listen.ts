import type { GatewayEvent, WebSocketConstructor } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { typesFrom } from '../../event/event-types.ts'
import { forwarderFor, localSecret } from '../../event/forward.ts'
import { printEvent } from '../../event/print-event.ts'
import { chooseTarget, connect, resolveAccess } from '../../gateway/connection.ts'
import { webhookEvents } from './webhook-server.ts'

/** How `subscribe` is told that all sessions are meant. */
const ALL_SESSIONS = '*'

/** `wamux listen` */
export async function listen(context: Context): Promise<undefined> {
  const { values, terminal, plugins, signal, setSubject, print, say } = context
  if (values.is('print-secret')) return void print(`${localSecret(terminal.env)}\n`)
  const forwarder = await forwarderFor(context)
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const types = await typesFrom(values.text('events'))
  const plugin = await plugins.open(target.gateway)
  const session = values.is('all') ? ALL_SESSIONS : values.text('session')
  setSubject({
    manifest: plugin.manifest,
    effect: 'read',
    title: 'listen',
    ...(session === undefined || session === ALL_SESSIONS ? {} : { session }),
  })
  let events: AsyncIterable<GatewayEvent>
  if (values.text('port') !== undefined) {
    events = webhookEvents(target.gateway, context)
  } else {
    if (session === undefined) throw new UsageError('wamux listen: <session> is missing.', 'Say --all for the events of all sessions.')
    const gateway = await connect(plugin, await resolveAccess(plugin.manifest, target, terminal.env), await context.transport())
    const { requireVerb } = await import('@wamux/core')
    // fails now when the session does not exist, not at the first poll
    if (session === ALL_SESSIONS) await requireVerb(gateway, 'session.list')({}, { signal })
    else await requireVerb(gateway, 'session.get')({ session }, { signal })
    const [since, intervalMs] = [values.ms('since'), values.ms('interval')]
    // Node has one from version 22 on
    const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket
    events = gateway.events.subscribe({
      session,
      signal,
      WebSocket: WebSocket as WebSocketConstructor,
      ...(types ? { types } : {}),
      ...(values.text('via') ? { via: values.text('via') as 'socket' | 'poll' } : {}),
      ...(since === undefined ? {} : { since: Date.now() - since }),
      ...(intervalMs === undefined ? {} : { intervalMs }),
    })
    say(`Listening to ${session === ALL_SESSIONS ? 'all sessions' : session} of ${plugin.manifest.name}. Ctrl-C ends it.`)
  }
  for await (const event of events) {
    if (!types || types.includes(event.type)) await printEvent(event, context, forwarder)
  }
}
