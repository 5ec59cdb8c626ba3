import type { Gateway, SessionInfo } from '@wamux/core'
import { UsageError } from '../errors/usage-error.ts'
import type { Access, Target } from '../gateway/connection.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** A session that was not named, and where its name comes from. */
export interface DefaultSession {
  readonly session: string
  readonly from: string
}

/** The session that the environment or the profile names: `WAMUX_SESSION`, else the one that the profile keeps. */
export function namedSession({ profile, settings }: Target, env: Terminal['env']): DefaultSession | undefined {
  if (env.WAMUX_SESSION) return { session: env.WAMUX_SESSION, from: 'WAMUX_SESSION' }
  return settings?.session === undefined ? undefined : { session: settings.session, from: `profile ${profile}` }
}

/**
 * The only session of a gateway. Wawp's credentials belong to one session; all others are asked for theirs.
 *
 * @throws UsageError when there is none, or more than one; it names them
 */
export async function onlySession(gateway: Gateway, access: Access, signal: AbortSignal): Promise<DefaultSession> {
  const { instanceId } = access
  if (instanceId !== undefined) return { session: instanceId, from: 'the credentials' }
  const name = gateway.manifest.name
  if (!gateway.session?.list) throw new UsageError('No session is named.', howToName(['NAME']))
  const { sessions } = await gateway.session.list({}, { signal })
  const [first] = sessions
  if (first && sessions.length === 1) return { session: first.session, from: `the only one of ${name}` }
  if (!first) throw new UsageError(`${name} has no session yet.`, 'Make one: wamux session create NAME')
  throw new UsageError(`Which session? ${name} has ${shownNames(sessions)}.`, howToName(sessions.map(({ session }) => session)))
}

const MOST_NAMES = 8

function shownNames(sessions: readonly SessionInfo[]): string {
  const names = sessions.slice(0, MOST_NAMES).map(({ session }) => session)
  return `${names.join(', ')}${sessions.length > names.length ? ` and ${sessions.length - names.length} more` : ''}`
}

/** How a session is named. @param names the ones that there are */
export function howToName([first = 'NAME']: readonly string[]): string {
  return `Say which one: --session ${first}\nFor all commands of this shell: export WAMUX_SESSION=${first}`
}
