import { describe, expectTypeOf, it } from 'vitest'
import {
  type FlatInput,
  type GatewayBase,
  type Parts,
  requireVerb,
  type SessionInfo,
  type Success,
  supports,
  type Verb,
} from '../../src/index.ts'
import { type calls, config, createSample } from '../sample-gateway.ts'

const sample = createSample(config)

describe('a concrete gateway', () => {
  it('keeps the vendor type in raw', () => {
    expectTypeOf(sample.session.get).returns.resolves.toEqualTypeOf<SessionInfo<{ state: string }>>()
  })

  it('lacks what it lacks', () => {
    // @ts-expect-error this gateway cannot stop a session
    sample.session.stop
    // @ts-expect-error nor send
    sample.message
  })

  it('types calls by id', () => {
    expectTypeOf(sample.call('messages.sendText', { chatId: '', text: '' }))
      .resolves.toHaveProperty('data')
      .toEqualTypeOf<{ id: string }>()
    // @ts-expect-error text is required
    sample.call('messages.sendText', { chatId: '' })
    // @ts-expect-error not one of the moods
    sample.call('messages.sendText', { chatId: '', text: '', mood: 'grim' })
    // @ts-expect-error no such operation
    sample.call('messages.nap', {})
    expectTypeOf(sample.call('files.get', { id: '' }))
      .resolves.toHaveProperty('data')
      .toEqualTypeOf<Uint8Array>()
    expectTypeOf(sample.call('sessions.delete', { session: '' }))
      .resolves.toHaveProperty('data')
      .toEqualTypeOf<undefined>()
  })
})

describe('an erased gateway', () => {
  const erased: GatewayBase = sample

  it('has a verb only behind supports or demand', () => {
    // @ts-expect-error unknown until asked
    erased.session
    if (supports(erased, 'session.stop')) {
      expectTypeOf(erased.session.stop).returns.resolves.toEqualTypeOf<SessionInfo>()
      // @ts-expect-error only what was asked for
      erased.session.reset
    }
    expectTypeOf(requireVerb(erased, 'message.sendText')).toEqualTypeOf<Verb<'message.sendText'>>()
    // @ts-expect-error no such verb
    requireVerb(erased, 'session.nap')
  })
})

it('operation types are read one by one', () => {
  expectTypeOf<FlatInput<calls['sessions.get']>>().toEqualTypeOf<{ session: string; expand?: string[] }>()
  expectTypeOf<Parts<calls['messages.sendText']>>().toHaveProperty('body')
  // @ts-expect-error the body is required
  const parts: Parts<calls['messages.sendText']> = {}
  expectTypeOf(parts).not.toBeAny()
  expectTypeOf<Success<calls['files.get']>>().toEqualTypeOf<Uint8Array>()
})
