import { expect, it } from 'vitest'
import { verbAudience, verbSafety } from '../packages/core/src/vocabulary/verb-facts.ts'
import { operations as sparkbot } from '../packages/sparkbot/src/generated/operations.ts'
import { operations as waha } from '../packages/waha/src/generated/operations.ts'
import { operations as warest } from '../packages/warest/src/generated/operations.ts'
import { operations as wawp } from '../packages/wawp/src/generated/operations.ts'

type Operation = (typeof waha)['operations'][string]

const tables = { waha, wawp, warest, sparkbot }
const all = Object.entries(tables).flatMap(([gateway, table]) =>
  Object.values(table.operations).map((operation) => ({ gateway, operation })),
)

/** Operations that do more than the verb, or than their namesake elsewhere, with what they do. */
const WIDER: Readonly<Record<string, string>> = { 'sparkbot chats.setUnread': 'marks messages as read too, which their senders see' }

const factsOf = ({ safety, audience }: Operation): string => `${safety}, ${audience}`

it('the facts of a verb are those of its operation on every gateway', () => {
  const verbs = all.filter(({ operation }) => operation.capability !== undefined && operation.capability in verbSafety)
  expect(verbs.length).toBeGreaterThan(200)
  const wrong = verbs.flatMap(({ gateway, operation }) => {
    const verb = operation.capability as keyof typeof verbSafety
    const wanted = `${verbSafety[verb]}, ${verbAudience[verb]}`
    const own = `${gateway} ${operation.id}`
    return factsOf(operation) === wanted || own in WIDER ? [] : [`${own}: ${factsOf(operation)}; ${verb}: ${wanted}`]
  })
  expect(wrong).toEqual([])
})

it('operations of one id have the same facts on every gateway', () => {
  const wrong = all.flatMap(({ gateway, operation }) =>
    all
      .filter((other) => other.operation.id === operation.id && factsOf(other.operation) !== factsOf(operation))
      .map((other) => `${gateway} and ${other.gateway} ${operation.id}: ${factsOf(operation)} and ${factsOf(other.operation)}`),
  )
  expect(wrong).toEqual([])
})

it('what is sent or seen by people is never said to touch nobody', () => {
  const wrong = all.filter(({ operation }) => operation.safety === 'send' && operation.audience === 'nobody')
  expect(wrong).toEqual([])
})

it('what only reads is seen by nobody else', () => {
  expect(all.filter(({ operation }) => operation.safety === 'read' && operation.audience === 'others')).toEqual([])
})

it('every verb has an audience', () => {
  expect(Object.keys(verbAudience)).toEqual(Object.keys(verbSafety))
})

it('an answer that is secret as a whole is of the audience access', () => {
  const whole = all.filter(({ operation }) => operation.secretAnswer)
  expect(whole.map(({ operation }) => operation.id)).toEqual([
    'keys.list',
    'server.environment',
    'server.heapSnapshot',
    'server.browserTrace',
  ])
  expect(whole.filter(({ operation }) => operation.audience !== 'access')).toEqual([])
})

it('answers that show a session, a webhook, an app or a key name their secret fields', () => {
  const told = Object.fromEntries(all.map(({ gateway, operation }) => [`${gateway} ${operation.id}`, operation.secretFields]))
  expect(told['waha sessions.list']).toEqual(['password', 'key', 'value', 'accountToken'])
  expect(told['waha apps.get']).toEqual(['accountToken', 'key'])
  expect(told['waha keys.create']).toEqual(['key'])
  expect(told['wawp sessions.get']).toEqual(['proxy', 'hmac'])
  expect(told['wawp webhooks.list']).toEqual(['systemConfig', 'hmac'])
  expect(told['warest sessions.create']).toEqual(['webhookSecret'])
})
