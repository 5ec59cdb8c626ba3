import { readFileSync } from 'node:fs'

/** One recorded exchange with a real server. */
export interface Exchange {
  /** `waha noweb 12`: file, run or phase, number or name. */
  readonly name: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
    /** A body that is not JSON. */
    readonly raw?: string
  }
  readonly status: number
  /** `null`: there was none. `undefined`: the headers were not recorded. */
  readonly type: string | null | undefined
  readonly body: unknown
}

/** `…-described`: answers that the vendor's sources describe, in the form of recordings; nobody recorded them. */
export type RecordingName = 'waha' | 'waha-operations' | 'waha-described' | 'warest' | 'warest-described'

/** The HTTP exchanges of a recording that got an answer, in their order. */
export function exchangesOf(recording: RecordingName): readonly Exchange[] {
  const lines = readFileSync(new URL(`fixtures/recordings/${recording}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const count = new Map<string, number>()
  return lines.flatMap((line): Exchange[] => {
    // biome-ignore lint/suspicious/noExplicitAny: the lines of the two servers differ
    const { kind, run, seq, phase, name, request, response } = JSON.parse(line) as any
    if (kind !== 'http' || response?.status === undefined) return []
    const label = run ? `${recording} ${run} ${seq}` : `${recording} ${phase[0]} ${name}`
    const times = (count.get(label) ?? 0) + 1
    count.set(label, times)
    const raw = request.raw ?? request.rawBody
    return [
      {
        name: times > 1 ? `${label} (${times})` : label,
        request: {
          method: request.method,
          path: request.path,
          headers: request.headers,
          ...(raw === undefined ? { body: request.body } : { raw }),
        },
        status: response.status,
        type: run || response.headers ? (response.contentType ?? response.headers?.['content-type'] ?? null) : undefined,
        body: response.body,
      },
    ]
  })
}

/** `me.id:string` for every leaf; the items of a list count as one. */
export function shapeOf(value: unknown, path = ''): ReadonlySet<string> {
  if (Array.isArray(value)) return new Set(value.length === 0 ? [`${path}[]`] : value.flatMap((item) => [...shapeOf(item, `${path}[]`)]))
  if (typeof value !== 'object' || value === null) return new Set([`${path}:${value === null ? 'null' : typeof value}`])
  const entries = Object.entries(value)
  if (entries.length === 0) return new Set([`${path}{}`])
  return new Set(entries.flatMap(([key, item]) => [...shapeOf(item, path === '' ? key : `${path}.${key}`)]))
}

/** What an answer says in words: its texts and codes, ids and numbers of one run aside. */
function told(body: unknown): ReadonlyMap<string, string> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return new Map()
  const { exception } = body as { readonly exception?: { readonly message?: unknown; readonly data?: unknown } }
  const texts = { ...body, 'exception.message': exception?.message } as Readonly<Record<string, unknown>>
  return new Map(
    ['message', 'error', 'code', 'status', 'expected', 'exception.message'].flatMap((name) => {
      const value = texts[name]
      return value === undefined || name === 'timestamp'
        ? []
        : [[name, JSON.stringify(value).replace(/session_\w+|c2Vzc2lvbl8\w+=*|\d{10,}/g, '…')]]
    }),
  )
}

/** What differs between an answer and the recorded one: status, content type, keys and types. Empty when nothing does. */
export function differences(
  answer: { readonly status: number; readonly type: string | null; readonly body: unknown },
  exchange: Exchange,
): readonly string[] {
  const lines: string[] = []
  if (answer.status !== exchange.status) lines.push(`status ${answer.status}, recorded ${exchange.status}`)
  if (exchange.type !== undefined && answer.type !== exchange.type) lines.push(`type ${answer.type}, recorded ${exchange.type}`)
  // bytes were recorded as their length
  if (exchange.type?.startsWith('image/') && typeof exchange.body === 'object') return lines
  const [seen, wanted] = [shapeOf(answer.body), shapeOf(exchange.body)]
  for (const one of wanted) if (!seen.has(one)) lines.push(`lacks ${one}`)
  for (const one of seen) if (!wanted.has(one)) lines.push(`has ${one}`)
  for (const [name, value] of told(exchange.body)) {
    const said = told(answer.body).get(name)
    if (said !== value) lines.push(`says ${name} ${said}, recorded ${value}`)
  }
  return lines
}

/** A webhook that a real server sent. */
export interface RecordedWebhook {
  readonly event: string
  readonly body: Readonly<Record<string, unknown>>
}

/** The webhooks of a recording. */
export function webhooksOf(recording: 'waha'): readonly RecordedWebhook[] {
  const lines = readFileSync(new URL(`fixtures/recordings/${recording}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.flatMap((line): RecordedWebhook[] => {
    const { kind, body } = JSON.parse(line) as { kind: string; body: Readonly<Record<string, unknown>> }
    return kind === 'webhook' ? [{ event: String(body.event), body }] : []
  })
}
