import { saysNo } from '@wamux/fault-server'
import { testFaults } from '@wamux/fault-server/suite'
import { operations } from '../src/generated/operations.ts'
import { createWawp } from '../src/index.ts'

testFaults({
  gateway: 'wawp',
  table: operations,
  create: (config, accessToken) => createWawp({ ...config, instanceId: 'instance', accessToken }),
  sends: 27,
  more: [
    saysNo('200 that says no', { success: false, message: 'invalid number' }, false),
    saysNo('200 that says too many requests', { success: false, message: 'Too many requests' }, false),
    saysNo('200 that says that the upstream failed, after the effect', { success: false, code: 'wawp_upstream_error' }, true),
  ],
  differs: {
    '200 that says no': { outcomes: ['invalid_request'], readTries: 1 },
    // nothing documents that it refuses before it queues, so a send is not repeated
    '200 that says too many requests': { outcomes: ['rate_limited'], readTries: 1 },
    // whoever stands behind Wawp may have done it before it failed
    '200 that says that the upstream failed, after the effect': { outcomes: ['unknown_outcome'], readTries: 1 },
  },
})
