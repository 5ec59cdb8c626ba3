import type { AccountInput, EmulatorControl, GatewayId } from '@wamux/emulator'
import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { chooseTarget } from '../../gateway/connection.ts'
import { plainText } from '../../print/text-width.ts'
import { chosenValues, gatewayOf, kindOf, refusable, steer } from './emulator-control.ts'
import { listText } from './fault.ts'

/** `wamux emulate account`: lists the states of accounts, puts one into a state, or ends its states. */
export async function account(context: Context): Promise<undefined> {
  const { values, printResult, paint } = context
  const { control, origin } = await steer(context)
  const kinds = (await refusable(control.faultKinds())).filter(({ area }) => area === 'account')
  const asked = values.text('state')
  if (asked === undefined) {
    const active = (await refusable(control.faults())).filter(({ area }) => area === 'account')
    await printResult({ data: { active, kinds }, text: () => listText(active, kinds, context) })
    return
  }
  const kind = asked === 'ok' ? undefined : kindOf(kinds, asked, 'state')
  const chosen = kind ? chosenValues(kind, undefined, values.all('set')) : {}
  const input = { state: kind?.name ?? 'ok', ...chosen, ...(await whoseIn(context, control, origin, kind?.name)) } as AccountInput
  const now = await refusable(control.account(input))
  const who = 'session' in now ? `${now.gateway} session ${plainText(now.session)}` : `+${plainText(now.phone)}`
  const text = () =>
    kind
      ? `${paint.bold(who)}: ${plainText(kind.about)}\n${kind.lasts ? 'It ends with: wamux emulate account ok\n' : ''}`
      : `${paint.bold(who)} has no limit or ban now.\n`
  await printResult({ data: { ...now, asked: input.state }, text })
}

/** The session or phone that is meant. */
async function whoseIn(
  context: Context,
  control: EmulatorControl,
  origin: string,
  state: string | undefined,
): Promise<Partial<AccountInput>> {
  const { values, terminal, plugins } = context
  const [phone, wanted] = [values.text('phone'), values.text('session')]
  const scans = state?.startsWith('passkey') === true
  if (phone !== undefined && wanted === undefined && !scans) return { phone }
  const gateway =
    gatewayOf(context) ??
    (chooseTarget({ gateway: undefined, profile: values.text('profile') }, terminal.env, plugins).gateway as GatewayId)
  const own = (await refusable(control.state())).sessions[gateway]
  const [only] = own
  const session = wanted ?? (own.length === 1 ? only?.session : undefined)
  if (session === undefined) {
    const names = own.map((one) => one.session).join(', ') || 'none'
    throw new UsageError(
      `Which session? The emulated ${gateway} at ${origin} has ${names}.`,
      `wamux emulate account ${state ?? 'ok'} <session>`,
    )
  }
  return { gateway, session, ...(phone === undefined ? {} : { phone }) }
}
