import {
  type ChatRef,
  type ChatVerbs,
  invalidInput,
  type PluginContext,
  parseAddress,
  type TypedVerbs,
  toJid,
  type VerbImplementations,
} from '@wamux/core'
import { flagInput, offsetPage, unsupportedInput } from '@wamux/core/verbs'
import { acknowledged, withId } from '@wamux/engine'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { listOf, readChat } from './from-vendor.ts'
import { deviceOf, jidInput, pageOf } from './to-vendor.ts'

type Chat = components['schemas']['Chat']

/**
 * The chat verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#chats-contacts-groups
 */
export interface SparkbotChat
  extends TypedVerbs<
    ChatVerbs,
    {
      list: Chat[]
      get: Chat
      archive: unknown
      unarchive: unknown
      mute: unknown
      pin: unknown
      delete: unknown
      markUnread: unknown
      setTyping: unknown
    }
  > {}

const LARGEST_PAGE = 200
const ACTIONS = { typing: 'typing', recording: 'recording', paused: 'stop' } as const

/** The chat verbs of SparkBot. It can delete a chat, but not clear it. */
export function chatVerbs({ send }: PluginContext<SparkbotConfig>): VerbImplementations<SparkbotChat> {
  const placeOf = ({ session, chat }: ChatRef) => ({ deviceId: deviceOf(session), chatWid: jidInput(chat, 'chat') })

  return {
    async list(input, options) {
      const { session } = input
      const { query, ...offset } = pageOf(input, LARGEST_PAGE)
      const parts = { path: { deviceId: deviceOf(session) }, query: { sort: 'lastMessageAt:desc', ...query } }
      const { data } = await send(routes.chatsList, parts, options)
      return offsetPage(listOf(data, 'chat.list'), offset, data, (row) => withId(readChat(session, row)))
    },

    async get(input, options) {
      const path = placeOf(input)
      const { data } = await send(routes.chatsGet, { path }, options)
      return readChat(input.session, data, path.chatWid)
    },

    async archive(input, options) {
      const { data } = await send(routes.chatsArchive, { path: placeOf(input) }, options)
      return acknowledged(input.session, data)
    },

    async unarchive(input, options) {
      const { data } = await send(routes.chatsUnarchive, { path: placeOf(input) }, options)
      return acknowledged(input.session, data)
    },

    async mute(input, options) {
      const { muted = true, durationMs } = input
      if (durationMs !== undefined)
        throw unsupportedInput(manifest, 'durationMs', 'it can mute a chat only without an end. Nothing was sent.')
      const body = { muted: flagInput(muted, 'muted') }
      const { data } = await send(routes.chatsSetAttributes, { path: placeOf(input), body }, options)
      return acknowledged(input.session, data)
    },

    async pin(input, options) {
      const body = { pinned: flagInput(input.pinned ?? true, 'pinned') }
      const { data } = await send(routes.chatsSetAttributes, { path: placeOf(input), body }, options)
      return acknowledged(input.session, data)
    },

    async delete(input, options) {
      // without it the chat is deleted from the service's inbox only, and comes back with the next message
      const { data } = await send(routes.chatsDelete, { path: placeOf(input), body: { whatsapp: true } }, options)
      return acknowledged(input.session, data)
    },

    async markUnread(input, options) {
      const { data } = await send(routes.chatsSetUnread, { path: placeOf(input), body: { unread: true } }, options)
      return acknowledged(input.session, data)
    },

    async setTyping(input, options) {
      const { session, chat, state = 'typing' } = input
      if (!Object.hasOwn(ACTIONS, state)) throw invalidInput('state', `expected one of ${Object.keys(ACTIONS).join(', ')}`)
      const address = parseAddress(chat, 'chat')
      if (address.kind !== 'phone' && address.kind !== 'group')
        throw invalidInput('chat', 'SparkBot shows it to a number or a group (…@g.us)')
      const target = address.kind === 'phone' ? { chat: `+${address.user}` } : { group: toJid(address) }
      const { data } = await send(
        routes.chatsSetTyping,
        { path: { deviceId: deviceOf(session) }, body: { action: ACTIONS[state], ...target } },
        options,
      )
      return acknowledged(input.session, data)
    },
  }
}
