import type { LabelVerbs, VerbImplementations } from '@wamux/core'
import { listInput, textInput, wholePage } from '@wamux/core/verbs'
import { engineChat, engineLabel } from '../answers/chat.ts'
import { omitUndefined } from '../fields/fields.ts'
import { chatIdOf } from '../fields/ids.ts'
import { acknowledged } from '../fields/results.ts'
import { rowsOf, withId } from '../fields/rows.ts'
import type { EngineGateway } from './calls.ts'
import { type EngineVerbs, type Nothing, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

/** What the verbs send. */
interface Sent {
  list: Nothing
  create: { name: string; color?: number }
  delete: { labelId: string }
  chats: { labelId: string }
  ofChat: { chatId: string }
  setForChat: { chatId: string; labels: { id: string }[] }
}

/**
 * The label verbs except `update`, because gateways differ in how they keep the fields that are not given. Gateways return whole lists,
 * which `limit` cuts here.
 */
export function engineLabelVerbs<Routes extends RoutesOf<Sent>>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent>,
): EngineVerbs<LabelVerbs, Routes> {
  const request = requestsOf<Sent>(engine, routes)

  const verbs: Omit<VerbImplementations<LabelVerbs>, 'update'> = {
    async list({ session, ...page }, options) {
      const raw = await request('list', session, {}, options)
      return wholePage(rowsOf(raw), page, raw, (row) => withId(engineLabel(session, row)))
    },

    async create({ session, name, color }, options) {
      const fields = omitUndefined({ name: textInput(name, 'name'), color })
      return engineLabel(session, await request('create', session, fields, options))
    },

    async delete({ session, label }, options) {
      return acknowledged(session, await request('delete', session, { labelId: textInput(label, 'label') }, options))
    },

    async chats({ session, label, ...page }, options) {
      const raw = await request('chats', session, { labelId: textInput(label, 'label') }, options)
      return wholePage(rowsOf(raw), page, raw, (row) => withId(engineChat(session, row, engine.clock.now())))
    },

    async ofChat({ session, chat }, options) {
      const raw = await request('ofChat', session, { chatId: chatIdOf(chat, 'chat') }, options)
      return { session, labels: rowsOf(raw).map((row) => engineLabel(session, row)), raw }
    },

    async setForChat({ session, chat, labels }, options) {
      const ids = listInput(labels, 'labels', 0).map((id, index) => ({ id: textInput(id, `labels[${index}]`) }))
      return acknowledged(session, await request('setForChat', session, { chatId: chatIdOf(chat, 'chat'), labels: ids }, options))
    },
  }
  return verbs as unknown as EngineVerbs<LabelVerbs, Routes>
}
