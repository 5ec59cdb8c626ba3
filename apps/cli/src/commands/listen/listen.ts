import type { GatewayEvent } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { typesFrom } from '../../event/event-types.ts'
import { forwarderFor, localSecret } from '../../event/forward.ts'
import { printEvent } from '../../event/print-event.ts'
import { chooseTarget, connect, resolveAccess } from '../../gateway/connection.ts'
import { webhookEvents } from './webhook-server.ts'

/** `wamux listen` */
export async function listen(context: Context): Promise<undefined> {
  const { values, terminal, plugins, signal, setSubject, print, say } = context
  if (values.is('print-secret')) return void print(`${localSecret(terminal.env)}\n`)
  const forwarder = await forwarderFor(context)
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const types = await typesFrom(values.text('events'))
  const plugin = await plugins.open(target.gateway)
  const session = values.text('session')
  setSubject({ manifest: plugin.manifest, effect: 'read', title: 'listen', ...(session === undefined ? {} : { session }) })
  let events: AsyncIterable<GatewayEvent>
  if (values.text('port') !== undefined) {
    events = webhookEvents(target.gateway, context)
  } else {
    if (session === undefined) throw new UsageError('wamux listen: <session> is missing.', 'Only with --port events of all sessions come.')
    const gateway = await connect(plugin, await resolveAccess(plugin.manifest, target, terminal.env), await context.transport())
    // fails now when the session does not exist, not at the first poll
    await (await import('@wamux/core')).requireVerb(gateway, 'session.get')({ session }, { signal })
    const [since, intervalMs] = [values.ms('since'), values.ms('interval')]
    events = gateway.events.subscribe({
      session,
      signal,
      ...(types ? { types } : {}),
      ...(values.text('via') ? { via: values.text('via') as 'socket' | 'poll' } : {}),
      ...(since === undefined ? {} : { since: Date.now() - since }),
      ...(intervalMs === undefined ? {} : { intervalMs }),
    })
    say(`Listening to ${session} of ${plugin.manifest.name}. Ctrl-C ends it.`)
  }
  const { createIdentities, happenedIn } = await import('@wamux/core')
  const chats = await chatsFrom(values.text('chat'))
  const identities = createIdentities()
  for await (const event of events) {
    identities.learnFrom(event)
    if (chats && !happenedIn(event, chats, identities)) continue
    if (!types || types.includes(event.type)) await printEvent(event, context, forwarder)
  }
}

/** The chats of `--chat` as JIDs. @throws GatewayError `invalid_request` for what is none */
async function chatsFrom(value: string | undefined): Promise<readonly string[] | undefined> {
  if (value === undefined) return undefined
  const { parseAddress, toJid } = await import('@wamux/core')
  return value.split(',').map((one) => toJid(parseAddress(one, 'chat')))
}
