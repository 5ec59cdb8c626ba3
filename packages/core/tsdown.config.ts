import { library } from '../../tsdown.base.ts'

export default {
  ...library,
  entry: {
    index: 'src/index.ts',
    engine: 'src/engine/index.ts',
    client: 'src/gateway/client.ts',
    'engine-verbs': 'src/engine/verbs/index.ts',
    inspect: 'src/errors/inspect.ts',
    opentelemetry: 'src/opentelemetry/index.ts',
    plugin: 'src/gateway/plugin.ts',
    'public-url': 'src/public-url/index.ts',
    supervise: 'src/supervise/index.ts',
    testing: 'src/testing/index.ts',
    transport: 'src/request/index.ts',
    verbs: 'src/verbs/index.ts',
    webhooks: 'src/webhooks/index.ts',
  },
}
