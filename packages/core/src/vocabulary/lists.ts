import type { Verb, VerbId } from './index.ts'
import type { Paged } from './page.ts'

type ListVerbId = { [Id in VerbId]: Verb<Id> extends (...args: never) => Paged<unknown> ? Id : never }[VerbId]

/** The verbs that return a list; the type makes sure that none is missing. */
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
