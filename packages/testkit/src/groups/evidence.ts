import { type Evidence, type Operation, type VerbId, verbIds } from '@wamux/core'
import { perform } from '../calling.ts'
import type { Kit } from '../kit.ts'
import { operationsAt } from '../matching.ts'
import type { Runner } from '../runner.ts'
import { answersOf } from '../tape.ts'
import { samples } from '../verb-samples.ts'

const STRENGTH: readonly Evidence[] = ['inferred', 'node-label', 'verified']
const KNOWN_LIMITS = ['maxTextLength', 'maxPollOptions', 'maxMediaBytes', 'maxAgeMs', 'media', 'note']

/** What is only inferred is shown as such; capability data says what the operation table says. */
export function evidenceGroup({ describe, it }: Runner, kit: Kit): void {
  const { manifest, check } = kit
  const evidenceOf = (id: VerbId): Evidence => manifest.evidence?.[id] ?? 'verified'

  async function operationsOf(id: VerbId): Promise<Operation[]> {
    const { operations } = await kit.scripted().gateway.operations()
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
      const { gateway } = kit.scripted()
      const table = await gateway.operations()
      check('operations there are', Object.keys(table.operations).length > 0, true)
      for (const id of verbIds().filter((one) => manifest.capabilities[one] === 'composed')) {
        const tape = await kit.tape(id)
        const scripted = kit.scripted(answersOf(tape))
        await perform(scripted.gateway, id, samples[id].input(tape.staged))
        // a file behind an address of its own is no operation
        const found = scripted.requests.map((request) => operationsAt(table, request)).filter(({ length }) => length > 0)
        const used = found.map((operations) => Math.max(...operations.map(({ evidence }) => STRENGTH.indexOf(evidence))))
        const weakest = STRENGTH[Math.min(...used)]
        check(`${id}: ${evidenceOf(id)}, made from ${weakest}`, STRENGTH.indexOf(evidenceOf(id)) <= Math.min(...used), true)
      }
    })

    it('says nothing of verbs that are absent', async () => {
      const absent = (data: object = {}) => Object.keys(data).filter((id) => !kit.has(id as VerbId))
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
