import { createHash, randomBytes } from 'node:crypto'
import type { GatewayEvent } from '@wamux/core'
import type { Context } from '../command/context.ts'
import { UsageError } from '../errors/usage-error.ts'
import { configFile, readJson, withLock, writePrivate } from '../gateway/profile-store.ts'

const FILE = 'listen.json'
const PREFIX = 'whsec_'
const DEADLINE_MS = 15_000

/** Forwards events to the address of `--forward-to`. */
export interface Forwarder {
  /** The address as it is shown: path and query may hold a token. */
  readonly shown: string
  /** @returns the status of the response, or the reason why there is none */
  send(event: GatewayEvent): Promise<{ readonly ok: boolean; readonly answer: string }>
}

/** The forwarder for `--forward-to`; undefined without the flag. @throws UsageError when its value is no http(s) address */
export async function forwarderFor({ values, terminal, signal, hideSecrets }: Context): Promise<Forwarder | undefined> {
  const url = values.text('forward-to')
  if (url === undefined) return undefined
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError('--forward-to takes an http(s) address.', 'wamux listen default --forward-to http://localhost:8080/hook')
  const { origin, username, password, pathname, search } = new URL(url)
  await hideSecrets([url, username, password, ...(pathname.length > 8 ? [pathname] : []), search.slice(1)])
  const secret = localSecret(terminal.env)
  return {
    shown: pathname === '/' && search === '' ? origin : `${origin}/…`,
    async send(event) {
      const body = JSON.stringify(event)
      const headers = { 'content-type': 'application/json', ...(await signatureHeaders(secret, { id: forwardId(event) }, body)) }
      const ending = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)])
      try {
        const response = await fetch(url, { method: 'POST', headers, body, signal: ending, redirect: 'manual' })
        // frees the connection: the body is not read
        await response.body?.cancel()
        return { ok: response.ok, answer: String(response.status) }
      } catch (error) {
        const { cause } = error as { cause?: { code?: string } }
        return { ok: false, answer: cause?.code ?? (error as Error).name }
      }
    },
  }
}

/** The secret that forwarded events are signed with. It is created at the first use and kept. */
export function localSecret(env: Context['terminal']['env']): string {
  const file = configFile(env, FILE)
  const kept = keptSecret(file)
  if (kept !== undefined) return kept
  return withLock(file, () => {
    // another wamux may have made it in the meantime
    const other = keptSecret(file)
    if (other !== undefined) return other
    const made = PREFIX + randomBytes(24).toString('base64')
    writePrivate(file, `${JSON.stringify({ secret: made }, undefined, 2)}\n`)
    return made
  })
}

function keptSecret(file: string): string | undefined {
  const { secret } = (readJson(file) ?? {}) as { secret?: unknown }
  return typeof secret === 'string' && secret.startsWith(PREFIX) ? secret : undefined
}

/**
 * The unique id of a forwarded event. The gateway's own id is not unique: one delivery may hold several events. An event that somebody
 * wrote into a file may have neither key nor id: then the id is made from its content.
 */
export function forwardId(event: Partial<Pick<GatewayEvent, 'dedupeKey' | 'id'>>): string {
  const name = event.dedupeKey ?? event.id ?? JSON.stringify(event)
  return `evt_${createHash('sha256').update(name).digest('hex').slice(0, 32)}`
}

/** The headers of Standard Webhooks: HMAC-SHA256 over id, time and body. @param secret `whsec_` and base64 */
export async function signatureHeaders(
  secret: string,
  { id }: Pick<GatewayEvent, 'id'>,
  body: string,
  now: number = Date.now(),
): Promise<Record<string, string>> {
  const time = String(Math.floor(now / 1_000))
  const key = await crypto.subtle.importKey(
    'raw',
    Buffer.from(secret.slice(PREFIX.length), 'base64'),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${encodeURI(id)}.${time}.${body}`))
  // encodeURI, because a header cannot carry every character of an id
  return { 'webhook-id': encodeURI(id), 'webhook-timestamp': time, 'webhook-signature': `v1,${Buffer.from(mac).toString('base64')}` }
}
