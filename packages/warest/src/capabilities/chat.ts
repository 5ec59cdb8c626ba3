import {
  type ChatRef,
  type ChatVerbs,
  GatewayError,
  invalidInput,
  normalJid,
  type PluginContext,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { findRow, numberInput, textInput } from '@wamux/core/verbs'
import { acknowledged } from '@wamux/engine'
import type { WarestConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { boundedOffset, countedPage, listOf, readChat } from './from-vendor.ts'
import { chatIdOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The chat verbs that WARest has; `raw` of their results has WARest's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#reading-messages-and-chats
 */
export interface WarestChat
  extends TypedVerbs<
    ChatVerbs,
    {
      list: Schemas['ChatPageAnswer']
      get: Schemas['Chat']
      archive: Schemas['ChatActionDoneAnswer']
      unarchive: Schemas['ChatActionDoneAnswer']
      mute: Schemas['ChatActionDoneAnswer']
      pin: Schemas['ChatPinnedAnswer']
      clear: Schemas['ChatActionDoneAnswer']
    }
  > {}

/** The most chats that the server gives at once. */
const PAGE_SIZE = 500
const MINUTE_MS = 60_000
const LONGEST_MUTE_MINUTES = 43_200

/** The chat verbs of WARest. It cannot delete a chat, mark a chat as unread or show typing. */
export function chatVerbs({ send }: PluginContext<WarestConfig>): VerbImplementations<WarestChat> {
  return {
    async list({ session, ...page }, options) {
      const at = boundedOffset(page, PAGE_SIZE)
      const { data } = await send(routes.chatsList, { query: { sessionId: textInput(session, 'session'), ...at } }, options)
      const { data: rows, pagination } = data?.result ?? {}
      return countedPage(listOf<Schemas['Chat']>(rows, 'chat.list'), at, pagination?.total, data, (row) => readChat(session, row))
    },

    async get({ session, chat }, options) {
      const id = normalJid(chatIdOf(chat, 'chat'))
      const sessionId = textInput(session, 'session')
      const row = await findRow(
        PAGE_SIZE,
        async (at) => {
          const { data } = await send(routes.chatsList, { query: { sessionId, ...at } }, options)
          return listOf<Schemas['Chat']>(data?.result?.data, 'chat.get')
        },
        (one) => normalJid(one.jid) === id,
      )
      const found = row && readChat(session, row)
      if (!found) throw new GatewayError(`${manifest.name}: there is no chat with ${id}`, { kind: 'not_found', gateway: manifest.id })
      return found
    },

    async archive(ref, options) {
      const { data } = await send(routes.chatsArchive, { body: bodyOf(ref) }, options)
      return acknowledged(ref.session, data)
    },

    async unarchive(ref, options) {
      const { data } = await send(routes.chatsUnarchive, { body: bodyOf(ref) }, options)
      return acknowledged(ref.session, data)
    },

    async mute({ muted = true, durationMs, ...ref }, options) {
      const body = bodyOf(ref)
      const duration = minutesOf(durationMs)
      const { data } = muted
        ? await send(routes.chatsMute, { body: { ...body, duration } }, options)
        : await send(routes.chatsUnmute, { body }, options)
      return acknowledged(ref.session, data)
    },

    async pin({ session, chat, pinned = true }, options) {
      const path = { chatId: chatIdOf(chat, 'chat') }
      const body = { sessionId: textInput(session, 'session'), pin: pinned }
      const { data } = await send(routes.chatsPin, { path, body }, options)
      return acknowledged(session, data)
    },

    async clear(ref, options) {
      const { data } = await send(routes.chatsClear, { body: bodyOf(ref) }, options)
      return acknowledged(ref.session, data)
    },
  }
}

function bodyOf({ session, chat }: ChatRef): Schemas['ChatRef'] {
  return { sessionId: textInput(session, 'session'), to: chatIdOf(chat, 'chat') }
}

/** WARest cannot mute for ever, and mutes for an hour by default: the longest time that it accepts is nearest to what the caller wants. */
function minutesOf(durationMs: number = LONGEST_MUTE_MINUTES * MINUTE_MS): number {
  if (durationMs === Number.POSITIVE_INFINITY) throw invalidInput('durationMs', 'expected at most 30 days; leave it out for the longest')
  return Math.ceil(numberInput(durationMs, 'durationMs', 1, LONGEST_MUTE_MINUTES * MINUTE_MS) / MINUTE_MS)
}
