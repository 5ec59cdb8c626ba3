import { openTestGateway } from '@wamux/emulator'
import type { Subject } from '@wamux/testkit'
import { answeringVerbs } from '../src/errors.ts'
import { createWawp, parseWebhook } from '../src/index.ts'

/** What the conformance suite tests: the plugin on the emulator. */
export const subject: Subject = {
  plugin: createWawp,
  // it takes files by https only
  answeringVerbs,
  gateway: () => openTestGateway('wawp', { origin: () => 'https://emulator.invalid' }),
  // the emulator signs in the one of the disputed forms that a package of the vendor checks
  parseWebhook: (request, { secrets }) => parseWebhook(request, { secrets, signature: 'hmac-sha256' }),
  failures: [
    {
      name: 'a refusal within a 200',
      kind: 'not_found',
      status: 200,
      body: { success: false, message: 'No such chat' },
      message: 'No such chat',
    },
  ],
}
