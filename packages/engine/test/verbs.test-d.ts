import type { Route } from '@wamux/core'
import { expectTypeOf, it } from 'vitest'
import { type EngineGateway, loadEngineVerbs } from '../src/verbs/index.ts'

interface Operation<Path, Answer> {
  parameters: { path: Path }
  responses: { 200: { content: { 'application/json': Answer } } }
}
interface WithBody<Path, Body, Answer> extends Operation<Path, Answer> {
  requestBody: { content: { 'application/json': Body } }
}
declare const engine: EngineGateway
declare const read: Route<Operation<{ session: string; chatId: string }, { id: string; presences: string[] }>>
declare const subscribe: Route<Operation<{ chatId: string }, undefined>>
declare const set: Route<WithBody<{ session: string }, { presence: 'online' | 'offline' | 'typing' }, { ok: boolean }>>
declare const foreign: Route<Operation<{ session: string; id: string }, undefined>>
declare const needsMore: Route<WithBody<{ chatId: string }, { until: number }, undefined>>

it('verbs have the answers of their routes as raw', async () => {
  const verbs = await loadEngineVerbs.presence()
  const presence = verbs(engine, { set, subscribe, get: read })
  type Raw<Verb extends (...args: never) => Promise<{ raw: unknown }>> = Awaited<ReturnType<Verb>>['raw']
  expectTypeOf<Raw<typeof presence.get>>().toEqualTypeOf<{ id: string; presences: string[] }>()
  expectTypeOf<Raw<typeof presence.set>>().toEqualTypeOf<{ ok: boolean }>()
  expectTypeOf<Raw<typeof presence.subscribe>>().toEqualTypeOf<undefined>()
})

it('a route has to take what the verb sends', async () => {
  const verbs = await loadEngineVerbs.presence()
  // @ts-expect-error it has no field chatId
  verbs(engine, { set, subscribe: foreign, get: read })
  // @ts-expect-error it needs a field that the verb does not send
  verbs(engine, { set, subscribe: needsMore, get: read })
  // @ts-expect-error a verb without a route
  verbs(engine, { set, subscribe })
})
