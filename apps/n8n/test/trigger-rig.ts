import type { GatewayId } from '@wamux/emulator'
import type { ICredentialType, INodeType } from 'n8n-workflow'
import { WamuxSparkbotApi } from '../credentials/WamuxSparkbotApi.credentials.ts'
import { WamuxWahaApi } from '../credentials/WamuxWahaApi.credentials.ts'
import { WamuxWarestApi } from '../credentials/WamuxWarestApi.credentials.ts'
import { WamuxWawpApi } from '../credentials/WamuxWawpApi.credentials.ts'
import { SparkbotTrigger } from '../nodes/Sparkbot/SparkbotTrigger.node.ts'
import { WahaTrigger } from '../nodes/Waha/WahaTrigger.node.ts'
import { WarestTrigger } from '../nodes/Warest/WarestTrigger.node.ts'
import { WawpTrigger } from '../nodes/Wawp/WawpTrigger.node.ts'
import { connected, FIRST_PHONE } from './connected.ts'
import { type FakeSetup, fakeN8n } from './fake-n8n.ts'

export const WEBHOOK_URL = 'https://n8n.test/webhook/1/webhook'
export const OTHER = 'https://other.test/hook'
export const PHONE = String(FIRST_PHONE)

const emulators: { close(): void }[] = []
/** Closes what was opened; for `afterEach`. */
export function closeEmulators(): void {
  for (const emulator of emulators.splice(0)) emulator.close()
}

/** A trigger with its credential. */
export interface Subject {
  readonly gateway: GatewayId
  readonly trigger: INodeType
  readonly credential: ICredentialType
}

export const SUBJECTS: Readonly<Record<GatewayId, Subject>> = {
  waha: { gateway: 'waha', trigger: new WahaTrigger(), credential: new WamuxWahaApi() },
  wawp: { gateway: 'wawp', trigger: new WawpTrigger(), credential: new WamuxWawpApi() },
  warest: { gateway: 'warest', trigger: new WarestTrigger(), credential: new WamuxWarestApi() },
  sparkbot: { gateway: 'sparkbot', trigger: new SparkbotTrigger(), credential: new WamuxSparkbotApi() },
}

/** An emulated gateway with a connected session, and triggers of it. */
export async function opened({ gateway, trigger, credential }: Subject, parameters: Record<string, unknown> = {}) {
  const { emulator, baseUrl, credentials, plugin, sessions } = await connected(gateway, ['default'])
  emulators.push(emulator)
  const [session = ''] = sessions
  const setup = {
    fetch: (request: Request) => emulator.handle(request),
    credentialType: credential,
    credentials: { baseUrl, ...credentials } as Record<string, string>,
    webhookUrl: WEBHOOK_URL,
  }
  const settings = { session: { __rl: true, mode: 'id', value: session }, events: ['message.received'], ...parameters }
  /** A trigger node of a workflow; each has its own webhook. */
  const place = (own: Partial<FakeSetup> = {}, ownParameters: Record<string, unknown> = {}) => {
    const fake = fakeN8n({ ...setup, ...own, parameters: { ...settings, ...ownParameters } })
    const hook = (name: 'checkExists' | 'create' | 'delete') => trigger.webhookMethods?.default[name].call(fake.hook)
    const deliver = async (request: { headers: Record<string, string>; body: string; url?: string }) => {
      const { context, status, text } = fake.delivery(request)
      const outputs = (await trigger.webhook?.call(context))?.workflowData ?? []
      return { status: status(), items: outputs[0] ?? [], outputs, text: text() }
    }
    return { fake, hook, deliver }
  }
  const sent = async (text: string) =>
    (await emulator.control.deliveries({ gateway })).filter(({ url, body, headers }) => {
      // the headers are there once it was signed
      return url.startsWith(WEBHOOK_URL) && body.includes(text) && Object.keys(headers).length > 0
    })
  const urls = async () => (await plugin.webhook.list({ session })).items.map(({ url }) => url)
  return { emulator, ...place(), place, sent, session, plugin, urls, setup }
}
