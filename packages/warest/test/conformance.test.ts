import { createEmulator } from '@wamux/emulator'
import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWarest } from '../src/index.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createWarest,
    gateway: () => {
      const { fetch, gateways, control, close } = createEmulator()
      const { baseUrl, credentials } = gateways.warest
      return {
        config: { baseUrl, ...credentials, fetch },
        scan: (session, qr) => control.scan(qr === undefined ? { gateway: 'warest', session } : { qr }),
        enterCode: (_, code) => control.enterCode({ code }),
        close,
      }
    },
  },
)
