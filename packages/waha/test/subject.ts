import { openTestGateway } from '@wamux/emulator'
import type { Subject } from '@wamux/testkit'
import { answeringVerbs } from '../src/errors.ts'
import { createWaha, parseWebhook } from '../src/index.ts'

/** What the conformance suite tests: the plugin on the emulator. */
export const subject: Subject = {
  plugin: createWaha,
  answeringVerbs,
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
}
