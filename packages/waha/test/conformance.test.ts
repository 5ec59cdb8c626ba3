import { openTestGateway } from '@wamux/emulator'
import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWaha, parseWebhook } from '../src/index.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createWaha,
    gateway: () => openTestGateway('waha'),
    parseWebhook,
    failures: [
      {
        name: 'a session in the wrong state',
        kind: 'conflict',
        status: 422,
        body: { error: 'Session status is not as expected', session: 'main', status: 'STOPPED', expected: ['WORKING'] },
        message: 'session is STOPPED',
      },
    ],
  },
)
