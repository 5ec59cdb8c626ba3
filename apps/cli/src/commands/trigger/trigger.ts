import { setTimeout as pause } from 'node:timers/promises'
import type { EmulatorControl, GatewayId, SessionView } from '@wamux/emulator'
import type { Context } from '../../command/context.ts'
import { createSources } from '../../command/read-sources.ts'
import { didYouMean } from '../../errors/did-you-mean.ts'
import { UsageError } from '../../errors/usage-error.ts'
import type { TriggeredEvent } from '../../event/triggered-events.ts'
import { chooseTarget } from '../../gateway/connection.ts'
import { emulatorOrigin } from '../../gateway/emulator-origin.ts'
import { plainText } from '../../print/text-width.ts'

/** What a trigger works with. */
interface TriggerInput {
  readonly control: EmulatorControl
  /** Number of the session's account. */
  readonly to: string
  readonly from: string
  readonly text: string | undefined
}

const DEFAULT_SENDER = '+12025550199'
const POLL_INTERVAL_MS = 50
const MAX_POLLS = 100

/** What the emulator's phone does to cause an event, by type of event. */
const TRIGGERS: Readonly<Record<TriggeredEvent, (input: TriggerInput) => Promise<unknown>>> = {
  'message.received': ({ control, from, to, text }) => control.message({ from, to, text: text ?? 'Hello' }),
  'message.reaction': async (input) => {
    const id = await deliverMessage(input, 'Hello')
    return input.control.react({ phone: input.from, message: id, emoji: input.text ?? '👍' })
  },
  'message.edited': async (input) => {
    const id = await deliverMessage(input, 'Helo')
    return input.control.edit({ phone: input.from, message: id, text: input.text ?? 'Hello' })
  },
  'message.revoked': async (input) => {
    const id = await deliverMessage(input, input.text ?? 'Hello')
    return input.control.revoke({ phone: input.from, message: id })
  },
  'message.ack': ({ control, from, to }) => control.seen({ phone: from, chat: to }),
  'call.received': (input) => input.control.call(callParties(input)),
  'group.joined': ({ control, from, to, text }) => control.group({ phone: from, subject: text ?? 'Friends', participants: [to] }),
  'presence.updated': ({ control, from, to }) => control.presence({ phone: from, chat: to, presence: 'typing' }),
  'status.posted': ({ control, from, text }) => control.message({ from, to: 'status@broadcast', text: text ?? 'Hello, world' }),
}

/** `wamux trigger` */
export async function trigger(context: Context): Promise<undefined> {
  const { values, terminal, plugins, printResult, paint } = context
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const origin = emulatorOrigin(values.text('url') ?? target.settings?.baseUrl, target.gateway, terminal.env)
  const file = plugins.exportedFile('@wamux/emulator', '.', 'The emulator')
  const { connectControl } = (await import(file)) as typeof import('@wamux/emulator')
  const control = connectControl(origin)
  const event = values.required('event')
  const gateway = target.gateway as GatewayId
  const session = await sessionFor(control, gateway, values.text('session'), origin)
  const payload = values.text('payload')
  const result =
    payload === undefined
      ? await triggerFor(event)({
          control,
          to: phoneOf(session),
          from: values.text('from') ?? DEFAULT_SENDER,
          text: values.text('text'),
        })
      : await control.event({ gateway, session: session.session, event, payload: await payloadFrom(payload, context) })
  const data = { event, gateway, session: session.session, ...(result === undefined ? {} : { result }) }
  await printResult({ data, text: () => `${paint.cyan(plainText(event))} happens to ${paint.bold(plainText(session.session))}\n` })
}

/** Sends a message and waits until it has arrived: a reaction to it would be lost before. */
async function deliverMessage({ control, from, to }: TriggerInput, text: string): Promise<string> {
  const { id } = await control.message({ from, to, text })
  for (let polls = 0; polls < MAX_POLLS; polls++) {
    if ((await control.messages({ phone: to })).some((one) => one.id === id)) return id
    await pause(POLL_INTERVAL_MS)
  }
  throw new UsageError('The message did not arrive.', 'Is the phone behind the session on?')
}

function callParties({ from, to }: TriggerInput): { readonly from: string; readonly to: string } {
  return { from, to }
}

function triggerFor(event: string): (input: TriggerInput) => Promise<unknown> {
  const deed = Object.hasOwn(TRIGGERS, event) ? TRIGGERS[event as TriggeredEvent] : undefined
  if (deed) return deed
  const near = didYouMean(event, Object.keys(TRIGGERS))
  throw new UsageError(
    `No phone can make "${event}" happen.`,
    `${near ? `Did you mean ${near}? ` : ''}It can: ${Object.keys(TRIGGERS).join(', ')}. Any event in the gateway's own words: --payload '{}'`,
  )
}

async function sessionFor(control: EmulatorControl, gateway: GatewayId, wanted: string | undefined, origin: string): Promise<SessionView> {
  const { sessions } = await control.state().catch(() => {
    throw new UsageError(`There is no emulator at ${origin}.`, 'Start one: wamux emulate')
  })
  const own = sessions[gateway] ?? []
  const found = wanted === undefined ? own.filter(({ phone }) => phone !== undefined) : own.filter(({ session }) => session === wanted)
  const [first] = found
  if (first && found.length === 1) return first
  const names = own.map(({ session }) => session).join(', ') || 'none'
  if (wanted !== undefined) throw new UsageError(`The emulated ${gateway} has no session "${wanted}".`, `It has ${names}.`)
  throw new UsageError(
    first ? `Which session? There are ${names}.` : `No session of ${gateway} is paired there.`,
    'wamux emulate scan pairs one.',
  )
}

function phoneOf({ session, phone }: SessionView): string {
  if (phone !== undefined) return phone
  throw new UsageError(`The session "${session}" has no phone yet.`, `Scan its QR code: wamux emulate scan ${session}`)
}

async function payloadFrom(text: string, { terminal }: Context): Promise<unknown> {
  return createSources(terminal).json(text)
}
