import { isBelow } from '../request/url.ts'
import { configError } from './context.ts'
import type { GatewayConfig, Identity } from './contract.ts'

/** A field that does not fit, and what was expected. */
type Wrong = readonly [field: string, expected: string]

const NUMBERS = /Ms$|^(attempts|concurrency|maxBodyBytes|perSecond|queue)$/
const GROUPS = /^(limits|perSession|preflight|retry)$/

/** Refuses options that no gateway can keep to. @throws GatewayError `config` */
export function checkOptions(manifest: Identity, baseUrl: string, config: GatewayConfig): void {
  const wrong = wrongNumber(config) ?? wrongPath(baseUrl, config.paths)
  if (wrong) throw configError(manifest, ...wrong)
}

/** The first option that is to be a number and is none, is negative, or is 0 where that has no meaning. */
function wrongNumber(options: object, place = ''): Wrong | undefined {
  for (const [name, value] of Object.entries(options)) {
    const inner = GROUPS.test(name) ? wrongNumber(value ?? {}, `${place + name}.`) : undefined
    if (inner) return inner
    // no time and no queue are wishes that can be fulfilled
    const fits = typeof value === 'number' && (value > 0 || (value === 0 && /Ms$|queue/.test(name)))
    if (value !== undefined && NUMBERS.test(name) && !fits) return [place + name, 'a positive number']
  }
  return undefined
}

/** The first correction that would lead away from the base URL, or is none. */
function wrongPath(baseUrl: string, paths: Readonly<Record<string, string>> = {}): Wrong | undefined {
  for (const [id, place] of Object.entries(paths)) {
    const [path, method = 'GET', more] = `${place}`.trim().split(/\s+/).reverse()
    const fits = !path || (isBelow(baseUrl, path.replace(/\{[^{}]+\}/g, 'x')) && /^(GET|POST|PUT|PATCH|DELETE)$/i.test(method) && !more)
    if (!fits) return [`paths.${id}`, '/path, or PUT /path']
  }
  return undefined
}
