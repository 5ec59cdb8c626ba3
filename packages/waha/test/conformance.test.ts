import { createEmulator } from '@wamux/emulator'
import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWaha } from '../src/index.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createWaha,
    gateway: () => {
      const { fetch, gateways, control, close } = createEmulator()
      const { baseUrl, credentials } = gateways.waha
      return {
        config: { baseUrl, ...credentials, fetch },
        scan: (session, qr) => control.scan(qr === undefined ? { gateway: 'waha', session } : { qr }),
        enterCode: (_, code) => control.enterCode({ code }),
        close,
      }
    },
    failures: [
      {
        name: 'a session in the wrong state',
        kind: 'conflict',
        status: 422,
        body: { error: 'Session status is not as expected', session: 'main', status: 'STOPPED', expected: ['WORKING'] },
        message: 'session is STOPPED',
      },
    ],
  },
)
