import type { Clock } from '@wamux/core'
import { NetworkError } from '../errors.ts'
import { type Ids, UPPER_HEX } from '../ids.ts'
import type { Memory } from '../memory/memory.ts'
import { dropOldest, MAX_CALLS } from './limits.ts'
import type { People } from './people/people.ts'
import type { Account, Call, CallEnd, Emit } from './types.ts'

/** Calls, and what becomes of them. */
export interface Calls {
  /** @param options `group`: JID of the group that is called; the account that it rings for is one of its members */
  place(from: Account, to: Account, options?: { readonly video?: boolean | undefined; readonly group?: string | undefined }): Call
  find(id: string): Call | undefined
  /** The calls between two phones outside of groups, the oldest first. */
  between(one: Account, other: Account): readonly Call[]
  /**
   * The callee picks up or declines; or the caller hangs up, before (`missed`) or after (`ended`) that. Throws {@link NetworkError}
   * `not_found`, or `conflict` when it no longer rings, or was not accepted before it ended.
   */
  answer(by: Account, id: string, state: CallEnd): Call
}

export function createCalls(clock: Clock, ids: Ids, emit: Emit, people: People, memory: Memory): Calls {
  const calls = memory.part('network/calls', () => new Map<string, Call>())
  return {
    place(from, to, { video = false, group } = {}) {
      people.keep(from)
      people.keep(to)
      const call: Call = { id: ids.next('call', 32, UPPER_HEX), from, to, video, at: clock.now(), state: 'ringing', group }
      calls.set(call.id, call)
      dropOldest(calls, MAX_CALLS, () => {})
      emit(to, { type: 'call', call, change: 'received' })
      return call
    },

    find: (id) => calls.get(id),

    between: (one, other) =>
      [...calls.values()].filter(
        ({ from, to, group }) => group === undefined && ((from === one && to === other) || (from === other && to === one)),
      ),

    answer(by, id, state) {
      const call = calls.get(id)
      if (call?.to !== by) throw new NetworkError('not_found', `nobody calls ${by.phone} with ${id}`)
      if (call.state !== (state === 'ended' ? 'accepted' : 'ringing'))
        throw new NetworkError('conflict', `the call is ${call.state} already`)
      const answered = { ...call, state }
      calls.set(id, answered)
      for (const account of [by, call.from]) emit(account, { type: 'call', call: answered, change: state })
      return answered
    },
  }
}
