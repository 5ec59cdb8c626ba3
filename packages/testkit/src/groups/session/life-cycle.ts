import type { PairingCode, SendTextInput, SentMessage, SessionInfo, SessionList, SessionQr, VerbId } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { CANARY, type Ending, endingOf, perform } from '../../running/call-verb.ts'
import type { Live } from '../../running/live-gateway.ts'
import { madeUpFixtures, PHONE, STATES, samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

// for a session that does not exist these verbs have nothing to do, or ask no gateway
const SATISFIED_WITHOUT: readonly VerbId[] = ['session.delete', 'session.stop', 'contact.check']

/** The verbs do what they mean, on a gateway that keeps state. */
export function lifeCycleGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check, live } = context
  const when = (id: VerbId, name: string, run: (one: Live) => Promise<void>) => {
    if (context.has(id)) it(name, () => live(run))
  }

  describe('life cycle', () => {
    when('session.create', 'creates a session that can be looked at', async ({ gateway, bring }) => {
      const session = await bring('created')
      const info = (await perform(gateway, 'session.get', { session })) as SessionInfo
      check('session', info.session, session)
      check('a known state', STATES.includes(info.state), true)
      check('connected', info.state === 'connected', false)
      check('raw answer', info.raw !== undefined, true)
    })

    when('session.list', 'lists its sessions', async ({ gateway, bring }) => {
      const session = await bring('created')
      const { sessions, raw } = (await perform(gateway, 'session.list', {})) as SessionList
      check('sessions of that id', sessions.filter((one) => one.session === session).length, 1)
      check('raw answer', raw !== undefined, true)
    })

    when('session.create', 'refuses to create the same session again', async ({ gateway, bring }) => {
      const session = await bring('created')
      const ending = await endingOf(() => perform(gateway, 'session.create', { session, phone: PHONE }))
      // a gateway that gives ids itself makes another one
      const another = ending.outcome === 'ok'
      check('outcome', ending.outcome, another ? 'ok' : 'conflict')
      if (another && context.has('session.list')) {
        const { sessions } = (await perform(gateway, 'session.list', {})) as SessionList
        check('sessions', sessions.length, 2)
      }
    })

    when('session.qr', 'shows a QR code, and a scan connects', async ({ gateway, scan, bring, until }) => {
      const session = await bring('pairing')
      const qr = (await perform(gateway, 'session.qr', { session })) as SessionQr
      check('text or picture', qr.value !== undefined || (qr.image?.data.length ?? 0) > 0, true)
      await scan(session)
      const info = await until(session, 'connected')
      check('account', info.account, 'ok')
      check('next actions', info.nextActions, [])
    })

    when('session.qr', 'has no QR code for a connected session', async ({ gateway, bring }) => {
      const session = await bring('connected')
      check('outcome', (await endingOf(() => perform(gateway, 'session.qr', { session }))).outcome, 'conflict')
    })

    when('session.requestPairingCode', 'gives a code that pairs', async ({ gateway, test, bring, until }) => {
      const session = await bring('pairing')
      const { code } = (await perform(gateway, 'session.requestPairingCode', { session, phone: PHONE })) as PairingCode
      check('a code', code.length >= 8, true)
      await test.enterCode(session, code)
      await until(session, 'connected')
    })

    when('session.waitFor', 'waits for a state', async ({ gateway, scan, bring }) => {
      const session = await bring('pairing')
      const seen: string[] = []
      const waiting = perform(gateway, 'session.waitFor', {
        session,
        intervalMs: 5,
        timeoutMs: 10_000,
        onState: ({ state }: SessionInfo) => seen.push(state),
      }) as Promise<SessionInfo>
      await scan(session)
      check('state', (await waiting).state, 'connected')
      check('first and last state seen', [seen[0] === 'connected', seen.at(-1)], [false, 'connected'])
      const ending = await endingOf(() => perform(gateway, 'session.waitFor', { session, state: 'failed', timeoutMs: 20, intervalMs: 5 }))
      check('outcome for a state that does not come', ending.outcome, 'timeout')
    })

    when('session.stop', 'stops, and starts again without a new pairing', async ({ gateway, bring, until }) => {
      const session = await bring('connected')
      const stopped = (await perform(gateway, 'session.stop', { session })) as SessionInfo
      check('state it answers', stopped.state, 'stopped')
      check('state there is', (await until(session, 'stopped')).state, 'stopped')
      check('stopping again', (await endingOf(() => perform(gateway, 'session.stop', { session }))).outcome, 'ok')
      if (context.has('session.start')) {
        await perform(gateway, 'session.start', { session })
        await until(session, 'connected')
      }
    })

    when('session.start', 'leaves a running session running', async ({ gateway, bring, until }) => {
      const session = await bring('connected')
      check('outcome', (await endingOf(() => perform(gateway, 'session.start', { session }))).outcome, 'ok')
      await until(session, 'connected')
    })

    when('session.restart', 'restarts without a new pairing', async ({ gateway, bring, until }) => {
      const session = await bring('connected')
      await perform(gateway, 'session.restart', { session })
      await until(session, 'connected')
    })

    for (const id of ['session.logout', 'session.reset'] as const) {
      when(id, `${id === 'session.reset' ? 'resets' : 'logs out'}, and has to be paired again`, async (one) => {
        const session = await one.bring('connected')
        await perform(one.gateway, id, { session })
        const { state } = (await perform(one.gateway, 'session.get', { session })) as SessionInfo
        check('connected', state === 'connected', false)
        if (state === 'stopped' && context.has('session.start')) await perform(one.gateway, 'session.start', { session })
        await one.scan(session)
        await one.until(session, 'connected')
      })
    }

    when('message.sendText', 'sends a text', async ({ gateway, bring }) => {
      const session = await bring('connected')
      const input: SendTextInput = { session, to: PHONE, text: 'Hello, wörld 👋' }
      const sent = (await perform(gateway, 'message.sendText', input)) as SentMessage
      check('session', sent.session, session)
      check('an id', typeof sent.id === 'string' && sent.id !== '', true)
      check('recipient', sent.to.includes(PHONE.slice(1)), true)
      check('status', ['queued', 'sent', 'unknown'].includes(sent.status), true)
    })

    when('session.delete', 'deletes for good', async ({ gateway, bring }) => {
      const session = await bring('connected')
      await perform(gateway, 'session.delete', { session })
      check('outcome of a look', (await endingOf(() => perform(gateway, 'session.get', { session }))).outcome, 'not_found')
      if (!context.has('session.list')) return
      const { sessions } = (await perform(gateway, 'session.list', {})) as SessionList
      check('sessions of that id', sessions.filter((one) => one.session === session).length, 0)
    })

    when('session.delete', 'says of an unknown session that it is not found', async ({ gateway, bring }) => {
      const session = await bring('created')
      await perform(gateway, 'session.delete', { session })
      for (const id of sessionVerbs(context)) {
        const ending = await endingOf(() => perform(gateway, id, samples[id].input(madeUpFixtures(session))))
        const satisfied = SATISFIED_WITHOUT.includes(id) || !(await namesSession(context, id))
        const fine = satisfied && ending.outcome === 'ok'
        check(`outcome of ${id}`, ending.outcome, fine ? 'ok' : 'not_found')
      }
    })

    it('says of wrong credentials that they are', () =>
      live(async ({ test, bring }) => {
        const session = await bring('created')
        for (const { field } of context.manifest.credentials.filter((one) => one.secret)) {
          const gateway = context.create({ ...test.config, [field]: `${CANARY}-wrong` })
          for (const id of sessionVerbs(context)) {
            const ending: Ending = await endingOf(() => perform(gateway, id, samples[id].input(madeUpFixtures(session))))
            check(`${id} with a wrong ${field}`, [ending.outcome, ending.leaks], ['auth', []])
          }
        }
      }))
  })
}

/** Whether the gateway is told which session a verb is for; what belongs to a whole account may not need one. */
async function namesSession(context: SuiteContext, id: VerbId): Promise<boolean> {
  const { fixtures, exchanges } = await context.recording(id)
  return exchanges.some(({ request }) => JSON.stringify(request).includes(fixtures.session))
}

/** Verbs that can be called for a session that is not there, as they are about nothing in it. */
function sessionVerbs(context: SuiteContext): VerbId[] {
  return (Object.keys(context.manifest.capabilities) as VerbId[]).filter((id) => {
    const { takesSession, needs, file } = samples[id]
    return takesSession && needs.length === 0 && file === undefined
  })
}
