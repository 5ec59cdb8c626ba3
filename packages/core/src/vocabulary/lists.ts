import type { Verb, VerbId } from './index.ts'
import type { Paged } from './page.ts'

type ListVerbId = { [Id in VerbId]: Verb<Id> extends (...args: never) => Paged<unknown> ? Id : never }[VerbId]

/** The verbs whose result is iterated over; complete by type. */
export const listVerbs: Readonly<Record<ListVerbId, true>> = {
  'message.list': true,
  'chat.list': true,
  'contact.list': true,
  'group.list': true,
  'label.list': true,
  'label.chats': true,
  'channel.list': true,
  'webhook.list': true,
}
