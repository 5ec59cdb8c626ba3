import { isHeaderName, isHeaderText } from '../request/header-text.ts'
import { isBelow } from '../request/url.ts'
import { configError } from './context.ts'
import type { GatewayConfig, Identity } from './contract.ts'

/** Name of a malformed option, and what was expected. */
type Wrong = readonly [field: string, expected: string]

const NUMBERS = /Ms$|^(attempts|concurrency|maxBodyBytes|perSecond|queue)$/
const GROUPS = /^(limits|perSession|preflight|retry)$/

/**
 * Checks the options that all gateways share.
 *
 * @param manifest of the gateway, for the error
 * @param baseUrl checked base URL
 * @param config the user's configuration
 * @throws {GatewayError} `config`: a number or a corrected path is malformed; `field` names it
 */
export function checkOptions(manifest: Identity, baseUrl: string, config: GatewayConfig): void {
  const wrong = wrongNumber(config) ?? wrongPath(baseUrl, config.paths) ?? wrongHeader(config.headers)
  if (wrong) throw configError(manifest, ...wrong)
}

/** The first option that has to be a number and is not one, is negative, or is 0 where 0 has no meaning. */
function wrongNumber(options: object, place = ''): Wrong | undefined {
  for (const [name, value] of Object.entries(options)) {
    const inner = GROUPS.test(name) ? wrongNumber(value ?? {}, `${place + name}.`) : undefined
    if (inner) return inner
    // 0 has a meaning for durations and for the length of the queue
    const fits = typeof value === 'number' && (value > 0 || (value === 0 && /Ms$|queue/.test(name)))
    if (value !== undefined && NUMBERS.test(name) && !fits) return [place + name, 'a positive number']
  }
  return undefined
}

/** The first corrected path that is malformed or leaves the base URL. */
function wrongPath(baseUrl: string, paths: Readonly<Record<string, string>> = {}): Wrong | undefined {
  for (const [id, place] of Object.entries(paths)) {
    const [path, method = 'GET', more] = `${place}`.trim().split(/\s+/).reverse()
    const fits = !path || (isBelow(baseUrl, path.replace(/\{[^{}]+\}/g, 'x')) && /^(GET|POST|PUT|PATCH|DELETE)$/i.test(method) && !more)
    if (!fits) return [`paths.${id}`, '/path, or PUT /path']
  }
  return undefined
}

/** The first header that cannot be sent: the transport would fail during a call, with no way to tell whether the request went out. */
function wrongHeader(headers: unknown): Wrong | undefined {
  if (headers === undefined) return undefined
  // a `Headers` object has no properties of its own, so its fields would be ignored silently
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers) return ['headers', 'an object of names and texts']
  const wrong = Object.entries(headers).find(([name, value]) => !isHeaderName(name) || !isHeaderText(value))
  return wrong && [`headers.${wrong[0]}`, 'a header name and printable text']
}
