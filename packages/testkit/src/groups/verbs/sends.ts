import { type Group, phone, type SentMessage, type VerbId } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { digits } from '../../context/fixtures.ts'
import { PHONE_JID, type Scenario, scenarios } from '../../context/scenario.ts'
import { bytesOf } from '../../samples/files.ts'
import { OTHER, PHONE, samples } from '../../samples/verb-samples.ts'
import type { PhoneMessage } from '../../subject/phones.ts'
import type { Runner } from '../../subject/runner.ts'

/** What has to arrive, by the verb that sends it. */
const ARRIVES: readonly [id: VerbId, type: string, text: string][] = [
  ['message.sendText', 'text', 'Hello'],
  ['message.sendImage', 'image', 'Look'],
  ['message.sendVideo', 'video', 'Look'],
  ['message.sendAudio', 'audio', ''],
  ['message.sendVoice', 'voice', ''],
  ['message.sendDocument', 'document', 'Look'],
  ['message.sendSticker', 'sticker', ''],
  ['message.sendLocation', 'location', ''],
  ['message.sendContact', 'contact', ''],
  ['message.sendPoll', 'poll', 'Tea or coffee?'],
]

const TWO_OPTIONS = ['Tea', 'Coffee']

/** Invalid inputs, and the field that the error must name. */
const NONSENSE: readonly [id: VerbId, input: object, field: string][] = [
  ['message.sendText', { to: '', text: 'Hello' }, 'to'],
  ['message.sendText', { to: 'nobody', text: 'Hello' }, 'to'],
  ['message.sendText', { to: '+1', text: 'Hello' }, 'to'],
  ['message.sendText', { to: 'a@b.c', text: 'Hello' }, 'to'],
  ['message.sendText', { to: PHONE, text: 42 }, 'text'],
  ['message.sendImage', { to: PHONE, file: {} }, 'file'],
  ['message.sendImage', { to: PHONE, file: { url: 'no address' } }, 'file'],
  ['message.sendLocation', { to: PHONE, latitude: 91, longitude: 0 }, 'latitude'],
  ['message.sendLocation', { to: PHONE, latitude: 0, longitude: Number.NaN }, 'longitude'],
  ['message.sendContact', { to: PHONE, contacts: [] }, 'contacts'],
  ['message.sendPoll', { to: PHONE, question: 'Tea?', options: ['yes'] }, 'options'],
  ['message.sendPoll', { to: PHONE, question: '', options: TWO_OPTIONS }, 'question'],
]

