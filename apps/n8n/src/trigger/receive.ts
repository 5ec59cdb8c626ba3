import { createIdentities, GatewayError, type GatewayEvent, happenedIn, type Identities, placeOf } from '@wamux/core'
import { type DedupeStore, memoryDedupe } from '@wamux/core/webhooks'
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow'
import { chosenFilter, chosenSignature, chosenTolerance, type Filter, type StoredWebhook } from './settings.ts'
import type { TriggerNode } from './trigger-node.ts'

const REMEMBERED_MS = 24 * 60 * 60_000
const STATUS: Partial<Record<GatewayError['kind'], number>> = { auth: 401, invalid_request: 400 }

// of this process: with several that take webhooks, a repeated delivery may come to another one
const seen = new Map<string, DedupeStore>()
// who is who, learnt from the deliveries: a chat that was chosen by number may come under a LID
const people = new Map<string, Identities>()

/**
 * Takes a delivery: checks it, leaves out what was there already and what is not wanted, and gives the rest to the workflow. The answer is
 * always empty, as WARest carries out what an answer contains.
 */
export async function receive(context: IWebhookFunctions, trigger: TriggerNode): Promise<IWebhookResponseData> {
  const response = context.getResponseObject()
  const refuse = (status: number): IWebhookResponseData => {
    response.status(status).end()
    return { noWebhookResponse: true }
  }
  const request = context.getRequestObject()
  const { secret } = context.getWorkflowStaticData('node') as StoredWebhook
  // nothing was registered from here, so that nothing can come
  if (!secret) return refuse(401)
  if (!request.rawBody) await request.readRawBody?.()
  if (!request.rawBody) return refuse(400)
  let events: readonly GatewayEvent[]
  try {
    const checking = { secret, toleranceMs: chosenTolerance(context), signature: chosenSignature(context) }
    events = await trigger.parse({ headers: request.headers, body: new Uint8Array(request.rawBody), url: request.url }, checking)
  } catch (error) {
    return refuse((GatewayError.is(error) && STATUS[error.kind]) || 500)
  }
  const filter = chosenFilter(context)
  const fresh: GatewayEvent[] = []
  const store = storeOf(context)
  const identities = identitiesOf(context)
  for (const event of events) identities.learnFrom(event)
  for (const event of events) {
    if (!lets(filter, event, identities) || (await store.claim(event.dedupeKey, REMEMBERED_MS)) !== 'claimed') continue
    // handing it to the workflow cannot fail from here on
    await store.done(event.dedupeKey, REMEMBERED_MS)
    fresh.push(event)
  }
  response.status(204).end()
  if (fresh.length === 0) return { noWebhookResponse: true }
  return { noWebhookResponse: true, workflowData: [fresh.map((event) => ({ json: jsonOf(event) }))] }
}

function storeOf(context: IWebhookFunctions): DedupeStore {
  const { id } = context.getNode()
  const key = `${context.getMode()} ${context.getWorkflow().id ?? ''} ${id}`
  const store = seen.get(key) ?? memoryDedupe()
  seen.set(key, store)
  return store
}

function identitiesOf(context: IWebhookFunctions): Identities {
  const { id } = context.getNode()
  const key = `${context.getWorkflow().id ?? ''} ${id}`
  const identities = people.get(key) ?? createIdentities({ size: 2_000 })
  people.set(key, identities)
  return identities
}

/** Whether an event is one that was asked for. */
export function lets({ types, ignoreOwn, chats, only }: Filter, event: GatewayEvent, identities: Identities = createIdentities()): boolean {
  if (!types.includes(event.type)) return false
  const message = 'message' in event.data && typeof event.data.message === 'object' ? event.data.message : undefined
  if (ignoreOwn && (event.type === 'message.sent' || message?.fromMe === true)) return false
  const { chat } = placeOf(event)
  // events that are about no chat pass, whatever is said about chats
  if (chat === undefined) return true
  const group = chat.endsWith('@g.us')
  if ((chats === 'group' && !group) || (chats === 'direct' && group)) return false
  return only.length === 0 || happenedIn(event, only, identities)
}

function jsonOf({ type, id, gateway, session, vendorType, at, data, raw }: GatewayEvent): IDataObject {
  return { event: type, id, gateway, session, vendorType, at: new Date(at).toISOString(), ...withoutRaw(data), raw } as IDataObject
}

// the envelope has it
function withoutRaw(data: object): object {
  const { message } = data as { message?: unknown }
  if (typeof message !== 'object' || message === null) return data
  const { raw: _, ...rest } = message as Record<string, unknown>
  return { ...data, message: rest }
}
