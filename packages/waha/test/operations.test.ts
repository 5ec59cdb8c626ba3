import { testOperations } from '@wamux/document-server/suite'
import { operations } from '../src/generated/operations.ts'
import * as routes from '../src/generated/routes.ts'
import { createWaha } from '../src/index.ts'

testOperations({
  document: new URL('../openapi/waha.openapi.yaml', import.meta.url),
  schema: new URL('../src/generated/schema.ts', import.meta.url),
  table: operations,
  routes,
  credentials: [{ header: 'x-api-key' }],
  create: (config) => createWaha({ ...config, apiKey: 'secret' }),
  totals: { actions: 162, operations: 162, alternates: 0, resources: 19 },
})
