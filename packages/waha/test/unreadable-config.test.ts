import { expect, it } from 'vitest'
import { failure, verbs } from './fixtures/scripted.ts'

it('writes nothing over a config that it cannot read, nor do the verbs of webhooks', async () => {
  const url = 'https://x.test'
  const present = { name: 'main', status: 'WORKING' }
  const configs: readonly unknown[] = [
    'hidden',
    7,
    true,
    [],
    [{ webhooks: [] }],
    { webhooks: 'x' },
    { webhooks: { url } },
    { webhooks: [null, { url }] },
  ]
  const answers = [...configs.map((config) => ({ ...present, config })), {}, { config: {} }]
  const calls = [
    ['session.update', { config: { debug: true } }],
    ['webhook.create', { url: 'https://y.test' }],
    ['webhook.update', { webhook: url, url: 'https://y.test' }],
    ['webhook.delete', { webhook: url }],
  ] as const
  for (const body of answers) {
    for (const [verb, input] of calls) {
      const { run, requests } = verbs([{ status: 200, body }])
      const { kind } = await failure(run(verb, input))
      expect([verb, kind, requests.map(({ method }) => method)]).toEqual([verb, 'bad_response', ['GET']])
    }
  }
})
