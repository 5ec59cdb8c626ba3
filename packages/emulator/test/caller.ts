import type { Emulator } from '../src/emulator.ts'
import type { GatewayAccess } from '../src/gateways.ts'
import type { GatewayId } from '../src/sessions/session.ts'

export interface Answered {
  readonly status: number
  readonly type: string | null
  /** Parsed JSON, else text, or the bytes of a picture. */
  readonly body: unknown
}

export interface Extra {
  readonly headers?: Record<string, string>
  /** Body as it goes out. */
  readonly raw?: string
  /** Without the gateway's credentials. */
  readonly anonymous?: boolean
}

export type Caller = (method: string, path: string, body?: unknown, extra?: Extra) => Promise<Answered>

/** Calls one gateway with raw requests, the credentials in place. */
export function callerOf(emulator: Emulator, gateway: GatewayId): Caller {
  const { baseUrl, credentials }: GatewayAccess = emulator.gateways[gateway]
  const auth: Record<GatewayId, Record<string, string | undefined>> = {
    waha: { 'x-api-key': credentials.apiKey },
    wawp: {},
    warest: { 'x-warest-api-key': credentials.apiKey },
    sparkbot: { token: credentials.apiKey },
  }
  return async (method, path, body, { headers = {}, raw, anonymous = false } = {}) => {
    const all = new Headers(headers)
    for (const [name, value] of Object.entries(anonymous ? {} : auth[gateway])) if (value && !all.has(name)) all.set(name, value)
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    if (text !== undefined && !all.has('content-type')) all.set('content-type', 'application/json')
    return read(
      await emulator.handle(new Request(`${baseUrl}${path}`, { method, headers: all, ...(text === undefined ? {} : { body: text }) })),
    )
  }
}

async function read(response: Response): Promise<Answered> {
  const type = response.headers.get('content-type')
  if (type?.startsWith('image/') && !type.includes('svg')) {
    return { status: response.status, type, body: new Uint8Array(await response.arrayBuffer()) }
  }
  const text = await response.text()
  return { status: response.status, type, body: type?.includes('json') ? JSON.parse(text) : text }
}

/** A field deep inside an answer: `results.0.qr`. */
export function at(answer: Answered, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answer.body)
}
