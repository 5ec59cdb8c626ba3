import type { ChatVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']
/** Differs by engine. */
type EngineAnswer = { [key: string]: unknown }

/**
 * The chat verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#lists
 */
export interface WahaChat
  extends TypedVerbs<
    ChatVerbs,
    {
      list: Schemas['EngineChat'][]
      get: Schemas['ChatSummary']
      archive: EngineAnswer
      unarchive: EngineAnswer
      clear: unknown
      delete: unknown
      markUnread: EngineAnswer
      setTyping: Schemas['Done'] | undefined
    }
  > {}

const NEWEST_FIRST = { sortBy: 'conversationTimestamp', sortOrder: 'desc' } as const

/** The chat verbs of WAHA. It can neither mute nor pin a chat. */
export async function chatVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaChat>> {
  const verbs = await loadEngineVerbs.chat()
  return verbs(
    engineOf(context),
    {
      list: routes.chatsList,
      get: routes.chatsOverview,
      archive: routes.chatsArchive,
      unarchive: routes.chatsUnarchive,
      clear: routes.chatsClearMessages,
      delete: routes.chatsDelete,
      markUnread: routes.chatsMarkUnread,
      setTyping: routes.messagesStartTyping,
      stopTyping: routes.messagesStopTyping,
      setPresence: routes.presenceSet,
    },
    { newestFirst: NEWEST_FIRST },
  )
}
