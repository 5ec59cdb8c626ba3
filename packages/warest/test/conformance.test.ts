import { openTestGateway } from '@wamux/emulator'
import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWarest, parseWebhook } from '../src/index.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createWarest,
    gateway: () => openTestGateway('warest'),
    parseWebhook,
  },
)
