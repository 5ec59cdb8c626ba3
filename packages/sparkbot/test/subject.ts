import { openTestGateway } from '@wamux/emulator'
import type { Subject } from '@wamux/testkit'
import { answeringVerbs } from '../src/errors.ts'
import { createSparkbot, parseWebhook } from '../src/index.ts'

/** What the conformance suite tests: the plugin on the emulator. */
export const subject: Subject = {
  plugin: createSparkbot,
  answeringVerbs,
  gateway: () => openTestGateway('sparkbot'),
  // it signs nothing
  parseWebhook: (request) => parseWebhook(request, { verify: 'none' }),
  unsignedWebhooks: true,
}
