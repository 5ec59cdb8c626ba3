/** What the budgets need to know of a gateway. */
export interface BudgetedGateway {
  readonly id: string
  /** Function of `@wamux/<id>/client`. */
  readonly client: string
  /** Function of `@wamux/<id>`. */
  readonly gateway: string
  /** A config that it takes, as source text. */
  readonly config: string
  /** A GET that needs no input. */
  readonly read: string
  /** A call of a portable verb that reads, as source text. */
  readonly verb: string
}

const config = `{ baseUrl: 'http://localhost:3000', apiKey: 'key' }`
const verb = 'session.list()'

/** All gateways; a test compares them with the plugins that there are. */
export const gateways: readonly BudgetedGateway[] = [
  { id: 'waha', client: 'createWahaClient', gateway: 'createWaha', config, read: '/api/sessions', verb },
  {
    id: 'wawp',
    client: 'createWawpClient',
    gateway: 'createWawp',
    config: `{ baseUrl: 'http://localhost:3000', instanceId: 'id', accessToken: 'token' }`,
    read: '/v2/session/me',
    // it has no list
    verb: `session.get({ session: 'id' })`,
  },
  { id: 'warest', client: 'createWarestClient', gateway: 'createWarest', config, read: '/api/v1/session/list', verb },
  { id: 'sparkbot', client: 'createSparkbotClient', gateway: 'createSparkbot', config, read: '/devices', verb },
]
