import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { library, oneFileForNode } from '../../tsdown.base.ts'

const parts = {
  ...library,
  entry: {
    index: 'src/index.ts',
    client: 'src/gateway/client.ts',
    inspect: 'src/errors/inspect.ts',
    'nearest-word': 'src/errors/nearest-word.ts',
    opentelemetry: 'src/opentelemetry/index.ts',
    plugin: 'src/gateway/plugin.ts',
    'public-url': 'src/public-url/index.ts',
    registration: 'src/registration/index.ts',
    supervise: 'src/supervise/index.ts',
    transport: 'src/request/index.ts',
    verbs: 'src/verbs/index.ts',
    webhooks: 'src/webhooks/index.ts',
  },
  outputOptions: {
    // few files for what Node loads with every gateway; nothing that a bundler may leave out stands in one file with what it needs
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {
          name: 'client-parts',
          test: /src\/(time\/clock|errors\/gateway-error|request\/(send-request|transport|body|url|response|json-depth)|operations\/typed-client|gateway\/context)\.ts$/,
        },
        {
          name: 'gateway-parts',
          test: /src\/(time\/sleep|memory\/keep-latest|schema\/corrected-path|request\/send|gateway\/(define-plugin|guard-verbs|check-options|lazy-[a-z]+)|verbs\/(address|identities|session-info|wait-for-session|poll-until|paged)|vocabulary\/(check-input|lists|person)|events\/event-bus)\.ts$/,
        },
      ],
    },
  },
}

/** What programs that talk to a gateway need. The others are rare, and have a file each. */
const together = ['index', 'client', 'inspect', 'plugin', 'registration', 'supervise', 'transport', 'verbs', 'webhooks'] as const

const node = oneFileForNode(together.map((name) => parts.entry[name]))
const licence = readFileSync(join(import.meta.dirname, 'node_modules/openapi-fetch/LICENSE'), 'utf8').trim()

export default [
  parts,
  {
    ...node,
    // one file and one look-up of a package less at every start
    deps: { alwaysBundle: ['openapi-fetch'] },
    outputOptions: { ...node.outputOptions, banner: `/*! Contains openapi-fetch.\n${licence}\n*/` },
  },
]
