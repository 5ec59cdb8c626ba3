import { openTestGateway } from '@wamux/emulator'
import type { Subject } from '@wamux/testkit'
import { answeringVerbs } from '../src/errors.ts'
import { createWarest, parseWebhook } from '../src/index.ts'

/** What the conformance suite tests: the plugin on the emulator. */
export const subject: Subject = {
  plugin: createWarest,
  answeringVerbs,
  gateway: () => openTestGateway('warest'),
  parseWebhook,
}
