import { type CallOptions, type EventType, GatewayError } from '@wamux/core'
import { findWebhook, type RegistrationOptions, registerWebhook, unregisterWebhook } from '@wamux/core/registration'
import type { IDataObject, IHookFunctions } from 'n8n-workflow'
import { gatewayOpener, type OpenGateway } from '../gateways/open-gateway.ts'
import { errorText } from '../run/error-text.ts'
import { reportError } from '../run/report-error.ts'
import { systemClock } from '../wire/n8n-clock.ts'
import { webhookId, webhookSecret } from './secrets.ts'
import { chosenEvents, chosenFilter, chosenSession, chosenSignature, isManual, type StoredWebhook } from './settings.ts'
import type { TriggerNode } from './trigger-node.ts'

const TIMEOUT_MS = 60_000
const CALL: CallOptions = { timeoutMs: TIMEOUT_MS }

/** Where a test took the place of the published webhook: the address to give it back to. Tests end in the process that they began in. */
const replaced = new Map<string, string>()

/**
 * Whether the gateway has the webhook of this trigger as it is wanted now. n8n asks when a workflow is activated, and some versions when n8n
 * starts; after a no it registers the webhook, which repairs one that was lost or has other settings.
 */
export function webhookExists(context: IHookFunctions, trigger: TriggerNode): Promise<boolean> {
  return reporting(context, async () => {
    if (isManual(context)) return true
    const { gateway, wanted, options } = await settingsOf(context, trigger)
    const { secret, events, url, session } = storedOf(context)
    const asNoted = secret === wanted.secret && events === wanted.events.join() && url === wanted.url && session === wanted.session
    return asNoted && (await findWebhook(gateway, wanted, options)) !== undefined
  })
}

/** Registers the webhook at the gateway, or brings it up to date. Webhooks of others stay as they are. */
export function createWebhook(context: IHookFunctions, trigger: TriggerNode): Promise<boolean> {
  return reporting(context, async () => {
    if (isManual(context)) {
      // says what is missing before the first delivery comes
      await webhookSecret(context, trigger.node)
      chosenFilter(context)
      return true
    }
    const { gateway, wanted, options } = await settingsOf(context, trigger)
    const { session, url, secret, events } = wanted
    const registration = { session, url, ...(trigger.choosesEvents ? { events } : {}), ...(wanted.signs ? { secret } : {}) }
    await registerWebhook(gateway, registration, {
      ...options,
      ...(trigger.hasOneWebhook ? { isOwn: (other) => takesOver(context, url, other) } : {}),
    })
    if (isTest(context)) return true
    await forgetOld(context, { gateway, wanted, options })
    const workflow = context.getWorkflow().id ?? ''
    Object.assign(storedOf(context), { secret, session, url, workflow, events: events.join() } satisfies Required<StoredWebhook>)
    return true
  })
}

/** Takes the webhook of this trigger off the gateway, and no other one. One that is gone already is no problem. */
export function deleteWebhook(context: IHookFunctions, trigger: TriggerNode): Promise<boolean> {
  return reporting(context, async () => {
    if (isManual(context)) return true
    const { gateway, wanted, options } = await settingsOf(context, trigger)
    const { session, url } = wanted
    const published = replaced.get(url)
    replaced.delete(url)
    if (published !== undefined && (await findWebhook(gateway, wanted, options))) {
      const { secret } = wanted
      await registerWebhook(gateway, { session, url: published, secret }, { ...options, isOwn: (other) => other === url })
      return true
    }
    await unregisterWebhook(gateway, { session, urls: [url] }, options)
    if (isTest(context)) return true
    await forgetOld(context, { gateway, wanted, options })
    const stored = storedOf(context)
    for (const name of Object.keys(stored)) delete (stored as IDataObject)[name]
    return true
  })
}

interface Wanted {
  readonly session: string
  readonly url: string
  readonly events: readonly EventType[]
  readonly secret: string
  /** The gateway signs with the secret; otherwise the secret is a part of the address. */
  readonly signs: boolean
}

interface Settings {
  readonly gateway: OpenGateway['gateway']
  readonly wanted: Wanted
  readonly options: RegistrationOptions
}

async function settingsOf(context: IHookFunctions, trigger: TriggerNode): Promise<Settings> {
  const { gateway, credentials } = await gatewayOpener(context)(trigger.node, { timeoutMs: TIMEOUT_MS })
  const secret = await webhookSecret(context, trigger.node)
  const signs = trigger.proof(chosenSignature(context)) === 'signature'
  const address = context.getNodeWebhookUrl('default') ?? ''
  const url = signs ? address : `${address}?token=${secret}`
  const session = chosenSession(context, credentials)
  // a pattern that cannot be read is told when the workflow is activated
  chosenFilter(context)
  return {
    gateway,
    wanted: { session, url, events: chosenEvents(context), secret, signs },
    options: {
      call: CALL,
      clock: systemClock,
      ...(trigger.writesWholeList ? {} : { confirmAfterMs: 0 }),
    },
  }
}

// registered by this workflow before, for another session or under another address of n8n
async function forgetOld(context: IHookFunctions, { gateway, wanted, options }: Settings): Promise<void> {
  const { session, url, workflow } = storedOf(context)
  if (session === undefined || url === undefined || (session === wanted.session && url === wanted.url)) return
  // a copy of the workflow came with the notes of the original
  if (workflow !== context.getWorkflow().id) return
  try {
    await unregisterWebhook(gateway, { session, urls: [url] }, options)
  } catch (error) {
    // the new webhook works, although the old one could not be removed
    context.logger.warn(`"${context.getNode().name}" could not remove its earlier webhook from session ${session}: ${reasonOf(error)}`)
  }
}

function reasonOf(error: unknown): string {
  return GatewayError.is(error) ? errorText(error).headline : 'the gateway was not reached'
}

// the same node of the same n8n, tested in one case and published in the other: a session with one webhook serves one of them at a time
function takesOver(context: IHookFunctions, url: string, other: string): boolean {
  if (!URL.canParse(other) || new URL(url).origin !== new URL(other).origin) return false
  if (!new URL(other).pathname.split('/').includes(webhookId(context))) return false
  if (isTest(context)) replaced.set(url, other)
  return true
}

// what is noted in the workflow's static data is about the published webhook
function isTest(context: IHookFunctions): boolean {
  return context.getMode() === 'manual'
}

function storedOf(context: IHookFunctions): StoredWebhook {
  return context.getWorkflowStaticData('node') as StoredWebhook
}

async function reporting<Value>(context: IHookFunctions, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run()
  } catch (error) {
    throw reportError(context.getNode(), error, 0)
  }
}
