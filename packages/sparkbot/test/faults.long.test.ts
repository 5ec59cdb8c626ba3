import { testFaults } from '@wamux/fault-server/suite'
import { operations } from '../src/generated/operations.ts'
import { createSparkbot } from '../src/index.ts'

testFaults({
  gateway: 'sparkbot',
  table: operations,
  create: (config, apiKey) => createSparkbot({ ...config, apiKey }),
  sends: 23,
})
