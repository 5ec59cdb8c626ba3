import { type EventType, parseAddress, toJid } from '@wamux/core'
import type { ICredentialDataDecryptedObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { credentialText } from '../wire/credential-text.ts'

/** What a trigger keeps between activation and deactivation. */
export interface StoredWebhook {
  secret?: string
  session?: string
  /** What names it at the gateway. */
  webhook?: string
  url?: string
  /** The types that were asked for, separated by commas. */
  events?: string
}

/** What is let through. */
export interface Filter {
  readonly types: readonly string[]
  readonly ignoreOwn: boolean
  readonly chats: 'all' | 'direct' | 'group'
  /** Ids of the only chats that count; empty: all. */
  readonly only: readonly string[]
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

/** What the options say about events. */
export function chosenFilter(context: Context): Filter {
  const options = optionsOf(context)
  const { chatIds, chats } = options
  return {
    types: chosenEvents(context),
    ignoreOwn: options.ignoreOwn === true,
    chats: chats === 'direct' || chats === 'group' ? chats : 'all',
    only: [chatIds]
      .flat(2)
      .map((id) => String(id ?? '').trim())
      .filter((id) => id !== '')
      .map(chatId),
  }
}

// events name persons as …@c.us, whatever the gateway calls them
function chatId(value: string): string {
  try {
    return toJid(parseAddress(value, 'chatIds'))
  } catch {
    return value
  }
}

/** How old a delivery may be, ms. */
export function chosenTolerance(context: Context): number {
  const minutes = Number(optionsOf(context).replayWindow ?? 5)
  return minutes > 0 ? minutes * 60_000 : 5 * 60_000
}

/** How the gateway signs, where that can be chosen. */
export function chosenSignature(context: Context): string {
  return String(optionsOf(context).signature ?? 'auto')
}

function optionsOf(context: Context): Record<string, unknown> {
  return (context.getNodeParameter('nodeOptions', {}) ?? {}) as Record<string, unknown>
}
