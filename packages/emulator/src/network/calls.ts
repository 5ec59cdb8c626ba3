import type { Clock } from '@wamux/core'
import { NetworkError } from '../errors.ts'
import { type Ids, UPPER_HEX } from '../ids.ts'
import { dropOldest, MAX_CALLS } from './limits.ts'
import type { People } from './people/people.ts'
import type { Account, Call, Emit } from './types.ts'

/** Calls: ringing, accepted, rejected. */
export interface Calls {
  place(from: Account, to: Account, options?: { readonly video?: boolean | undefined }): Call
  find(id: string): Call | undefined
  /** The calls between two phones, the oldest first. */
  between(one: Account, other: Account): readonly Call[]
  /** The callee picks up or declines. Throws {@link NetworkError} `not_found`, or `conflict` when it no longer rings. */
  answer(by: Account, id: string, state: 'accepted' | 'rejected'): Call
}

export function createCalls(clock: Clock, ids: Ids, emit: Emit, people: People): Calls {
  const calls = new Map<string, Call>()
  return {
    place(from, to, { video = false } = {}) {
      people.keep(from)
      people.keep(to)
      const call: Call = { id: ids.next('call', 32, UPPER_HEX), from, to, video, at: clock.now(), state: 'ringing' }
      calls.set(call.id, call)
      dropOldest(calls, MAX_CALLS, () => {})
      emit(to, { type: 'call', call, change: 'received' })
      return call
    },

    find: (id) => calls.get(id),

    between: (one, other) => [...calls.values()].filter(({ from, to }) => (from === one && to === other) || (from === other && to === one)),

    answer(by, id, state) {
      const call = calls.get(id)
      if (call?.to !== by) throw new NetworkError('not_found', `nobody calls ${by.phone} with ${id}`)
      if (call.state !== 'ringing') throw new NetworkError('conflict', `the call is ${call.state} already`)
      const answered = { ...call, state }
      calls.set(id, answered)
      for (const account of [by, call.from]) emit(account, { type: 'call', call: answered, change: state })
      return answered
    },
  }
}
