import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { requireVerb } from '@wamux/core'
import { type Network, SOMEBODY } from '../harness/network.ts'
import { until } from '../harness/until.ts'
import { type Checks, expect } from './checks.ts'
import type { N8n } from './n8n.ts'
import type { Rest } from './rest.ts'
import { MODEL_ANSWER, MODEL_ORDER, type StandIns } from './stand-ins.ts'
import { RECIPIENT, type Workflow } from './workflows.ts'

/** A template by the name of its file. */
export type Templates = Readonly<Record<string, Workflow>>

interface TemplateRig {
  readonly checks: Checks
  readonly network: Network
  readonly n8n: N8n
  readonly templates: Templates
  readonly standIns: StandIns
}

/** A session that nobody has scanned, for the QR code and the watchdog. */
const UNPAIRED = 'to-be-scanned'
/** Templates that begin with a message or another event of the gateway, and their trigger's session. */
const TRIGGERED = [
  'auto-reply',
  'ai-agent',
  'forward-media',
  'poll-with-result',
  'group-welcome',
  'inbox-to-sheet',
  'qr-by-email',
  'order-notice',
]

/** The templates, with what they reach outside put on loopback. */
export function readTemplates(folder: string, { sheet }: StandIns): Templates {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return Object.fromEntries(
    files.map((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('https://sheet.example.com/rows', sheet)
      const own = file.startsWith('qr-') ? text.replace(/"value": "default"/g, `"value": "${UNPAIRED}"`) : text
      return [basename(file, '.json'), JSON.parse(own) as Workflow]
    }),
  )
}

/** Credentials of the stand-ins. */
export function standInCredentials({ model, smtpPort }: StandIns): object[] {
  const smtp = { user: '', password: '', host: '127.0.0.1', port: smtpPort, secure: false, disableStartTls: true, hostName: '' }
  return [
    { id: 'wamux-openai', name: 'OpenAI', type: 'openAiApi', data: { apiKey: 'loopback', url: model } },
    { id: 'wamux-smtp', name: 'SMTP', type: 'smtp', data: smtp },
  ]
}

/** Imports the templates and executes those that are started by hand, before n8n's server runs. */
export async function tryTemplatesByHand({ checks, network, n8n, templates }: TemplateRig, home: string): Promise<void> {
  const { gateway } = network.lines.waha
  const { control } = network.server.emulator
  const arrived = async (text: string) =>
    (await control.messages()).filter((one) => `${one.text} ${JSON.stringify(one)}`.includes(text)).length
  await checks.check('the templates are imported', async () => {
    expect(Object.keys(templates).length === 10, `there are ${Object.keys(templates).length}`)
    const file = join(home, 'templates.json')
    writeFileSync(file, JSON.stringify(Object.values(templates)))
    await n8n.command('import:workflow', `--input=${file}`)
  })
  await checks.check('template "list-with-pause" writes to each, with pauses', async () => {
    const started = performance.now()
    await execute(n8n, templates['list-with-pause'])
    const seconds = (performance.now() - started) / 1000
    for (const name of ['Ada', 'Ben', 'Cleo'])
      expect((await arrived(`Hello ${name}, the bakery`)) === 1, `${name} got no message, or several`)
    expect(seconds > 4, `it took ${seconds.toFixed(1)} s`)
    return `${seconds.toFixed(1)} s`
  })
  await checks.check('template "poll-with-result" sends the poll', async () => {
    await execute(n8n, templates['poll-with-result'])
    expect((await arrived('Which cake?')) === 1, 'no poll arrived')
  })
  await checks.check('template "session-watchdog" restarts what has failed', async () => {
    await requireVerb(gateway, 'session.create')({ session: UNPAIRED, start: true })
    const state = requireVerb(gateway, 'session.waitFor')
    await state({ session: UNPAIRED, state: 'pairing', timeoutMs: 30_000 })
    await control.crash({ gateway: 'waha', session: UNPAIRED })
    await state({ session: UNPAIRED, state: 'failed', timeoutMs: 30_000 })
    await execute(n8n, templates['session-watchdog'])
    await state({ session: UNPAIRED, state: 'pairing', timeoutMs: 30_000 })
  })
}

