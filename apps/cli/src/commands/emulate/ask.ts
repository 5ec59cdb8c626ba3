import type { ErrorKind } from '@wamux/core'
import type { Context } from '../../command/context.ts'

const DEADLINE_MS = 10_000

/** Asks the control API of an emulator. @param input body of a POST; without it a GET @throws GatewayError when it is not there or refuses */
export async function askEmulator<Answer>({ values, signal }: Context, origin: string, path: string, input?: object): Promise<Answer> {
  const { GatewayError } = await import('@wamux/core')
  const operation = `emulator${path.replaceAll('/', '.')}`
  const fail = (message: string, kind: ErrorKind, cause?: unknown) => new GatewayError(message, { kind, operation, cause })
  const post = input && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(values.ms('timeout') ?? DEADLINE_MS)])
  const response = await fetch(`${origin}/_emulator${path}`, { ...post, signal: limit }).catch((cause: unknown) => {
    throw fail(`There is no emulator at ${origin}: start one with wamux emulate`, 'network', cause)
  })
  const answer = (await response.json().catch(() => ({}))) as { error?: { code?: string; message?: string } }
  if (response.ok) return answer as Answer
  const { code, message } = answer.error ?? {}
  if (!message) throw fail(`${origin} is no wamux emulator (HTTP ${response.status})`, 'bad_response')
  throw fail(message, code === 'not_found' || code === 'conflict' ? code : 'invalid_request')
}
