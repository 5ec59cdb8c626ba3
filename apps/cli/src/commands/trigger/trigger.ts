import type { EventType } from '@wamux/core'
import type { EmulatorControl, GatewayId, SessionView } from '@wamux/emulator'
import type { Context } from '../../command/context.ts'
import { createSources } from '../../command/read-sources.ts'
import { didYouMean } from '../../errors/did-you-mean.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { chooseTarget } from '../../gateway/connection.ts'
import { emulatorOrigin } from '../../gateway/emulator-origin.ts'
import { plainText } from '../../print/text-width.ts'

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
  const about = { gateway, session: session.session }
  const [from, text] = [values.text('from'), values.text('text')]
  if (payload === undefined) {
    const type = await causedBy(control, gateway, event)
    checkPhone(session)
    await control.cause({ ...about, type, ...(from && { from }), ...(text !== undefined && { text }) })
  } else {
    await control.event({ ...about, event, payload: await payloadFrom(payload, context) })
  }
  const data = { event, ...about }
  await printResult({ data, text: () => `${paint.cyan(plainText(event))} happens to ${paint.bold(plainText(session.session))}\n` })
}

/** The event, when its gateway reports it and the emulator can make it happen. */
async function causedBy(control: EmulatorControl, gateway: GatewayId, event: string): Promise<EventType> {
  const known: readonly EventType[] = (await control.causes())[gateway]
  const found = known.find((one) => one === event)
  if (found) return found
  const near = didYouMean(event, known)
  throw new UsageError(
    `The emulator cannot make "${event}" happen on ${gateway}.`,
    `${near ? `Did you mean ${near}? ` : ''}It can: ${known.join(', ')}. Any event in the gateway's own words: --payload '{}'`,
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

function checkPhone({ session, phone }: SessionView): void {
  if (phone !== undefined) return
  throw new UsageError(`The session "${session}" has no phone yet.`, `Scan its QR code: wamux emulate scan ${session}`)
}

async function payloadFrom(text: string, { terminal }: Context): Promise<unknown> {
  return createSources(terminal).json(text)
}
