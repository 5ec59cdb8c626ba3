import { createEmulator } from '@wamux/emulator'
import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWawp } from '../src/index.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createWawp,
    gateway: () => {
      const { fetch, gateways, control, close } = createEmulator()
      const { baseUrl, credentials } = gateways.wawp
      return {
        config: { baseUrl, ...credentials, fetch },
        scan: (session, qr) => control.scan(qr === undefined ? { gateway: 'wawp', session } : { qr }),
        enterCode: (_, code) => control.enterCode({ code }),
        close,
      }
    },
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
