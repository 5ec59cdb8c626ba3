import { readFile, stat } from 'node:fs/promises'
import { UsageError } from '../../errors/usage-error.ts'

const MAX_BYTES = 20 * 1024 * 1024
const MAX_REDIRECTS = 5
const DEFAULT_TIMEOUT = 30_000

/** How a document is fetched. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  /** For the whole answer, ms. */
  readonly timeout?: number | undefined
  readonly fetch?: typeof fetch | undefined
  /** The Authorization header, asked for again with `needed` when the server refuses. @throws UsageError */
  readonly login?: ((needed: boolean) => Promise<string | undefined>) | undefined
  /** Largest size, bytes. */
  readonly maxBytes?: number | undefined
}

/** The name of a file or URL in messages. User, query and fragment are left out, because they may hold secrets. */
export function sourceName(source: string): string {
  const url = urlOf(source)
  return url ? `${url.origin}${url.pathname}` : source
}

/** The text of a local file or of an http(s) address. @throws UsageError when it cannot be read */
export async function readSource(source: string, options: ReadOptions = {}): Promise<string> {
  const url = urlOf(source)
  return url ? fetchText(url, options) : fileText(source, options.maxBytes ?? MAX_BYTES)
}

function urlOf(source: string): URL | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) return undefined
  const url = URL.canParse(source) ? new URL(source) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError('--against takes a file or an http(s) address.')
  if (url.username || url.password) throw new UsageError('--against takes an address without user and password.')
  return url
}

async function fileText(path: string, maxBytes: number): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size > maxBytes) throw tooLarge(path, maxBytes)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`${path} cannot be read${code === 'ENOENT' ? ': there is no such file' : code ? ` (${code})` : ''}.`)
  }
}

async function fetchText(start: URL, options: ReadOptions): Promise<string> {
  const { timeout = DEFAULT_TIMEOUT, fetch: doFetch = fetch, maxBytes = MAX_BYTES } = options
  const late = AbortSignal.timeout(timeout)
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late
  const name = sourceName(start.href)
  try {
    let url = start
    let authorization = await options.login?.(false)
    let asked = false
    for (let step = 0; step <= MAX_REDIRECTS; step++) {
      const accept = 'application/json, application/yaml;q=0.9, */*;q=0.1'
      const headers = { accept, ...(authorization === undefined ? {} : { authorization }) }
      const response = await doFetch(url, { redirect: 'manual', signal, headers })
      const location = response.headers.get('location')
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel()
        url = nextUrl(url, location, name)
        continue
      }
      if (response.status === 401 && authorization === undefined && options.login && !asked) {
        await response.body?.cancel()
        authorization = await options.login(true)
        asked = true
        continue
      }
      if (response.status === 401) throw new UsageError(`${name} does not take these credentials (HTTP 401).`)
      if (!response.ok) throw new UsageError(`${name} answers HTTP ${response.status}.`)
      return await cappedText(response, name, maxBytes)
    }
    throw new UsageError(`${name} redirects more than ${MAX_REDIRECTS} times.`)
  } catch (error) {
    // after Ctrl-C the caller reports the interruption
    if (error instanceof UsageError || options.signal?.aborted) throw error
    if (late.aborted) throw new UsageError(`${name} gave no answer within ${Math.ceil(timeout / 1000)} s.`, 'Give it longer: --timeout 2m')
    const { cause } = error as { cause?: { code?: unknown } }
    throw new UsageError(`${name} cannot be reached${typeof cause?.code === 'string' ? ` (${cause.code})` : ''}.`)
  }
}

function nextUrl(from: URL, location: string, name: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (!to || to.host !== from.host || !/^https?:$/.test(to.protocol)) {
    throw new UsageError(
      `${name} redirects to another host${to ? `, ${to.host}` : ''}.`,
      'Give the address that it leads to, if you trust it.',
    )
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') throw new UsageError(`${name} redirects from https to http.`)
  return to
}

async function cappedText(response: Response, name: string, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // leaving the loop also ends the download
    if (size > maxBytes) throw tooLarge(name, maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tooLarge(name: string, maxBytes: number): UsageError {
  return new UsageError(`${name} is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`)
}
