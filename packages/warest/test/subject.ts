import { openTestGateway } from '@wamux/emulator'
import type { Subject } from '@wamux/testkit'
import { createWarest, parseWebhook } from '../src/index.ts'

/** What the conformance suite tests: the plugin on the emulator. */
export const subject: Subject = {
  plugin: createWarest,
  gateway: () => openTestGateway('warest'),
  parseWebhook,
}
