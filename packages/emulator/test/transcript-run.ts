import { createVirtualClock } from '../src/clock/virtual-clock.ts'
import { createEmulator } from '../src/emulator.ts'
import { RECIPES } from '../src/page/recipes.ts'
import { callerOf } from './caller.ts'

/** A scenario with all four gateways, webhooks with failing receivers, groups and replies. */
const SCENARIO = {
  seed: 21,
  time: '2026-03-02T09:00:00Z',
  phones: { shop: '12025550130', ada: '12025550131', ben: { number: '12025550132', name: 'Ben' } },
  groups: { team: { subject: 'Team', owner: 'ada', members: ['shop', 'ben'] } },
  history: [
    { from: 'ada', to: 'team', text: 'Morning', ago: '3 h' },
    { from: 'ben', to: 'shop', poll: { question: 'When?', options: ['now', 'later'] }, ago: '1 h' },
  ],
  sessions: (['waha', 'wawp', 'warest', 'sparkbot'] as const).map((gateway) => ({
    gateway,
    phone: 'shop',
    webhook: { url: `http://hooks.invalid/${gateway}`, secret: 'hook-secret' },
  })),
  replies: [
    { phone: 'ada', when: { in: 'private' }, after: '3 s', text: 'yes' },
    { phone: 'ben', after: '700 ms', react: '👍', text: 'Ben says {text}' },
  ],
}

/** Runs the scenario with calls to every gateway, and tells everything: transcript, deliveries, answers. */
export async function runTranscript(seed?: number): Promise<string> {
  const clock = createVirtualClock()
  let calls = 0
  const deliver = async () => {
    calls += 1
    return new Response('{}', { status: calls % 3 === 0 ? 503 : 200 })
  }
  const emulator = createEmulator({ clock, deliver })
  const { control } = emulator
  const { sessions, groups } = await control.scenario({ scenario: { ...SCENARIO, ...(seed === undefined ? {} : { seed }) } })
  const answers: unknown[] = []
  for (const { gateway, session } of sessions) {
    for (const to of ['12025550131@c.us', '12025550132@c.us', groups.team ?? '']) {
      const { method, path, body } = RECIPES[gateway].send(session, to, `Hi from ${gateway}`)
      const query = gateway === 'wawp' ? `?access_token=${emulator.gateways.wawp.credentials.accessToken}` : ''
      answers.push(await callerOf(emulator, gateway)(method, path + query, body))
      await control.advance(250)
    }
  }
  await control.runToIdle()
  const told = { answers, transcript: await control.transcript(), deliveries: await control.deliveries(), state: await control.state() }
  emulator.close()
  return JSON.stringify(told, undefined, 1)
}
