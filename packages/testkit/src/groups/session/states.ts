import type { SessionInfo } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { answersOf, jsonBody, type Recording } from '../../recording/recording.ts'
import { endingOf, perform } from '../../running/call-verb.ts'
import { STATES, samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const NEW_WORD = 'WAMUX_NEVER_SEEN'

/** States and fields that a later version of the gateway may add break nothing. */
export function statesGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context

  /** Gets a session for which the gateway's last answer is `data`. */
  async function look(recording: Recording, data: unknown): Promise<{ outcome: string; info?: SessionInfo }> {
    const answers = answersOf(recording)
    const { gateway } = context.scripted([...answers.slice(0, -1), { status: 200, body: data }])
    let info: SessionInfo | undefined
    const { outcome } = await endingOf(async () => {
      info = (await perform(gateway, 'session.get', samples['session.get'].input(recording.fixtures))) as SessionInfo
    })
    return info ? { outcome, info } : { outcome }
  }

  async function recorded(): Promise<{ recording: Recording; data: unknown; places: Place[] }> {
    const recording = await context.recording('session.get')
    const data = jsonBody(answersOf(recording).at(-1) ?? { status: 0 })
    return { recording, data, places: placesIn(data) }
  }

  describe('states', () => {
    it('takes a state that it does not know for unknown', async () => {
      const { recording, data, places } = await recorded()
      const states = new Set<string>()
      for (const place of places) {
        const { outcome, info } = await look(recording, changed(data, place, NEW_WORD))
        check(`${place.join('.')}: ${outcome}`, outcome === 'ok' || outcome === 'not_found', true)
        if (!info) continue
        check(`a state of ours for ${place.join('.')}`, STATES.includes(info.state), true)
        states.add(info.state)
      }
      check('unknown', states.has('unknown'), true)
    })

    it('bears values of another type', async () => {
      const { recording, data, places } = await recorded()
      for (const place of places) {
        for (const value of [null, 42, true, {}, [], undefined]) {
          const { outcome } = await look(recording, changed(data, place, value))
          const fine = ['ok', 'not_found', 'bad_response', 'server'].includes(outcome)
          check(`${place.join('.')} = ${JSON.stringify(value)}: ${outcome}`, fine, true)
        }
      }
    })

    it('bears fields that it does not know', async () => {
      const { recording, data } = await recorded()
      const before = await look(recording, data)
      const after = await look(recording, withMore(data))
      check('outcomes', [before.outcome, after.outcome], ['ok', 'ok'])
      check('state', [after.info?.state, after.info?.account], [before.info?.state, before.info?.account])
    })
  })
}

type Place = readonly (string | number)[]

/** Where plain data has a value that is no object or list. */
function placesIn(data: unknown, place: Place = []): Place[] {
  if (typeof data !== 'object' || data === null) return place.length > 0 ? [place] : []
  const entries: [string | number, unknown][] = Array.isArray(data) ? [...data.entries()] : Object.entries(data)
  return entries.flatMap(([key, value]) => placesIn(value, [...place, key]))
}

function changed(data: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(data)) return data.map((item, index) => (index === key ? changed(item, rest, value) : item))
  const record = data as Record<string, unknown>
  return { ...record, [key]: changed(record[key], rest, value) }
}

function withMore(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withMore)
  if (typeof data !== 'object' || data === null) return data
  const known = Object.entries(data).map(([name, value]) => [name, withMore(value)])
  return { ...Object.fromEntries(known), wamuxNew: { deep: [1, NEW_WORD] } }
}
