import type { Fetch, Gateway, SessionInfo, Webhook } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { connect, type Target } from '../../gateway/connection.ts'
import { plainText } from '../../print/text-width.ts'
import { type Check, runCheck } from './check.ts'
import { serverCheck } from './server-check.ts'

const DEADLINE_MS = 10_000
/** Largest difference of the clocks that is fine: with a larger one signed webhooks look too old. */
const MAX_CLOCK_SKEW_MS = 30_000
const MAX_SESSIONS = 20

/** Checks one gateway: whether it answers, takes the credentials, and how its sessions and webhooks are. */
export async function gatewayChecks(target: Target, context: Context): Promise<Check[]> {
  const { plugins, signal } = context
  const name = target.profile ?? target.gateway
  const plugin = await plugins.open(target.gateway)
  const access = await context.accessTo(plugin.manifest, target)
  const seen: { date?: string | null; at?: number } = {}
  const gateway = await connect(plugin, access, { fetch: datedFetch(seen), retry: { attempts: 1 }, timeoutMs: DEADLINE_MS })
  const sessions = await listSessions(gateway, access.instanceId, signal)
  const table = await plugins.operations(target.gateway)
  const server = await runCheck(`${name}: server`, () => serverCheck(name, gateway, { manifest: plugin.manifest, table, signal }))
  return [
    ...encryptionCheck(name, access.baseUrl),
    { check: `${name}: access`, status: 'ok', about: `${plugin.manifest.name} answers, and takes the credentials` },
    ...withoutFailures(server),
    ...clockCheck(name, seen),
    ...sessions.map((info) => sessionCheck(name, info, target)),
    ...(await webhookChecks(name, gateway, sessions, signal)),
  ]
}

/** A fetch that notes the server's time of every response. */
function datedFetch(seen: { date?: string | null; at?: number }): Fetch {
  return async (url, init) => {
    const answer = await fetch(url, init as RequestInit)
    seen.date = answer.headers.get('date')
    seen.at = Date.now()
    return answer
  }
}

async function listSessions(gateway: Gateway, instanceId: string | undefined, signal: AbortSignal): Promise<readonly SessionInfo[]> {
  const { session } = gateway
  if (session?.list) {
    const { sessions } = await session.list({}, { signal })
    return sessions.slice(0, MAX_SESSIONS)
  }
  // Wawp cannot list sessions: its credentials belong to one instance
  if (!session?.get || instanceId === undefined) return []
  return [await session.get({ session: instanceId }, { signal })]
}

function encryptionCheck(name: string, baseUrl: string): Check[] {
  const { protocol, hostname, host } = new URL(baseUrl)
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost')
  if (protocol === 'https:' || local) return []
  const next = 'Whoever is on the way can read the key and the messages: put TLS in front of it.'
  return [{ check: `${name}: encryption`, status: 'warn', about: `${host} is reached by plain HTTP`, next }]
}

function clockCheck(name: string, { date, at = 0 }: { date?: string | null; at?: number }): Check[] {
  const theirs = date ? Date.parse(date) : Number.NaN
  // some gateways send no Date header
  if (Number.isNaN(theirs)) return []
  const skew = Math.abs(at - theirs)
  const check = `${name}: clock`
  if (skew <= MAX_CLOCK_SKEW_MS) return [{ check, status: 'ok', about: 'both clocks agree' }]
  const next = 'Webhooks are refused when their signed time is 5 minutes off.'
  return [{ check, status: 'warn', about: `the clocks are ${Math.round(skew / 1_000)} s apart`, next }]
}

function sessionCheck(name: string, { session: id, state, challenge, nextActions }: SessionInfo, { gateway }: Target): Check {
  const check = `${name}: session ${plainText(id)}`
  const about = `${plainText(id)} is ${challenge ? `${state} (${challenge})` : state}`
  if (state === 'connected') return { check, status: 'ok', about }
  const [first] = nextActions
  const next =
    first === 'scan' ? `wamux session qr ${id} --gateway ${gateway}` : first && `wamux session ${first} ${id} --gateway ${gateway}`
  return { check, status: 'warn', about, ...(next && first !== 'wait' && first !== 'pay' ? { next } : {}) }
}

async function webhookChecks(name: string, gateway: Gateway, sessions: readonly SessionInfo[], signal: AbortSignal): Promise<Check[]> {
  const list = gateway.webhook?.list
  if (!list) return []
  const checks: Check[] = []
  for (const { session: id, state } of sessions) {
    if (state !== 'connected') continue
    const check = `${name}: webhooks of ${plainText(id)}`
    const found = await runCheck(check, async () => {
      const { items } = await list({ session: id }, { signal })
      if (items.length === 0) return [{ check, status: 'ok', about: 'none' }]
      return items.map((one) => webhookCheck(check, one))
    })
    for (const one of withoutFailures(found)) checks.push(one)
  }
  return checks
}

/** What everything else works without is no failure. */
function withoutFailures(checks: readonly Check[]): readonly Check[] {
  return checks.map((one) => (one.status === 'fail' ? { ...one, status: 'skipped' } : one))
}

function webhookCheck(check: string, { url, signed, active }: Webhook): Check {
  const place = URL.canParse(url) ? new URL(url).origin : 'an address that is none'
  if (signed === false) {
    const next = 'Anybody who knows the address can make events up: give it a secret, or an address that holds one.'
    return { check, status: 'warn', about: `deliveries to ${place} are not signed`, next }
  }
  if (active === false) return { check, status: 'warn', about: `the one to ${place} is switched off` }
  if (url.startsWith('http:')) return { check, status: 'warn', about: `deliveries to ${place} go by plain HTTP` }
  return { check, status: 'ok', about: `deliveries to ${place}` }
}
