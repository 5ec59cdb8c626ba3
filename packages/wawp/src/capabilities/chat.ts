import type { ChatVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { inQuery, loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The chat verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/wawp.md#lists
 */
export interface WawpChat
  extends TypedVerbs<
    ChatVerbs,
    {
      list: Schemas['Chat'][] | Schemas['Outcome']
      get: Schemas['ChatSummary']
      archive: Schemas['Outcome']
      unarchive: Schemas['Outcome']
      clear: Schemas['Outcome']
      delete: Schemas['Outcome']
      markUnread: Schemas['Outcome']
      setTyping: Schemas['Outcome']
    }
  > {}

// the engine's names; the order without them is not known
const NEWEST_FIRST = { sortBy: 'conversationTimestamp', sortOrder: 'DESC' } as const

/** The chat verbs of Wawp. It can neither mute nor pin a chat. */
export async function chatVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpChat>> {
  const verbs = await loadEngineVerbs.chat()
  return verbs(
    engineOf(context),
    {
      list: inQuery(routes.chatsList),
      get: routes.chatsOverview,
      archive: routes.chatsArchive,
      unarchive: routes.chatsUnarchive,
      clear: routes.chatsClear,
      delete: routes.chatsDelete,
      markUnread: routes.chatsMarkUnread,
      setTyping: routes.messagesStartTyping,
      stopTyping: routes.messagesStopTyping,
      setPresence: routes.presenceSet,
    },
    { newestFirst: NEWEST_FIRST },
  )
}
