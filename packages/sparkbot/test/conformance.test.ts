import { createEmulator } from '@wamux/emulator'
import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createSparkbot } from '../src/index.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createSparkbot,
    gateway: () => {
      const { fetch, gateways, control, close } = createEmulator()
      const { baseUrl, credentials } = gateways.sparkbot
      return {
        config: { baseUrl, ...credentials, fetch },
        scan: (session, qr) => control.scan(qr === undefined ? { gateway: 'sparkbot', session } : { qr }),
        enterCode: (_, code) => control.enterCode({ code }),
        close,
      }
    },
  },
)
