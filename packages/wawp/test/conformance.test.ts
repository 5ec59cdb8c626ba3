import { openTestGateway } from '@wamux/emulator'
import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWawp, parseWebhook } from '../src/index.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createWawp,
    // it takes files by https only
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
  },
)
