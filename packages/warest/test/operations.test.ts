import { testOperations } from '@wamux/document-server/suite'
import { operations } from '../src/generated/operations.ts'
import * as routes from '../src/generated/routes.ts'
import { createWarest } from '../src/index.ts'

testOperations({
  document: new URL('../openapi/warest.openapi.yaml', import.meta.url),
  schema: new URL('../src/generated/schema.ts', import.meta.url),
  table: operations,
  routes,
  credentials: [{ header: 'x-warest-api-key' }],
  create: (config) => createWarest({ ...config, apiKey: 'secret' }),
  totals: { actions: 90, operations: 90, alternates: 0, resources: 0 },
})
