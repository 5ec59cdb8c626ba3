import { requireVerb, type VerbId, verbIds } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { endingOf } from '../../running/call-verb.ts'
import type { Runner } from '../../subject/runner.ts'

/** In place of one of these only others of them are named, which a gateway may have none of. */
const ENDS_A_SESSION: readonly VerbId[] = ['session.stop', 'session.logout', 'session.reset', 'session.restart', 'session.delete']

/** A verb that a gateway lacks is absent, and no other verb is called in its place. */
export function absentVerbsGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context
  describe('absent verbs', () => {
    for (const id of verbIds().filter((one) => !context.has(one))) {
      it(`refuses ${id} without asking the gateway`, async () => {
        const { gateway, requests } = context.scripted()
        const { outcome, error } = await endingOf(() => requireVerb(gateway, id))
        check('kind', outcome, 'unsupported')
        check('requests', requests.length, 0)
        check('gateway and operation', [error?.gateway, error?.operation], [context.manifest.id, id])
        const [namespace = '', name = ''] = id.split('.')
        const verbs = (gateway as unknown as Record<string, Record<string, unknown> | undefined>)[namespace]
        check(`gateway.${id}`, verbs?.[name], undefined)
        const named = verbIds().filter((one) => error?.hint?.match(new RegExp(`${one}(?!\\w)`)))
        const near = (Object.keys(context.manifest.capabilities) as VerbId[]).some(
          (one) => one.startsWith(`${namespace}.`) && (!ENDS_A_SESSION.includes(id) || ENDS_A_SESSION.includes(one)),
        )
        check('verbs that it names instead', named.length > 0, near)
        check(
          'absent verbs among these',
          named.filter((one) => !context.has(one)),
          [],
        )
      })
    }

    it('takes nothing for a verb that only looks like one', async () => {
      const { gateway, requests } = context.scripted()
      for (const id of ['session.constructor', 'session.toString', 'client.GET', 'constructor.name', 'session', '']) {
        const { outcome } = await endingOf(() => requireVerb(gateway, id as VerbId))
        check(`kind for "${id}"`, outcome, 'unsupported')
      }
      check('requests', requests.length, 0)
    })
  })
}
