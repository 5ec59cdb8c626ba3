import type { Outbox, OutboxOptions } from '@wamux/outbox'
import type { Context } from '../../command/context.ts'
import { chooseTarget, connect } from '../../gateway/connection.ts'
import { placeholderAccess } from '../../request/captured-request.ts'
import { keepSmall } from '../../terminal/keep-small.ts'
import { namedSession, onlySession } from '../../verb/default-session.ts'
import { type OpenedStore, openStore } from './store.ts'

/** An outbox that is open. */
export interface OpenedOutbox extends OpenedStore {
  readonly outbox: Outbox
  readonly gateway: OutboxOptions['gateway'] & Awaited<ReturnType<typeof connect>>
  readonly session: string
  /** Closes the store. */
  close(): Promise<void>
}

/** What a command does with the outbox. */
export interface Use {
  /** The command in words: `outbox run` */
  readonly title: string
  /** Whether it calls the gateway: then the credentials are needed. Without, the gateway is asked for its only session at most. */
  readonly calls?: boolean
  /** Whether the file of the list is made. */
  readonly make?: boolean
  readonly options?: Partial<Omit<OutboxOptions, 'gateway' | 'session' | 'store'>>
}

/** Opens the outbox of the number that the command line means. @throws GatewayError or UsageError */
export async function openOutbox(context: Context, { title, calls = false, make = false, options = {} }: Use): Promise<OpenedOutbox> {
  const { values, terminal, plugins, signal, setSubject } = context
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const plugin = await plugins.open(target.gateway)
  const named = values.text('from') ?? namedSession(target, terminal.env)?.session
  const about = { manifest: plugin.manifest, effect: calls ? 'send' : 'read', title } as const
  setSubject(about)
  // a list can be looked at and changed without the keys of the gateway
  const asks = calls || named === undefined
  const access = asks
    ? await context.accessTo(plugin.manifest, target)
    : placeholderAccess(plugin.manifest, target.settings ?? {}, terminal.env)
  const gateway = await connect(plugin, access, asks ? await context.transport() : {})
  const session = named ?? (await onlySession(gateway, access, signal)).session
  setSubject({ ...about, session })
  const { createOutbox } = await import('@wamux/outbox')
  keepSmall()
  const opened = await openStore(context, make)
  try {
    const outbox = createOutbox({ ...options, gateway, session, store: opened.store })
    return { ...opened, outbox, gateway, session, close: () => opened.store.close() }
  } catch (error) {
    await opened.store.close()
    throw error
  }
}

/** Opens the outbox, does something with it, and closes it. */
export async function withOutbox<Result>(context: Context, use: Use, action: (opened: OpenedOutbox) => Promise<Result>): Promise<Result> {
  const opened = await openOutbox(context, use)
  try {
    return await action(opened)
  } finally {
    await opened.close()
  }
}