/** Publishes the other templates at once, lets happen what they wait for, and looks what they did. */
export async function tryTemplates(rig: TemplateRig, rest: Rest): Promise<void> {
  const { checks, network, n8n, templates, standIns } = rig
  const { gateway, session, phone } = network.lines.waha
  const { control } = network.server.emulator
  const ids = TRIGGERED.map((name) => templates[name]?.id ?? '')
  const hooks = async (of: string) => {
    let count = 0
    for await (const { url } of requireVerb(gateway, 'webhook.list')({ session: of })) count += url.includes('/webhook/') ? 1 : 0
    return count
  }
  const got = (who: string, text: string) =>
    until(
      async () => (await control.messages({ phone: who })).find((one) => one.from === phone && `${one.text}`.includes(text)),
      `"${text}" did not arrive`,
    )
  const published = await checks.check('the templates are published, and their webhooks are registered', async () => {
    for (const id of ids) {
      const { versionId } = await rest.call<{ versionId: string }>('GET', `workflows/${id}`)
      await rest.call('POST', `workflows/${id}/activate`, { versionId })
    }
    const all = async () => `${await hooks(session)} and ${await hooks(UNPAIRED)} are`
    await until(async () => ((await hooks(session)) === 6 && (await hooks(UNPAIRED)) === 1 ? true : undefined), all, 180_000)
    await requireVerb(gateway, 'session.waitFor')({ session, state: 'connected', timeoutMs: 60_000 })
  })
  if (!published) return
  await checks.check('template "qr-by-email" sends the QR code', async () => {
    const found = () => standIns.mails.find((mail) => mail.includes(UNPAIRED) && /image\/png/i.test(mail))
    // the change of its settings may have been before n8n took the trigger
    if (!found()) await requireVerb(gateway, 'session.restart')({ session: UNPAIRED })
    await until(async () => found(), `${standIns.mails.length} mails came`)
  })
  await checks.check('template "order-notice" tells the customer', async () => {
    const order = { number: `+${RECIPIENT}`, name: 'Dora', order: 'A-17' }
    const answer = await fetch(`${n8n.url}/webhook/wamux-order`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    })
    expect(answer.ok, `answered ${answer.status}`)
    await got(RECIPIENT, 'Hello Dora, we have your order A-17')
  })
  await checks.check('template "auto-reply" answers', async () => {
    await control.message({ from: SOMEBODY, to: phone, text: 'I want an apple cake' })
    await got(SOMEBODY, 'We answer between 9 and 17 h.')
  })
  await checks.check('template "ai-agent" uses its tool once and answers', async () => {
    await got(RECIPIENT, MODEL_ORDER)
    await got(SOMEBODY, MODEL_ANSWER)
    const orders = (await control.messages({ phone: RECIPIENT })).filter(({ text }) => text === MODEL_ORDER)
    expect(orders.length === 1, `the owner was told ${orders.length} times`)
    return standIns.prompts[0]?.tools?.[0]?.function.name
  })
  await checks.check('template "inbox-to-sheet" adds a row', async () => {
    const row = await until(async () => standIns.rows.find(({ text }) => text === 'I want an apple cake'), 'no row came')
    expect(row.chat === `${SOMEBODY}@c.us` && row.type === 'text', `the row is ${JSON.stringify(row)}`)
  })
  await checks.check('template "forward-media" sends the file on', async () => {
    const file = { base64: PIXEL, mimetype: 'image/png', filename: 'cake.png' }
    await control.message({ from: SOMEBODY, to: phone, file } as never)
    await until(
      async () =>
        (await control.messages({ phone: RECIPIENT })).find(
          (one) => one.from === phone && JSON.stringify(one).includes(`From ${SOMEBODY}@c.us`),
        ),
      'no file arrived',
    )
  })
  await checks.check('template "poll-with-result" answers the voter', async () => {
    const poll = (await control.messages({ phone: RECIPIENT })).find((one) => JSON.stringify(one).includes('Which cake?'))
    await control.vote({ phone: RECIPIENT, message: poll?.id ?? '', options: ['Cherry'] })
    await got(RECIPIENT, 'You chose Cherry.')
  })
  await checks.check('template "group-welcome" greets in the group', async () => {
    const { id: group } = await requireVerb(gateway, 'group.create')({ session, subject: 'Bakery', participants: [`+${SOMEBODY}`] })
    await requireVerb(gateway, 'group.addParticipants')({ session, group, participants: [`+${RECIPIENT}`] })
    await got(RECIPIENT, `Welcome @${RECIPIENT}!`)
  })
}

/** Takes the templates off again. */
export async function unpublish({ network, templates }: TemplateRig, rest: Rest): Promise<void> {
  const { gateway, session } = network.lines.waha
  await Promise.all(TRIGGERED.map((name) => rest.call('POST', `workflows/${templates[name]?.id}/deactivate`, {})))
  await until(
    async () => {
      for await (const { url } of requireVerb(gateway, 'webhook.list')({ session })) if (url.includes('/webhook/')) return undefined
      return true
    },
    'webhooks of templates are left',
    180_000,
  )
  await requireVerb(gateway, 'session.waitFor')({ session, state: 'connected', timeoutMs: 60_000 })
}

async function execute(n8n: N8n, workflow: Workflow | undefined): Promise<void> {
  const { status, data } = await n8n.execute(workflow?.id)
  expect(status === 'success', `${status}: ${data.resultData.error?.message}`)
}

/** A picture of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
