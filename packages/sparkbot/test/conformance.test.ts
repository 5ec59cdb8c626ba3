import { openTestGateway } from '@wamux/emulator'
import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createSparkbot, parseWebhook } from '../src/index.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createSparkbot,
    gateway: () => openTestGateway('sparkbot'),
    // it signs nothing
    parseWebhook: (request) => parseWebhook(request, { verify: 'none' }),
    unsignedWebhooks: true,
  },
)
