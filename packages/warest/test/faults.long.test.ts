import { testFaults } from '@wamux/fault-server/suite'
import { operations } from '../src/generated/operations.ts'
import { createWarest } from '../src/index.ts'

testFaults({
  gateway: 'warest',
  table: operations,
  create: (config, apiKey) => createWarest({ ...config, apiKey }),
  sends: 24,
  // rate limit and cool-down refuse before anything is queued: documented, so that such a send is repeated
  differs: {
    '429 with Retry-After before the effect': { outcomes: ['rate_limited'], tries: 3 },
    '429 without Retry-After before the effect': { outcomes: ['rate_limited'], tries: 3 },
    '429 at first, then 200': { outcomes: ['ok'], tries: 2, readTries: 2 },
  },
})
