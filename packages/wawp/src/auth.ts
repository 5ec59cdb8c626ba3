import type { Authorization, Credential, GatewayConfig, RequestDraft } from '@wamux/core'

/** Configuration of a Wawp instance: its address and credentials, and the options of {@link GatewayConfig}. */
export interface WawpConfig extends GatewayConfig {
  /** The instance that calls are for unless they name another session. */
  readonly instanceId: string
  /** The account's access token. */
  readonly accessToken: string
  /**
   * Where the credentials go. `body` (default): into the JSON body, for GET into the query. `query`: always there, as Wawp's own samples
   * do. `header`: the token as `access-token`, the instance as with `body`. Wawp documents `header`, but it was not seen to work alone.
   *
   * @see https://github.com/wamux/wamux/blob/main/docs/gateways/wawp.md#credentials
   */
  readonly credentials?: 'body' | 'query' | 'header'
}

/** What a user has to give. What people and apps see of it is in the manifest, so that a client alone stays small. */
export const instanceId: Pick<Credential, 'field' | 'required'> = { field: 'instanceId', required: true }
export const accessToken: Pick<Credential, 'field' | 'required'> = { field: 'accessToken', required: true }

/** Wawp takes `instance_id` and `access_token` with every call; creating an instance takes the token alone. */
export function authorize(config: WawpConfig): Authorization {
  const place = config.credentials ?? 'body'
  return {
    secrets: [config.accessToken],
    queryNames: ['access_token'],
    apply(draft) {
      const values: Record<string, string> = {}
      if (draft.path !== '/v2/session/create') values.instance_id = takeInstance(draft) ?? config.instanceId
      if (place === 'header') draft.headers['access-token'] = config.accessToken
      else values.access_token = config.accessToken
      if (place === 'query' || draft.method === 'GET' || !isFields(draft.body)) addToQuery(draft, values)
      else draft.body = { ...values, ...draft.body }
    },
  }
}

// verbs put the instance into the query; it is moved to where the credentials go
function takeInstance(draft: RequestDraft): string | undefined {
  const index = draft.query.findIndex(([name]) => name === 'instance_id')
  return index < 0 ? undefined : draft.query.splice(index, 1)[0]?.[1]
}

function isFields(body: unknown): body is Record<string, unknown> | undefined {
  return body === undefined || Object.getPrototypeOf(body ?? 0) === Object.prototype
}

function addToQuery(draft: RequestDraft, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) draft.query.push([name, value])
}
