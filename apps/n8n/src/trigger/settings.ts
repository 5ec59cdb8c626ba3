import { type EventType, parseAddress, toJid } from '@wamux/core'
import type { ICredentialDataDecryptedObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { credentialText } from '../wire/credential-text.ts'
import type { Filter } from './filter.ts'

/**
 * What a trigger notes in the workflow's static data. It may be lost or be of an earlier time, so nothing depends on it: it tells what was
 * registered before, to change or remove it when the settings are others now.
 */
export interface StoredWebhook {
  secret?: string
  session?: string
  /** Id of the workflow, which a copy of it does not have. */
  workflow?: string
  url?: string
  /** The types that were asked for, separated by commas. */
  events?: string
}

type Context = IHookFunctions | IWebhookFunctions

/** The types of events that were chosen. @throws InvalidParameter when there are none */
export function chosenEvents(context: Context): EventType[] {
  const events = context.getNodeParameter('events', [])
  const list = Array.isArray(events) ? (events as EventType[]) : []
  if (list.length === 0) throw new InvalidParameter('events', 'events: choose at least one')
  return list
}

/** The session: of the node's parameter, or of the credential where the gateway's credential names it. */
export function chosenSession(context: Context, credentials: ICredentialDataDecryptedObject): string {
  const value = context.getNodeParameter('session', '')
  const plain = typeof value === 'object' && value !== null && 'value' in value ? value.value : value
  const session = typeof plain === 'string' || typeof plain === 'number' ? String(plain).trim() : ''
  const found = session === '' ? credentialText(credentials, 'instanceId') : session
  if (found === '') throw new InvalidParameter('session', 'session: has to be filled in')
  return found
}

/** What the options say about events. @throws InvalidParameter for a pattern that is none */
export function chosenFilter(context: Context): Filter {
  const { chatIds, chats, ignoreOwn, messageTypes, people, textContains, textPattern } = optionsOf(context)
  return {
    types: chosenEvents(context),
    ignoreOwn: ignoreOwn === true,
    chats: chats === 'direct' || chats === 'group' ? chats : 'all',
    only: textsOf(chatIds).map(addressId),
    people: textsOf(people).map(addressId),
    messageTypes: textsOf(messageTypes),
    contains: String(textContains ?? '').toLowerCase(),
    pattern: patternOf(textPattern),
  }
}

function textsOf(value: unknown): string[] {
  return [value]
    .flat(2)
    .map((one) => String(one ?? '').trim())
    .filter((one) => one !== '')
}

function patternOf(value: unknown): RegExp | undefined {
  const source = String(value ?? '')
  if (source === '') return undefined
  try {
    return new RegExp(source, 'iu')
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read'
    throw new InvalidParameter('textPattern', `textPattern: expected a regular expression: ${reason}`)
  }
}

// events name persons as …@c.us, whatever the gateway calls them
function addressId(value: string): string {
  try {
    return toJid(parseAddress(value, 'address'))
  } catch {
    return value
  }
}

/** How old a delivery may be, ms. */
export function chosenTolerance(context: Context): number {
  const minutes = Number(optionsOf(context).replayWindow ?? 5)
  return minutes > 0 ? minutes * 60_000 : 5 * 60_000
}

const MEBIBYTE = 1024 * 1024
/** n8n itself takes 16 MB unless N8N_PAYLOAD_SIZE_MAX says otherwise. */
const DEFAULT_LARGEST_MB = 16
const DEFAULT_LARGEST_FILE_MB = 20

/** Largest delivery that is taken, bytes. */
export function chosenLargest(context: Context): number {
  const megabytes = Number(optionsOf(context).largestDelivery ?? DEFAULT_LARGEST_MB)
  return (megabytes > 0 ? megabytes : DEFAULT_LARGEST_MB) * MEBIBYTE
}

/** Whether each event has an output of its own. */
export function hasOutputPerEvent(context: Context): boolean {
  return optionsOf(context).outputs === 'perEvent'
}

/** Largest file that is fetched, bytes; nothing when files are not fetched. */
export function chosenLargestFile(context: Context): number | undefined {
  const { downloadFiles, largestFile } = optionsOf(context)
  if (downloadFiles !== true) return undefined
  const megabytes = Number(largestFile ?? DEFAULT_LARGEST_FILE_MB)
  return (megabytes > 0 ? megabytes : DEFAULT_LARGEST_FILE_MB) * MEBIBYTE
}

/** Whether repeated deliveries are left out. */
export function dropsRepeats(context: Context): boolean {
  return optionsOf(context).ignoreRepeats !== false
}

/** Whether a person registers the webhook at the gateway, and not this node. */
export function isManual(context: Context): boolean {
  return context.getNodeParameter('registration', 'automatic') === 'manual'
}

/** The secret that a person typed, for a webhook that was registered by hand. */
export function typedSecret(context: Context): string {
  return String(context.getNodeParameter('secret', '') ?? '').trim()
}

/** How the gateway signs, where that can be chosen. */
export function chosenSignature(context: Context): string {
  return String(optionsOf(context).signature ?? 'auto')
}

function optionsOf(context: Context): Record<string, unknown> {
  return (context.getNodeParameter('nodeOptions', {}) ?? {}) as Record<string, unknown>
}
