import { library } from '../../tsdown.base.ts'

export default {
  ...library,
  entry: {
    index: 'src/index.ts',
    engine: 'src/engine/index.ts',
    inspect: 'src/inspect.ts',
    node: 'src/node/index.ts',
    opentelemetry: 'src/opentelemetry.ts',
    'public-url': 'src/public-url/index.ts',
    supervise: 'src/supervise-sessions.ts',
    testing: 'src/testing/index.ts',
    verbs: 'src/verbs.ts',
    webhooks: 'src/webhooks/index.ts',
  },
}
