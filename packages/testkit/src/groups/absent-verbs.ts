import { requireVerb, type VerbId, verbIds } from '@wamux/core'
import { endingOf } from '../calling.ts'
import type { Kit } from '../kit.ts'
import type { Runner } from '../runner.ts'

/** What a gateway lacks is absent, and nothing takes its place. */
export function absentVerbsGroup({ describe, it }: Runner, kit: Kit): void {
  const { check } = kit
  describe('absent verbs', () => {
    for (const id of verbIds().filter((one) => !kit.has(one))) {
      it(`refuses ${id} without asking the gateway`, async () => {
        const { gateway, requests } = kit.scripted()
        const { outcome, error } = await endingOf(() => requireVerb(gateway, id))
        check('kind', outcome, 'unsupported')
        check('requests', requests.length, 0)
        check('gateway and operation', [error?.gateway, error?.operation], [kit.manifest.id, id])
        const [namespace = '', name = ''] = id.split('.')
        const verbs = (gateway as unknown as Record<string, Record<string, unknown> | undefined>)[namespace]
        check(`gateway.${id}`, verbs?.[name], undefined)
        const named = verbIds().filter((one) => error?.hint?.match(new RegExp(`${one}(?!\\w)`)))
        const near = Object.keys(kit.manifest.capabilities).some((one) => one.startsWith(`${namespace}.`))
        check('verbs that it names instead', named.length > 0, near)
        check(
          'absent verbs among these',
          named.filter((one) => !kit.has(one)),
          [],
        )
      })
    }

    it('takes nothing for a verb that only looks like one', async () => {
      const { gateway, requests } = kit.scripted()
      for (const id of ['session.constructor', 'session.toString', 'client.GET', 'constructor.name', 'session', '']) {
        const { outcome } = await endingOf(() => requireVerb(gateway, id as VerbId))
        check(`kind for "${id}"`, outcome, 'unsupported')
      }
      check('requests', requests.length, 0)
    })
  })
}
