import type { Manifest } from '@wamux/core'
import { HIDDEN } from '../operation/secret-answer.ts'
import { isRecord } from '../output/fields.ts'
import { jsonText } from '../print/json.ts'
import type { Paint } from '../terminal/terminal.ts'
import { type CapturedRequest, placeholder } from './captured-request.ts'

/** A request as it is shown: secrets are hidden. */
export interface ShownRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/**
 * A request as data. In place of a credential stands the name of its variable.
 *
 * @param secrets names of body fields whose values are hidden
 */
export async function shownRequest(request: CapturedRequest, manifest: Manifest, secrets: ReadonlySet<string>): Promise<ShownRequest> {
  const withNames = variableNames(manifest)
  const { method, url, headers } = request
  const body = await bodyOf(request, secrets)
  return {
    method,
    url: withNames(url),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => {
        const basic = basicOf(value, manifest)
        return [name, basic === undefined ? withNames(value) : `Basic base64(${withNames(basic)})`]
      }),
    ),
    ...(body === undefined
      ? {}
      : { body: typeof body === 'string' ? withNames(body) : (JSON.parse(withNames(JSON.stringify(body))) as unknown) }),
  }
}

/** A request as it goes over the wire, for people. */
export function requestText({ method, url, headers, body }: ShownRequest, paint: Paint): string {
  const [, host = '', path = ''] = /^\w+:\/\/([^/?#]*)([^#]*)/.exec(url) ?? []
  const head = Object.entries({ host, ...headers }).map(([name, value]) => `${paint.cyan(name)}: ${value}\n`)
  const text = body === undefined ? '' : `\n${typeof body === 'string' ? body : jsonText(body)}\n`
  return `${paint.bold(`${method} ${path} HTTP/1.1`)}\n${head.join('')}${text}`
}

/** The request as a command line for curl, which takes credentials from their variables. */
export async function curlText(request: CapturedRequest, manifest: Manifest, secrets: ReadonlySet<string>): Promise<string> {
  const curlQuote = (text: string) => {
    const parts = text.split(new RegExp(`(${manifest.credentials.map(({ env }) => placeholder(env)).join('|') || '\\b\\B'})`))
    return parts
      .filter((part) => part !== '')
      .map((part) => {
        const credential = manifest.credentials.find(({ env }) => placeholder(env) === part)
        return credential ? `"$${credential.env}"` : `'${part.replaceAll("'", `'\\''`)}'`
      })
      .join('')
  }
  const { method, url, headers, body } = request
  const form = body instanceof FormData
  // curl would read brackets and braces in an address as patterns
  const glob = /[[\]{}]/.test(url) ? ' --globoff' : ''
  const lines = [
    `curl${glob} -X ${method} ${curlQuote(url)}`,
    ...Object.entries(headers)
      .filter(([name]) => !(form && name === 'content-type'))
      .map(([name, value]) => {
        const basic = name === 'authorization' ? basicOf(value, manifest) : undefined
        // curl makes the base64 itself, from the value that the shell fills in
        return basic === undefined ? `-H ${curlQuote(`${name}: ${value}`)}` : `-u ${curlQuote(basic)}`
      }),
  ]
  if (form) {
    for (const [name, value] of body) {
      // -F would read a text that begins with @ or < from a file, and take what follows a semicolon for its type
      if (typeof value === 'string') lines.push(`--form-string ${curlQuote(`${name}=${secrets.has(name) ? HIDDEN : value}`)}`)
      else lines.push(`-F ${curlQuote(`${name}=@"${value.name.replace(/["\\]/g, '\\$&')}"`)}`)
    }
  } else if (body !== undefined) {
    const shown = await bodyOf(request, secrets)
    lines.push(`--data-raw ${curlQuote(typeof shown === 'string' ? shown : JSON.stringify(shown))}`)
  }
  return `${lines.join(' \\\n  ')}\n`
}

/** User and password of HTTP Basic, where a placeholder is in them: base64 hides it from everybody who looks for it. */
function basicOf(value: string, { credentials }: Manifest): string | undefined {
  const [, token] = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? []
  const text = token === undefined ? undefined : Buffer.from(token, 'base64').toString()
  return text !== undefined && credentials.some(({ env }) => text.includes(placeholder(env))) ? text : undefined
}

/** Replaces each placeholder by the name of its variable in brackets. */
function variableNames(manifest: Manifest): (text: string) => string {
  return (text) => manifest.credentials.reduce((one, { env }) => one.replaceAll(placeholder(env), `[${env}]`), text)
}

async function bodyOf({ body }: CapturedRequest, secrets: ReadonlySet<string>): Promise<unknown> {
  if (body === undefined) return undefined
  if (typeof body === 'string') return hideSecrets(parseJson(body), secrets)
  if (body instanceof FormData) {
    return [...body].map(([name, value]) =>
      typeof value === 'string' ? { name, value: secrets.has(name) ? HIDDEN : value } : { name, file: value.name, bytes: value.size },
    )
  }
  if (body instanceof Uint8Array) return `${body.byteLength} bytes`
  if (body instanceof Blob) return `${body.size} bytes`
  return String(body)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function hideSecrets(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => hideSecrets(one, secrets))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, secrets.has(name) && typeof one === 'string' ? HIDDEN : hideSecrets(one, secrets)]),
  )
}
