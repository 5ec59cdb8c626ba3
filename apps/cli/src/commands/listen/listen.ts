import type { GatewayEvent, WebSocketConstructor } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { typesFrom } from '../../event/event-types.ts'
import { forwarderFor, localSecret } from '../../event/forward.ts'
import { printEvent } from '../../event/print-event.ts'
import { chooseTarget, connect } from '../../gateway/connection.ts'
import type { Output } from '../../terminal/terminal.ts'
import { namedSession, onlySession } from '../../verb/default-session.ts'
import { receiveWebhooks } from './webhook-server.ts'

/** The session name by which `subscribe` means all sessions. */
const ALL_SESSIONS = '*'

/** `wamux listen` */
export async function listen(context: Context): Promise<undefined> {
  const { values, terminal, plugins, setSubject, print, say } = context
  const limit = values.ms('timeout')
  const signal = limit === undefined ? context.signal : AbortSignal.any([context.signal, AbortSignal.timeout(limit)])
  if (values.is('print-secret')) return void print(`${localSecret(terminal.env)}\n`)
  const forwarder = await forwarderFor(context)
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const types = await typesFrom(values.text('events'))
  const plugin = await plugins.open(target.gateway)
  const named = () => (values.text('port') === undefined ? namedSession(target, terminal.env)?.session : undefined)
  let session = values.is('all') ? ALL_SESSIONS : (values.text('session') ?? named())
  const about = { manifest: plugin.manifest, effect: 'read', title: 'listen' } as const
  setSubject(session === undefined || session === ALL_SESSIONS ? about : { ...about, session })
  const chats = await chatsFrom(values.text('chat'))
  const { createIdentities, happenedIn } = await import('@wamux/core')
  const identities = createIdentities()
  const wanted = (event: GatewayEvent) => {
    identities.learnFrom(event)
    return (!chats || happenedIn(event, chats, identities)) && (!types || types.includes(event.type))
  }
  if (values.text('port') !== undefined) {
    const receive = async (event: GatewayEvent) => {
      if (!wanted(event)) return true
      const taken = await printEvent(event, context, forwarder)
      // the program that reads our output may be slower than the gateway
      await drained(terminal.stdout)
      return taken
    }
    return receiveWebhooks(target.gateway, { ...context, signal }, receive) as Promise<undefined>
  }
  const access = await context.accessTo(plugin.manifest, target)
  const gateway = await connect(plugin, access, await context.transport())
  session ??= (await onlySession(gateway, access, signal)).session
  if (session !== ALL_SESSIONS) setSubject({ ...about, session })
  const { requireVerb } = await import('@wamux/core')
  // fails now when the session does not exist, not at the first poll
  if (session === ALL_SESSIONS) await requireVerb(gateway, 'session.list')({}, { signal })
  else await requireVerb(gateway, 'session.get')({ session }, { signal })
  const [since, intervalMs] = [values.ms('since'), values.ms('interval')]
  // Node has one from version 22 on
  const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket
  const events = gateway.events.subscribe({
    session,
    signal,
    WebSocket: WebSocket as WebSocketConstructor,
    ...(types ? { types } : {}),
    ...(values.text('via') ? { via: values.text('via') as 'socket' | 'poll' } : {}),
    ...(since === undefined ? {} : { since: Date.now() - since }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
  })
  say(`Listening to ${session === ALL_SESSIONS ? 'all sessions' : session} of ${plugin.manifest.name}. Ctrl-C ends it.`)
  for await (const event of events) {
    if (wanted(event)) await printEvent(event, context, forwarder)
  }
}

/** Resolves when a stream has handed on what was written to it. */
async function drained(output: Output): Promise<void> {
  const stream = (output.stream ?? output) as Partial<NodeJS.WritableStream> & { readonly writableNeedDrain?: boolean }
  if (stream.writableNeedDrain === true && stream.once) await new Promise<void>((resolve) => stream.once?.('drain', resolve))
}

/** The chats of `--chat` as JIDs. @throws GatewayError `invalid_request` for what is none */
async function chatsFrom(value: string | undefined): Promise<readonly string[] | undefined> {
  if (value === undefined) return undefined
  const { parseAddress, toJid } = await import('@wamux/core')
  return value.split(',').map((one) => toJid(parseAddress(one, 'chat')))
}
