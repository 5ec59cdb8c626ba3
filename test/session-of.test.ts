import { describe, expect, it } from 'vitest'
import type { Operation, RequestDraft, SessionOf } from '../packages/core/src/index.ts'
import { operations as sparkbot } from '../packages/sparkbot/src/generated/operations.ts'
import { sessionOf as sparkbotSession } from '../packages/sparkbot/src/session-of.ts'
import { operations as waha } from '../packages/waha/src/generated/operations.ts'
import { sessionOf as wahaSession } from '../packages/waha/src/session-of.ts'
import { operations as warest } from '../packages/warest/src/generated/operations.ts'
import { sessionOf as warestSession } from '../packages/warest/src/session-of.ts'
import { operations as wawp } from '../packages/wawp/src/generated/operations.ts'
import { sessionOf as wawpSession } from '../packages/wawp/src/session-of.ts'

const SESSION = 'my "session" ä/1'
/** Operations that say `name` and mean the session. */
const NAMED = ['sessions.create', 'sessions.startDeprecated', 'sessions.stopDeprecated', 'sessions.logoutDeprecated']

interface Sample {
  readonly gateway: string
  readonly operations: Readonly<Record<string, Operation>>
  readonly sessionOf: SessionOf
  /** What the gateway calls the session, in any place. */
  readonly names: readonly string[]
  /** Query parameters that come with the credentials. */
  readonly added?: RequestDraft['query']
}

const samples: readonly Sample[] = [
  { gateway: 'waha', operations: waha.operations, sessionOf: wahaSession, names: ['session'] },
  { gateway: 'wawp', operations: wawp.operations, sessionOf: wawpSession, names: [], added: [['instance_id', SESSION]] },
  { gateway: 'warest', operations: warest.operations, sessionOf: warestSession, names: ['sessionId'] },
  { gateway: 'sparkbot', operations: sparkbot.operations, sessionOf: sparkbotSession, names: ['deviceId', 'device'] },
]

/** A request of an operation: its session where it has one, and something else in all other places. */
function requestOf({ names, added = [] }: Sample, { id, path, method, parameters = [], body }: Operation) {
  const isSession = (name: string) => names.includes(name) || (name === 'name' && NAMED.includes(id))
  const textOf = (name: string) => (isSession(name) ? SESSION : `another ${name}`)
  const fields = (body?.kinds ?? []).flatMap((kind) => kind.fields ?? []).map(({ name }) => name)
  const query = parameters.filter((one) => one.in === 'query').map(({ name }): [string, string] => [name, textOf(name)])
  const draft: RequestDraft = {
    method,
    path: path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(textOf(name))),
    query: [...query, ...added],
    headers: {},
    body: Object.fromEntries(fields.map((name) => [name, textOf(name)])),
  }
  // a list of sessions to look at is none that a request is for
  const given = [...parameters.map(({ name }) => name), ...fields].some((name) => isSession(name))
  return { draft, expected: given || added.length > 0 ? SESSION : undefined }
}

describe.each(samples)('$gateway', (sample) => {
  const all = Object.values(sample.operations)

  it.each(all.map((operation) => [operation.id, operation] as const))('tells the session of %s', (_, operation) => {
    const { draft, expected } = requestOf(sample, operation)
    const field = (name: string) => draft.query.find(([key]) => key === name)?.[1] ?? (draft.body as Record<string, string>)[name]
    expect(sample.sessionOf(draft, field)).toBe(expected)
  })

  it('has requests with a session, most of all', () => {
    expect(all.filter((operation) => requestOf(sample, operation).expected).length).toBeGreaterThan(all.length * 0.7)
  })
})
