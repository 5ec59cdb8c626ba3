import type { ErrorKind } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { chooseTarget } from '../../gateway/connection.ts'
import { emulatorOrigin } from '../../gateway/emulator-origin.ts'
import { pairs } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'

/** A session, as the emulator describes it. */
interface ScannedSession {
  readonly session: string
  readonly state: string
  readonly phone?: string
}

const DEADLINE_MS = 10_000

/** Scans the QR code of an emulated session. @throws GatewayError when the emulator is not there or refuses */
export async function scan({ values, terminal, plugins, paint, printResult, signal }: Context): Promise<undefined> {
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const { gateway } = target
  const url = new URL('/_emulator/scan', emulatorOrigin(values.text('url') ?? target.settings?.baseUrl, gateway, terminal.env))
  const phone = values.text('phone')
  const input = { gateway, session: values.required('session'), ...(phone === undefined ? {} : { phone }) }
  const scanned = await post(url, input, AbortSignal.any([signal, AbortSignal.timeout(values.ms('timeout') ?? DEADLINE_MS)]))
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

async function post(url: URL, input: object, signal: AbortSignal): Promise<ScannedSession> {
  const { GatewayError } = await import('@wamux/core')
  const fail = (message: string, kind: ErrorKind, cause?: unknown) => new GatewayError(message, { kind, operation: 'emulator.scan', cause })
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input), signal }
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw fail(`There is no emulator at ${url.origin}: start one with wamux emulate`, 'network', cause)
  })
  const answer = (await response.json().catch(() => ({}))) as { error?: { code?: string; message?: string } }
  if (response.ok) return answer as ScannedSession
  const { code, message } = answer.error ?? {}
  if (!message) throw fail(`${url.origin} is no wamux emulator (HTTP ${response.status})`, 'bad_response')
  throw fail(message, code === 'not_found' || code === 'conflict' ? code : 'invalid_request')
}
