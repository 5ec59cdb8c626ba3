import { createIdentities, GatewayError, type GatewayEvent, type Identities } from '@wamux/core'
import { type DedupeStore, dedupeKeyOf, memoryDedupe } from '@wamux/core/webhooks'
import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow'
import { itemOf } from './event-items.ts'
import { lets } from './filter.ts'
import { acceptedSecrets } from './secrets.ts'
import { chosenEvents, chosenFilter, chosenLargest, chosenSignature, chosenTolerance, dropsRepeats, hasOutputPerEvent } from './settings.ts'
import type { TriggerNode } from './trigger-node.ts'

const REMEMBERED_MS = 24 * 60 * 60_000
const LOGGED_EVERY_MS = 60_000

// of this process: with several that take webhooks, a repeated delivery may come to another one
const seen = new Map<string, DedupeStore>()
// who is who, learnt from the deliveries: a person that was chosen by number may come under a LID
const people = new Map<string, Identities>()
const loggedAt = new Map<string, number>()

/**
 * Takes a delivery: checks it, leaves out what was there already and what is not wanted, and gives the rest to the workflow. The answer to a
 * delivery that is taken is always empty, as WARest carries out what an answer contains.
 */
export async function receive(context: IWebhookFunctions, trigger: TriggerNode): Promise<IWebhookResponseData> {
  const response = context.getResponseObject()
  let events: readonly GatewayEvent[]
  try {
    events = await readDelivery(context, trigger)
  } catch (error) {
    const { status, reason } = refusalOf(error, context)
    logRefusal(context, status, reason)
    response.status(status).end(status === 413 ? reason : undefined)
    return { noWebhookResponse: true }
  }
  const filter = chosenFilter(context)
  const store = dropsRepeats(context) ? storeOf(context) : undefined
  const fresh: GatewayEvent[] = []
  const identities = identitiesOf(context)
  for (const event of events) identities.learnFrom(event)
  for (const event of events) {
    if (!lets(filter, event, identities)) continue
    const key = dedupeKeyOf(event, identities)
    if (store !== undefined && (await store.claim(key, REMEMBERED_MS)) !== 'claimed') continue
    // handing it to the workflow cannot fail from here on
    await store?.done(key, REMEMBERED_MS)
    fresh.push(event)
  }
  // before files are fetched, as a gateway that waits too long delivers again
  response.status(204).end()
  if (fresh.length === 0) return { noWebhookResponse: true }
  const items = await Promise.all(fresh.map((event) => itemOf(context, trigger, event)))
  return { noWebhookResponse: true, workflowData: outputsFor(context, fresh, items) }
}

// the outputs stand in the order of the chosen events
function outputsFor(context: IWebhookFunctions, events: readonly GatewayEvent[], items: INodeExecutionData[]): INodeExecutionData[][] {
  if (!hasOutputPerEvent(context)) return [items]
  return chosenEvents(context).map((type) => items.filter((_, index) => events[index]?.type === type))
}

async function readDelivery(context: IWebhookFunctions, trigger: TriggerNode): Promise<readonly GatewayEvent[]> {
  const request = context.getRequestObject()
  const secrets = await acceptedSecrets(context, trigger.node)
  if (!request.rawBody) await request.readRawBody?.()
  if (!request.rawBody) throw new GatewayError('the delivery has no body', { kind: 'invalid_request' })
  return trigger.parse(
    { headers: request.headers, body: new Uint8Array(request.rawBody), url: request.url },
    {
      secrets,
      toleranceMs: chosenTolerance(context),
      maxBodyBytes: chosenLargest(context),
      signature: chosenSignature(context),
    },
  )
}

interface Refusal {
  readonly status: number
  readonly reason: string
}

function refusalOf(error: unknown, context: IWebhookFunctions): Refusal {
  if (!GatewayError.is(error)) return { status: 500, reason: error instanceof Error ? error.message : 'it could not be read' }
  if (error.code === 'too_large') {
    const megabytes = chosenLargest(context) / 1024 / 1024
    return { status: 413, reason: `The delivery is larger than ${megabytes} MB. Raise "Largest Delivery" in the options of the trigger.` }
  }
  if (error.kind === 'auth') return { status: 401, reason: [error.message, error.hint].filter(Boolean).join('. ') }
  return { status: error.kind === 'invalid_request' ? 400 : 500, reason: error.message }
}

// what a trigger refuses shows in no list of executions; anybody can send such things, so the log gets one line a minute
function logRefusal(context: IWebhookFunctions, status: number, reason: string): void {
  const key = `${nodeKey(context)} ${status}`
  if (Date.now() - (loggedAt.get(key) ?? 0) < LOGGED_EVERY_MS) return
  loggedAt.set(key, Date.now())
  context.logger.warn(`"${context.getNode().name}" refused a delivery with ${status}: ${reason}`)
}

function storeOf(context: IWebhookFunctions): DedupeStore {
  const key = nodeKey(context)
  const store = seen.get(key) ?? memoryDedupe()
  seen.set(key, store)
  return store
}

function identitiesOf(context: IWebhookFunctions): Identities {
  const key = nodeKey(context)
  const identities = people.get(key) ?? createIdentities({ size: 2_000 })
  people.set(key, identities)
  return identities
}

function nodeKey(context: IWebhookFunctions): string {
  return `${context.getMode()} ${context.getWorkflow().id ?? ''} ${context.getNode().id}`
}
