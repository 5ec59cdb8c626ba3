import { type Evidence, type Operation, type VerbId, verbIds } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { operationsAt } from '../../context/matching.ts'
import { answersOf } from '../../recording/recording.ts'
import { perform } from '../../running/call-verb.ts'
import { samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const STRENGTH: readonly Evidence[] = ['inferred', 'node-label', 'verified']
const KNOWN_LIMITS = ['maxTextLength', 'maxPollOptions', 'maxMediaBytes', 'maxAgeMs', 'media', 'note']

/** What is only inferred is shown as such; capability data says what the operation table says. */
export function evidenceGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { manifest, check } = context
  const evidenceOf = (id: VerbId): Evidence => manifest.evidence?.[id] ?? 'verified'

  async function operationsOf(id: VerbId): Promise<Operation[]> {
    const { operations } = await context.scripted().gateway.operations()
    return Object.values(operations).filter(({ capability }) => capability === id)
  }

  describe('evidence', () => {
    it('native verbs are as certain as their operations', async () => {
      for (const id of verbIds().filter((one) => manifest.capabilities[one] === 'native')) {
        const known = (await operationsOf(id)).map(({ evidence }) => evidence)
        // of several operations for one verb the surest is the one to use
        const best = STRENGTH.findLast((one) => known.includes(one))
        check(id, evidenceOf(id), best)
      }
    })

    it('composed verbs are no more certain than what they are put together from', async () => {
      const { gateway } = context.scripted()
      const table = await gateway.operations()
      check('operations there are', Object.keys(table.operations).length > 0, true)
      for (const id of verbIds().filter((one) => manifest.capabilities[one] === 'composed')) {
        const recording = await context.recording(id)
        const scripted = context.scripted(answersOf(recording))
        await perform(scripted.gateway, id, samples[id].input(recording.fixtures))
        // a file behind an address of its own is no operation
        const found = scripted.requests.map((request) => operationsAt(table, request)).filter(({ length }) => length > 0)
        const used = found.map((operations) => Math.max(...operations.map(({ evidence }) => STRENGTH.indexOf(evidence))))
        const weakest = STRENGTH[Math.min(...used)]
        check(`${id}: ${evidenceOf(id)}, made from ${weakest}`, STRENGTH.indexOf(evidenceOf(id)) <= Math.min(...used), true)
      }
    })

    it('says nothing of verbs that are absent', async () => {
      const absent = (data: object = {}) => Object.keys(data).filter((id) => !context.has(id as VerbId))
      check('evidence', absent(manifest.evidence), [])
      check('limits', absent(manifest.limits), [])
    })

    it('has limits that make sense', async () => {
      check('limits as JSON', JSON.parse(JSON.stringify(manifest.limits ?? {})), manifest.limits ?? {})
      for (const [id, limits] of Object.entries(manifest.limits ?? {})) {
        check(
          `${id}: limits that nobody knows`,
          Object.keys(limits).filter((name) => !KNOWN_LIMITS.includes(name)),
          [],
        )
        for (const name of ['maxTextLength', 'maxPollOptions', 'maxMediaBytes', 'maxAgeMs'] as const) {
          const value = limits[name]
          check(`${id}: ${name}`, value === undefined || (Number.isInteger(value) && value > 0), true)
        }
        check(`${id}: media`, limits.media === undefined || limits.media.length > 0, true)
      }
    })
  })
}
