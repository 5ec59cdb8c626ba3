import { GatewayError } from '../errors/gateway-error.ts'
import { createTransport } from '../request/transport.ts'
import type { RequestContext } from '../request/types.ts'
import { normaliseBaseUrl } from '../request/url.ts'
import type { ContextDefinition, GatewayConfig, Identity } from './contract.ts'

/**
 * Makes what all requests to a gateway need, from a checked configuration.
 *
 * @param definition credentials and reader of errors of the plugin
 * @param config the user's configuration
 * @throws {GatewayError} `config`: a credential is missing or malformed, or `baseUrl` is no http(s) URL
 */
export function contextOf<Config extends GatewayConfig>(definition: ContextDefinition<Config>, config: Config): RequestContext {
  const { manifest } = definition
  checkCredentials(manifest, config)
  const baseUrl = normaliseBaseUrl(config.baseUrl)
  if (!baseUrl) throw configError(manifest, 'baseUrl', 'http(s)://host/path')
  return {
    ...definition,
    gateway: manifest,
    baseUrl,
    headers: config.headers ?? {},
    transport: createTransport({ ...config, timeoutMs: config.timeoutMs ?? definition.timeoutMs }),
    authorization: definition.auth(config),
    paths: config.paths ?? {},
    // loaded on first use: most programs have no hooks, limits or preflight check
    observer:
      config.hooks || config.limits || config.preflight
        ? async (context) => (await import('../policies/observer.ts')).observerOf(context, config)
        : undefined,
  }
}

function checkCredentials(manifest: Identity, config: GatewayConfig): void {
  for (const { field, required } of manifest.credentials) {
    const value = (config as unknown as Record<string, unknown>)[field]
    const fits = value === undefined ? !required : typeof value === 'string' && /^[\x20-\x7e]+$/.test(value)
    if (!fits) throw configError(manifest, field, 'plain text')
  }
}

/**
 * Makes the error for a malformed option.
 *
 * @param manifest of the gateway
 * @param field name of the option
 * @param expected what would have been accepted
 * @returns a `config` error for the caller to throw
 */
export function configError(manifest: Identity, field: string, expected: string): GatewayError {
  return new GatewayError(`${manifest.name}: ${field}: expected ${expected}`, { kind: 'config', gateway: manifest.id, field })
}
