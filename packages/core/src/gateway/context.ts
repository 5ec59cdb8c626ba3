import { GatewayError } from '../errors/gateway-error.ts'
import { createTransport } from '../request/transport.ts'
import type { RequestContext } from '../request/types.ts'
import { normaliseBaseUrl } from '../request/url.ts'
import type { ContextDefinition, GatewayConfig, Identity } from './contract.ts'

/** The context of one gateway: checked config, transport, credentials and redaction. @throws GatewayError `config` */
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
    // code that most programs never need
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

export function configError(manifest: Identity, field: string, expected: string): GatewayError {
  return new GatewayError(`${manifest.name}: ${field}: expected ${expected}`, { kind: 'config', gateway: manifest.id, field })
}
