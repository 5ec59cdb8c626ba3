import { testOperations } from '@wamux/document-server/suite'
import { operations } from '../src/generated/operations.ts'
import * as routes from '../src/generated/routes.ts'
import { createSparkbot } from '../src/index.ts'

testOperations({
  document: new URL('../openapi/sparkbot.openapi.yaml', import.meta.url),
  schema: new URL('../src/generated/schema.ts', import.meta.url),
  table: operations,
  routes,
  credentials: [{ header: 'token' }],
  create: (config) => createSparkbot({ ...config, apiKey: 'secret' }),
  totals: { actions: 148, operations: 136, alternates: 0, resources: 23 },
})
