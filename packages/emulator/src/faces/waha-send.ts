import type { Message } from '../network.ts'
import { recipientOf } from '../recipient.ts'
import type { World } from '../world.ts'
import { type Call, type Handler, json, textOf } from './face.ts'
import { nestError, noSession, VERSION, wrongStatus } from './waha-words.ts'

/** Sending text. */
export function sendHandlers(world: World): Record<string, Handler> {
  const sessions = world.sessions('waha')

  async function send(call: Call, input: Readonly<Record<string, unknown>>): Promise<Message | Response> {
    const id = textOf(input.session)
    if (id === undefined) return nestError(400, 'Bad Request', 'Session name is required')
    const session = sessions.get(id)
    if (!session) return noSession(id)
    await session.settled()
    if (session.phase !== 'connected' || !session.account) return wrongStatus(session, 'WORKING')
    const recipient = recipientOf(world.network, input.chatId)
    if (recipient === 'invalid') return crash(call, `the emulator cannot read this chatId: ${JSON.stringify(input.chatId)}`)
    if ('missing' in recipient) return crash(call, 'item-not-found', { data: 404 })
    if (typeof input.text !== 'string') return crash(call, "Cannot read properties of undefined (reading 'match')")
    const via = { gateway: 'waha', session: id }
    return world.network.send({ from: session.account, to: recipient.phone, text: input.text, via, id: textOf(input.id) })
  }

  // bad input ends inside the engine, so it comes back as a server error that repeats the request
  function crash({ method, path, body, query }: Call, message: string, more: Record<string, unknown> = {}): Response {
    const request = { path, method, body, query: Object.fromEntries(query) }
    const timestamp = new Date(world.clock.now()).toISOString()
    const exception = { message, ...more, name: 'Error', stack: `Error: ${message}` }
    return json(500, { statusCode: 500, timestamp, exception, request, version: VERSION })
  }

  return {
    'messages.sendText': async (call) => {
      const sent = await send(call, call.body)
      return sent instanceof Response ? sent : json(201, engineMessage(sent))
    },

    'messages.sendTextGet': async (call) => {
      const { session, phone, text } = Object.fromEntries(call.query)
      const sent = await send(call, { session, chatId: phone, text })
      return sent instanceof Response ? sent : json(200, engineMessage(sent))
    },
  }
}

// the engine's own message, not the shape that the vendor's document promises
function engineMessage({ id, chat, text, sentAt }: Message): Record<string, unknown> {
  return {
    key: { remoteJid: chat.replace('@c.us', '@s.whatsapp.net'), fromMe: true, id },
    message: { extendedTextMessage: { text } },
    messageTimestamp: String(Math.floor(sentAt / 1000)),
    status: 'PENDING',
  }
}
