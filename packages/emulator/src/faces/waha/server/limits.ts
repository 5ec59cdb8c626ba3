import type { State } from '../../../state.ts'
import { json } from '../../../wire/answer.ts'
import type { Handler } from '../../handler.ts'
import { createConnectedHandlers } from '../request-context.ts'
import { cappingOf, timelockOf } from './account-limits.ts'

/** The calls that ask WhatsApp for the limits. */
export function limitHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  return {
    'sessions.getTimelock': whenConnected(({ account }) => json(200, timelockOf(account, state.clock.now()))),
    'sessions.getCapping': whenConnected(({ account }) => json(200, cappingOf(account, state.clock.now()))),
  }
}
