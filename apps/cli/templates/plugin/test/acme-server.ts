import type { TestGateway } from '@wamux/testkit'

// TODO 7: answer as Acme does, in memory (examples/wamux-plugin-gowa/test/gowa-server.ts shows how), or lead to a server for tests with its
// `baseUrl`. A gateway that cannot create sessions names one that exists: `session`.
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
