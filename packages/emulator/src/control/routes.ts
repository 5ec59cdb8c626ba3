import { EmulatorError, NetworkError } from '../errors.ts'
import { isRecord } from '../faces/http.ts'
import { type Answer, json } from '../wire/answer.ts'
import type { PlainRequest } from '../wire/request.ts'
import type { EmulatorControl } from './control.ts'

type Action = (control: EmulatorControl, input: Readonly<Record<string, unknown>>) => Promise<unknown>

// no checks here: the control checks its input itself
export const ACTIONS: Readonly<Record<string, Action>> = {
  'POST /scan': (control, input) => control.scan(input as never),
  'POST /enter-code': (control, input) => control.enterCode(input as never),
  'POST /unlink': (control, input) => control.unlink(input as never),
  'POST /crash': (control, input) => control.crash(input as never),
  'GET /state': (control) => control.state(),
  'GET /messages': (control, input) => control.messages(input),
  'POST /message': (control, input) => control.message(input as never),
  'POST /react': (control, input) => control.react(input as never),
  'POST /edit': (control, input) => control.edit(input as never),
  'POST /revoke': (control, input) => control.revoke(input as never),
  'POST /vote': (control, input) => control.vote(input as never),
  'POST /seen': (control, input) => control.seen(input as never),
  'POST /presence': (control, input) => control.presence(input as never),
  'POST /phone': (control, input) => control.phone(input as never),
  'POST /group': (control, input) => control.group(input as never),
  'POST /join': (control, input) => control.join(input as never),
  'POST /channel': (control, input) => control.channel(input as never),
  'POST /label': (control, input) => control.label(input as never),
  'POST /call': (control, input) => control.call(input as never),
  'POST /answer': (control, input) => control.answer(input as never),
  'POST /request': (control, input) => control.request(input as never),
  'POST /file': (control, input) => control.file(input as never),
  'POST /fail': (control, input) => control.fail(input as never),
  'GET /group-of': (control, input) => control.groupOf(input as never),
  'GET /chat-of': async (control, input) => (await control.chatOf(input as never)) ?? { none: true },
  'GET /account-of': (control, input) => control.accountOf(input as never),
  'GET /presence-of': (control, input) => control.presenceOf(input as never),
  'GET /deliveries': (control, input) => control.deliveries(input),
  'POST /webhooks': (control, input) => control.webhooks(input),
  'POST /release': (control, input) => control.release(input),
  'POST /redeliver': (control, input) => control.redeliver(input as never),
  'POST /event': (control, input) => control.event(input as never),
  'POST /cause': (control, input) => control.cause(input as never),
  'GET /causes': (control) => control.causes(),
  'POST /fault': (control, input) => control.fault(input),
  'POST /account': (control, input) => control.account(input as never),
  'GET /faults': (control) => control.faults(),
  'GET /fault-kinds': (control) => control.faultKinds(),
  'POST /stop-fault': (control, input) => control.stopFault(input as never),
  'POST /clear-faults': (control) => control.clearFaults(),
  'POST /settings': (control, input) => control.set(input),
  'POST /reset': (control) => control.reset(),
  'POST /advance': (control, input) => control.advance(input.ms as number),
  'GET /clock': (control) => control.clock(),
  'POST /pause': (control) => control.pause(),
  'POST /resume': (control) => control.resume(),
  'POST /run-to-idle': (control, input) => control.runToIdle(input),
  'GET /snapshot': (control) => control.snapshot(),
  'POST /restore': (control, input) => control.restore(input as never),
  'POST /scenario': (control, input) => control.scenario(input as never),
  'GET /transcript': (control) => control.transcript(),
  'GET /openapi.json': async () => (await import('./document/document.ts')).controlDocument(),
  'GET /namespaces': (control) => control.namespaces(),
  'POST /remove-namespace': (control, input) => control.removeNamespace(input as never),
}

const STATUS = { invalid: 400, forbidden: 403, not_found: 404, conflict: 409 } as const

/**
 * Answers a request to the control API.
 *
 * @param path below `/_emulator`
 */
export async function serveControl(control: EmulatorControl, request: PlainRequest, path: string): Promise<Answer> {
  const action = ACTIONS[`${request.method} ${path}`]
  if (!action) return problem(404, 'not_found', `expected one of ${Object.keys(ACTIONS).join(', ')}`)
  try {
    if (request.method === 'POST' && !isJson(request)) return problem(415, 'invalid', 'expected a body of type application/json')
    const input = request.method === 'GET' ? Object.fromEntries(request.query) : inputOf(request)
    return json(200, (await action(control, input)) ?? { ok: true })
  } catch (error) {
    return problemOf(error)
  }
}

/** The answer to a call that was refused. Rethrows all other errors. */
export function problemOf(error: unknown): Answer {
  if (error instanceof NetworkError) return problem(STATUS[error.code], error.code, error.message)
  if (error instanceof EmulatorError) return problem(STATUS[error.code], error.code, error.message)
  throw error
}

// a web page may send other types without asking first
export function isJson({ headers, body }: PlainRequest): boolean {
  const type = headers.get('content-type')
  return type === null ? body === undefined : /^application\/json *(;|$)/i.test(type)
}

function inputOf({ body }: PlainRequest): Record<string, unknown> {
  const text = new TextDecoder().decode(body)
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return value
  } catch {}
  throw new EmulatorError('invalid', 'expected a JSON object as body')
}

export function problem(status: number, code: string, message: string): Answer {
  return json(status, { error: { code, message } })
}
