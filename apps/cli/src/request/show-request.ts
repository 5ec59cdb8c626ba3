import type { Manifest } from '@wamux/core'
import { isRecord } from '../output/fields.ts'
import { jsonText } from '../print/json.ts'
import type { Paint } from '../terminal/terminal.ts'
import { placeholder, type Trial } from './captured-request.ts'

const HIDDEN = '[redacted]'

/** What is shown of a request. */
export interface Shown {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/**
 * A request as data. Credentials are the names of their variables.
 *
 * @param secrets names of body fields whose values are hidden
 */
export async function shownRequest(trial: Trial, manifest: Manifest, secrets: ReadonlySet<string>): Promise<Shown> {
  const named = namer(manifest, (name) => `[${name}]`)
  const { method, url, headers } = trial
  const body = await bodyOf(trial, secrets)
  return {
    method,
    url: named(url),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, named(value)])),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? named(body) : (JSON.parse(named(JSON.stringify(body))) as unknown) }),
  }
}

/** A request as it goes over the wire, for people. */
export function requestText({ method, url, headers, body }: Shown, paint: Paint): string {
  const { host, pathname, search } = new URL(url)
  const head = Object.entries({ host, ...headers }).map(([name, value]) => `${paint.cyan(name)}: ${value}\n`)
  const text = body === undefined ? '' : `\n${typeof body === 'string' ? body : jsonText(body)}\n`
  return `${paint.bold(`${method} ${decodeMarks(pathname + search)} HTTP/1.1`)}\n${head.join('')}${text}`
}

// a URL writes the brackets of a mark as %5B and %5D
function decodeMarks(text: string): string {
  return text.replace(/%5B(WAMUX_[A-Z0-9_]+)%5D/g, '[$1]')
}

/** The same as a command line for curl; credentials come from their variables. */
export async function curlText(trial: Trial, manifest: Manifest, secrets: ReadonlySet<string>): Promise<string> {
  const quoted = (text: string) => {
    const parts = text.split(new RegExp(`(${manifest.credentials.map(({ env }) => placeholder(env)).join('|') || '\\b\\B'})`))
    return parts
      .filter((part) => part !== '')
      .map((part) => {
        const credential = manifest.credentials.find(({ env }) => placeholder(env) === part)
        return credential ? `"$${credential.env}"` : `'${part.replaceAll("'", `'\\''`)}'`
      })
      .join('')
  }
  const { method, url, headers, body } = trial
  const form = body instanceof FormData
  const lines = [
    `curl -X ${method} ${quoted(url)}`,
    ...Object.entries(headers)
      .filter(([name]) => !(form && name === 'content-type'))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
  ]
  if (form) {
    for (const [name, value] of body) lines.push(`-F ${quoted(typeof value === 'string' ? `${name}=${value}` : `${name}=@${value.name}`)}`)
  } else if (body !== undefined) {
    const shown = await bodyOf(trial, secrets)
    lines.push(`--data-raw ${quoted(typeof shown === 'string' ? shown : JSON.stringify(shown))}`)
  }
  return `${lines.join(' \\\n  ')}\n`
}

function namer(manifest: Manifest, write: (variable: string) => string): (text: string) => string {
  return (text) => manifest.credentials.reduce((one, { env }) => one.replaceAll(placeholder(env), write(env)), text)
}

async function bodyOf({ body }: Trial, secrets: ReadonlySet<string>): Promise<unknown> {
  if (body === undefined) return undefined
  if (typeof body === 'string') return hidden(parsed(body), secrets)
  if (body instanceof FormData) {
    return [...body].map(([name, value]) =>
      typeof value === 'string' ? { name, value: secrets.has(name) ? HIDDEN : value } : { name, file: value.name, bytes: value.size },
    )
  }
  if (body instanceof Uint8Array) return `${body.byteLength} bytes`
  if (body instanceof Blob) return `${body.size} bytes`
  return String(body)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function hidden(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => hidden(one, secrets))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, secrets.has(name) && typeof one === 'string' ? HIDDEN : hidden(one, secrets)]),
  )
}
