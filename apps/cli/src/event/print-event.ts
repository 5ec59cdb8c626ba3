import type { GatewayEvent } from '@wamux/core'
import type { Context } from '../command/context.ts'
import { plainText } from '../print/text-width.ts'
import type { Forwarder } from './forward.ts'

/** Prints an event, as a line for people or as JSON, and forwards it. @returns false when forwarding failed */
export async function printEvent(received: GatewayEvent, context: Context, forwarder: Forwarder | undefined): Promise<boolean> {
  const { json, printResult, print } = context
  const event = context.withoutSecrets(received)
  if (json || context.values.text('jq') !== undefined) await printResult({ data: event, text: () => '' })
  else print(`${eventLine(event, context)}\n`)
  if (!forwarder) return true
  const { ok, answer } = await forwarder.send(received)
  context.say(`  → ${answer} ${forwarder.shown}${ok ? '' : ': not taken'}`)
  return ok
}

/** `12:04:31 message.received  default  +12025550143  Hello` */
export function eventLine({ at, type, session, data }: GatewayEvent, { paint }: Pick<Context, 'paint'>): string {
  const time = new Date(at).toTimeString().slice(0, 8)
  const words = summary(data).map(plainText).join('  ')
  return `${paint.dim(time)} ${paint.cyan(type)}  ${paint.bold(plainText(session))}${words === '' ? '' : `  ${words}`}`
}

const SUMMARY = [
  'state',
  'challenge',
  'account',
  'chat',
  'group',
  'from',
  'ack',
  'emoji',
  'presence',
  'label',
  'call',
  'reason',
  'text',
  'name',
]

function summary(data: object): string[] {
  const fields = data as Readonly<Record<string, unknown>>
  const { message } = fields
  if (typeof message === 'object' && message !== null) {
    const { chat, from, type, text } = message as { chat?: string; from?: string; type?: string; text?: string }
    return [from ?? chat ?? '', ...(text ? [text.replaceAll('\n', ' ')] : [`(${type})`])].filter(Boolean)
  }
  const texts = SUMMARY.flatMap((name) => (typeof fields[name] === 'string' && fields[name] !== '' ? [fields[name]] : []))
  return typeof message === 'string' ? [message, ...texts] : texts
}