/** Every kind of message arrives as that kind; what cannot be sent is refused before anything is sent. */
export function sendsGroup(runner: Runner, context: SuiteContext): void {
  const { check } = context
  const when = scenarios(runner, context)

  async function checkContent(id: VerbId, message: PhoneMessage, { live }: Scenario): Promise<void> {
    const { media, place, cards, poll } = message
    const kind = samples[id].file
    if (kind) {
      check('file', media !== undefined, true)
      const fetch = (live.test.config.fetch ?? globalThis.fetch) as (url: string, init: object) => Promise<Response>
      const answer = await fetch(media?.url ?? '', { method: 'GET', headers: {} })
      check('bytes', [...new Uint8Array(await answer.arrayBuffer())], [...bytesOf(kind)])
    }
    if (id === 'message.sendLocation') check('place', [place?.latitude, place?.longitude], [52.5163, 13.3777])
    if (id === 'message.sendContact')
      check(
        'cards',
        cards?.map(({ name }) => name),
        ['Grace Hopper'],
      )
    if (id === 'message.sendPoll') check('poll', [poll?.options, poll?.multiple], [TWO_OPTIONS, false])
  }

  runner.describe('sends', () => {
    for (const [id, type, text] of ARRIVES) {
      when(id, `${id}: what is sent arrives`, async (scenario) => {
        const { result } = await scenario.sample<SentMessage>(id)
        check('session and recipient', [result.session, result.to.includes(digits(PHONE))], [scenario.session, true])
        check('status', ['queued', 'sent', 'unknown'].includes(result.status), true)
        check('raw answer', result.raw !== undefined, true)
        // a plugin of nothing but texts may come without other phones
        if (!scenario.live.test.phones) return
        const message = await scenario.arrives(PHONE, (one) => one.type === type)
        check('text', message.text, text)
        check('from', message.from, scenario.account)
        await checkContent(id, message, scenario)
      })
    }

    for (const [id, input, field] of NONSENSE) {
      when(id, `${id}: refuses ${JSON.stringify(input)} before anything is sent`, async ({ ending, live }) => {
        const before = live.exchanges.length
        const { outcome, error } = await ending(id, input)
        check('outcome and requests', [outcome, live.exchanges.length - before], ['invalid_request', 0])
        check(`"${error?.message}" names ${field}`, error?.message.includes(field), true)
      })
    }

    when('message.sendText', 'takes a number, a JID and an address for the same person', async (scenario) => {
      const forms = [PHONE, PHONE_JID, `${digits(PHONE)}@s.whatsapp.net`, phone(PHONE)]
      for (const [index, to] of forms.entries()) {
        const { to: said } = await scenario.call<SentMessage>('message.sendText', { to, text: `form ${index}` })
        check('recipient', said, PHONE_JID)
        if (scenario.live.test.phones) await scenario.arrives(PHONE, (one) => one.text === `form ${index}`)
      }
    })

    when(['message.sendText', 'group.create'], 'writes to a group', async (scenario) => {
      const group = await scenario.call<Group>('group.create', { subject: 'Readers', participants: [PHONE] })
      await scenario.call('message.sendText', { to: group.id, text: 'to all' })
      const message = await scenario.arrives(PHONE, (one) => one.text === 'to all')
      check('group', message.to, group.id)
    })

    when(['message.sendText', 'message.list'], 'answers a message, or says that it cannot', async (scenario) => {
      const message = await scenario.theirs('a question')
      const { outcome } = await scenario.ending('message.sendText', { to: PHONE, text: 'an answer', replyTo: message })
      await onlyIfSupported(scenario, outcome, 'an answer', async (arrivedOne) => {
        check('answers it', message.includes(arrivedOne.replyTo ?? 'nothing'), true)
      })
    })

    when(['message.sendText', 'message.list'], 'mentions a person, or says that it cannot', async (scenario) => {
      const text = `@${digits(OTHER)} hello`
      const { outcome } = await scenario.ending('message.sendText', { to: PHONE, text, mentions: [OTHER] })
      await onlyIfSupported(scenario, outcome, text, async ({ mentions = [] }) => {
        check('mentions', mentions, [`${digits(OTHER)}@c.us`])
      })
    })

    when('message.forward', 'sends a message on', async (scenario) => {
      const { result } = await scenario.sample<SentMessage>('message.forward')
      check('recipient', result.to.includes(digits(OTHER)), true)
      const message = await scenario.arrives(OTHER, (one) => one.text === 'What they wrote')
      check('from', message.from, scenario.account)
    })

    for (const id of ['message.sendImage', 'message.sendDocument'] as const) {
      when(id, `${id}: takes a file in other ways, or says that it cannot`, async (scenario) => {
        const base64 = 'aGVsbG8='
        const ways = [{ base64 }, { data: new Blob(['hello']) }, { data: new Response('hello').body }]
        for (const [index, way] of ways.entries()) {
          const caption = `way ${index}`
          const file = { ...way, mimetype: 'image/png', filename: 'picture.png' }
          const before = scenario.live.exchanges.length
          const { outcome } = await scenario.ending(id, { to: PHONE, caption, file })
          if (outcome !== 'ok') check(`${caption}: requests`, [outcome, scenario.live.exchanges.length - before], ['unsupported', 0])
          else check(`${caption}: bytes`, (await scenario.arrives(PHONE, (one) => one.text === caption)).media !== undefined, true)
        }
      })
    }
  })

  async function onlyIfSupported(
    scenario: Scenario,
    outcome: string,
    text: string,
    look: (message: PhoneMessage) => Promise<void>,
  ): Promise<void> {
    if (outcome === 'ok') return look(await scenario.arrives(PHONE, (one) => one.text === text))
    check('outcome', outcome, 'unsupported')
    const there = await scenario.phones.messages({ phone: digits(PHONE) })
    check(
      'what arrived all the same',
      there.filter((one) => one.text === text),
      [],
    )
  }
}
