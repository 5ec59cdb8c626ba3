import { testOperations } from '@wamux/document-server/suite'
import { operations } from '../src/generated/operations.ts'
import * as routes from '../src/generated/routes.ts'
import { createWawp } from '../src/index.ts'

testOperations({
  document: new URL('../openapi/wawp.openapi.yaml', import.meta.url),
  schema: new URL('../src/generated/schema.ts', import.meta.url),
  table: operations,
  routes,
  credentials: [
    { header: 'access-token', query: 'access_token', body: 'access_token' },
    { query: 'instance_id', body: 'instance_id', optional: true },
  ],
  create: (config) => createWawp({ ...config, instanceId: 'instance', accessToken: 'secret' }),
  totals: { actions: 124, operations: 124, alternates: 15, resources: 0 },
})
