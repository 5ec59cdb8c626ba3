import { randomBytes } from 'node:crypto'
import { type CallOptions, demand, type EventType, type GatewayBase, GatewayError, type Webhook } from '@wamux/core'
import type { IDataObject, IHookFunctions } from 'n8n-workflow'
import { gatewayOpener } from '../gateways/open-gateway.ts'
import { reportError } from '../run/report-error.ts'
import { chosenEvents, chosenSession, type StoredWebhook } from './settings.ts'
import type { TriggerNode } from './trigger-node.ts'

const TIMEOUT_MS = 60_000
const CALL: CallOptions = { timeoutMs: TIMEOUT_MS }

/** Whether the gateway has the webhook of this trigger, with the secret that is kept here and the events that are wanted. */
export function webhookExists(context: IHookFunctions, trigger: TriggerNode): Promise<boolean> {
  return told(context, async () => {
    const stored = storedOf(context)
    const session = await sessionOf(context, trigger)
    const same = stored.secret !== undefined && stored.session === session && stored.events === chosenEvents(context).join()
    if (!same || stored.url !== addressFor(context, trigger, stored.secret ?? '')) return false
    return (await findOwn(await gatewayFor(context, trigger), session, stored.url)) !== undefined
  })
}

/** Registers the webhook at the gateway with a new secret. Webhooks of others stay as they are. */
export function createWebhook(context: IHookFunctions, trigger: TriggerNode): Promise<boolean> {
  return told(context, async () => {
    const stored = storedOf(context)
    const session = await sessionOf(context, trigger)
    const events = chosenEvents(context)
    const secret = randomBytes(32).toString('hex')
    const url = addressFor(context, trigger, secret)
    const gateway = await gatewayFor(context, trigger)
    const input = { session, url, ...wanted(trigger, events), ...(trigger.proof === 'signature' ? { secret } : {}) }
    const made = await createOrTakeOver(gateway, input)
    Object.assign(stored, { secret, session, url, webhook: made.id, events: events.join() } satisfies Required<StoredWebhook>)
    return true
  })
}

/** Takes the webhook off the gateway; one that is gone already is no problem. */
export function deleteWebhook(context: IHookFunctions, trigger: TriggerNode): Promise<boolean> {
  return told(context, async () => {
    const stored = storedOf(context)
    const { session, webhook } = stored
    if (session !== undefined && webhook !== undefined) {
      const gateway = await gatewayFor(context, trigger)
      await demand(gateway, 'webhook.delete')({ session, webhook }, CALL).catch((error) => {
        if (!GatewayError.is(error) || error.kind !== 'not_found') throw error
      })
    }
    for (const name of Object.keys(stored)) delete (stored as IDataObject)[name]
    return true
  })
}

interface Registration {
  readonly session: string
  readonly url: string
  readonly events?: readonly EventType[]
  readonly secret?: string
}

// the address is this trigger's own: a webhook with it is one that an earlier activation left behind
async function createOrTakeOver(gateway: GatewayBase, input: Registration): Promise<Webhook> {
  try {
    return await demand(gateway, 'webhook.create')(input, CALL)
  } catch (error) {
    if (!GatewayError.is(error) || error.kind !== 'conflict') throw error
    const own = await findOwn(gateway, input.session, input.url)
    if (!own) throw error
    return demand(gateway, 'webhook.update')({ ...input, webhook: own.id }, CALL)
  }
}

async function findOwn(gateway: GatewayBase, session: string, url: string): Promise<Webhook | undefined> {
  for await (const webhook of demand(gateway, 'webhook.list')({ session }, CALL)) if (webhook.url === url) return webhook
  return undefined
}

function wanted({ choosesEvents }: TriggerNode, events: readonly EventType[]): { events?: readonly EventType[] } {
  return choosesEvents ? { events } : {}
}

// a gateway that signs nothing gets an address that nobody else knows
function addressFor(context: IHookFunctions, { proof }: TriggerNode, secret: string): string {
  const url = context.getNodeWebhookUrl('default') ?? ''
  return proof === 'address' ? `${url}?token=${secret}` : url
}

async function gatewayFor(context: IHookFunctions, { node }: TriggerNode): Promise<GatewayBase> {
  return (await gatewayOpener(context)(node, { timeoutMs: TIMEOUT_MS })).gateway
}

async function sessionOf(context: IHookFunctions, { node }: TriggerNode): Promise<string> {
  return chosenSession(context, await context.getCredentials(node.credential))
}

function storedOf(context: IHookFunctions): StoredWebhook {
  return context.getWorkflowStaticData('node') as StoredWebhook
}

async function told<Value>(context: IHookFunctions, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run()
  } catch (error) {
    throw reportError(context.getNode(), error, 0)
  }
}
