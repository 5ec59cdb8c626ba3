import { testFaults } from '@wamux/fault-server/suite'
import { operations } from '../src/generated/operations.ts'
import { createWaha } from '../src/index.ts'

testFaults({
  gateway: 'waha',
  table: operations,
  create: (config, apiKey) => createWaha({ ...config, apiKey }),
  sends: 27,
})
