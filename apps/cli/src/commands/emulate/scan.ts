import type { Context } from '../../command/context.ts'
import { chooseTarget } from '../../gateway/connection.ts'
import { emulatorOrigin } from '../../gateway/emulator-origin.ts'
import { pairs } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'
import { askEmulator } from './ask.ts'

/** A session, as the emulator describes it. */
interface ScannedSession {
  readonly session: string
  readonly state: string
  readonly phone?: string
}

/** Scans the QR code of an emulated session. @throws GatewayError when the emulator is not there or refuses */
export async function scan(context: Context): Promise<undefined> {
  const { values, terminal, plugins, paint, printResult } = context
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const { gateway } = target
  const origin = emulatorOrigin(values.text('url') ?? target.settings?.baseUrl, gateway, terminal.env)
  const phone = values.text('phone')
  const input = { gateway, session: values.required('session'), ...(phone === undefined ? {} : { phone }) }
  const scanned = await askEmulator<ScannedSession>(context, origin, '/scan', input)
  const { session, state, phone: scannedBy } = scanned
  const text = () =>
    pairs(
      [
        ['session', paint.bold(plainText(session))],
        ['state', plainText(state)],
        ['phone', scannedBy === undefined ? undefined : `+${plainText(scannedBy)}`],
      ],
      paint,
    )
  await printResult({ data: scanned, text })
}
