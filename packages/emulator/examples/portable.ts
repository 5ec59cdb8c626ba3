import type { Has, Message } from '@wamux/core'

/** What this program needs. All four gateways have it, and the compiler knows. */
export type Shop = Has<
  | 'session.waitFor'
  | 'contact.check'
  | 'message.sendText'
  | 'message.sendImage'
  | 'message.sendPoll'
  | 'message.list'
  | 'message.react'
  | 'group.create'
  | 'group.inviteLink'
  | 'chat.archive'
>

/** Welcomes a customer, and thanks for what was answered. Runs unchanged on each gateway. */
export async function welcome(gateway: Shop, session: string, customer: string, picture: string): Promise<string> {
  await gateway.session.waitFor({ session, state: 'connected', timeoutMs: 60_000, intervalMs: 100 })
  const { exists } = await gateway.contact.check({ session, phone: customer })
  if (!exists) return `${customer} is not on WhatsApp`

  await gateway.message.sendText({ session, to: customer, text: 'Welcome! This is what we make:' })
  await gateway.message.sendImage({ session, to: customer, file: { url: picture }, caption: 'Fresh today' })
  await gateway.message.sendPoll({ session, to: customer, question: 'Which one?', options: ['Bread', 'Cake'] })

  const answers: Message[] = []
  for await (const message of gateway.message.list({ session, chat: customer, limit: 20 })) {
    if (message.fromMe === false) answers.push(message)
  }
  for (const { id } of answers) await gateway.message.react({ session, chat: customer, message: id, emoji: '🙏' })

  const group = await gateway.group.create({ session, subject: 'Friends of the bakery', participants: [customer] })
  await gateway.message.sendText({ session, to: group.id, text: 'News comes here.' })
  await gateway.chat.archive({ session, chat: customer })
  return (await gateway.group.inviteLink({ session, group: group.id })).link
}
