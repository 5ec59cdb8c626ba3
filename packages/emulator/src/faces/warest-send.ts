import { recipientOf } from '../recipient.ts'
import type { World } from '../world.ts'
import { type Handler, textOf } from './face.ts'
import { done, refused } from './warest-words.ts'

/** Sending text, to one recipient or several with commas between. */
export function sendHandlers(world: World): Record<string, Handler> {
  const { network } = world
  return {
    'messages.sendText': ({ query, body, method }) => {
      const input: Readonly<Record<string, unknown>> = method === 'GET' ? Object.fromEntries(query) : body
      const to = textOf(input.to)
      if (to === undefined) return refused(400, 1100, "Parameter 'to' is required", null)
      const text = textOf(input.message) ?? textOf(input.text)
      if (text === undefined) return refused(400, 1100, "Parameter 'message' is required", null)
      const session = world.sessions('warest').get(textOf(input.sessionId) ?? '')
      const from = session?.phase === 'connected' ? session.account : undefined
      // an unknown session and one that is not open look the same
      if (!session || !from) return refused(404, 1101, 'Session not found', null)
      const recipients = to.split(',').map((one) => recipientOf(network, one.trim()))
      const phones = recipients.flatMap((one) => (one !== 'invalid' && 'phone' in one ? [one.phone] : []))
      if (phones.length < recipients.length) return refused(400, 1100, "Invalid 'to' value", null)
      const via = { gateway: 'warest', session: session.id }
      const results = phones.map((phone) => {
        const { id, sentAt } = network.send({ from, to: phone, text, via })
        return {
          phone: from.phone,
          to: phone,
          toJid: `${phone}@s.whatsapp.net`,
          messageId: id,
          status: 'text success',
          timestamp: Math.floor(sentAt / 1000),
          advancedInfo: {
            isForwarded: input.isForwarded === true || input.isForwarded === 'true',
            quotedMessageId: textOf(input.replyMessageId) ?? textOf(input.quotedMessageId) ?? null,
          },
        }
      })
      return done(200, 1000, 'Text message sent', results)
    },
  }
}
