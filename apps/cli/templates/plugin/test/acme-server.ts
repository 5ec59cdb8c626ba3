import type { TestGateway } from '@wamux/testkit'

// TODO 7: answer like Acme, in memory (examples/wamux-plugin-gowa/test/gowa-server.ts of the wamux repository shows how), or give the `baseUrl`
// of a test server. If Acme cannot create sessions, `session` names one that exists.
/** What the conformance suite runs against. */
export function openAcmeServer(): TestGateway {
  const answer = async (): Promise<Response> =>
    Response.json({ message: 'TODO 7: test/acme-server.ts has no answers yet' }, { status: 501 })
  return {
    config: { baseUrl: 'http://acme.test', apiKey: 'a test key', fetch: answer },
    session: 'main',
    scan: () => {
      throw new Error('TODO 7: test/acme-server.ts cannot scan a QR code yet')
    },
    enterCode: () => {
      throw new Error('TODO 7: test/acme-server.ts takes no pairing code yet')
    },
  }
}
