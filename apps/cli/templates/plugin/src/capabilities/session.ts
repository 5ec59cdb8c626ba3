import type { PluginContext, SessionVerbs, StateTable } from '@wamux/core'
import { meaningOf, sessionInfo, waitForSession } from '@wamux/core/plugin'
import type { AcmeConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

/** The session verbs of Acme. A verb that it lacks is not here. */
export type AcmeSession = Pick<SessionVerbs, 'get' | 'waitFor'>

const STATES: StateTable<components['schemas']['Session']['state']> = {
  off: { state: 'stopped' },
  pairing: { state: 'pairing', challenge: 'qr' },
  on: { state: 'connected' },
}

// TODO 5: add the verbs that Acme has (create, delete, start, stop, logout, qr …), and no others.
export function sessionVerbs({ send, clock, eventBus }: PluginContext<AcmeConfig>): AcmeSession {
  const get: AcmeSession['get'] = async ({ session }, options) => {
    const { data } = await send(routes.sessionsGet, { path: { session } }, options)
    const meaning = meaningOf(STATES, data?.state)
    return sessionInfo(manifest, { session, ...meaning, account: meaning.state === 'connected' ? 'ok' : 'unknown', raw: data })
  }
  return { get, waitFor: waitForSession(get, clock, eventBus) }
}
