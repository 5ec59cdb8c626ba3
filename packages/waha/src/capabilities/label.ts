import type { LabelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { chatIdOf, engineChat, engineLabel, rowsOf, withId } from '@wamux/core/engine'
import { listInput, textInput, wholePage } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { found } from './read.ts'

type Schemas = components['schemas']

export interface WahaLabel
  extends TypedVerbs<
    LabelVerbs,
    {
      list: Schemas['Label'][]
      create: Schemas['Label']
      update: Schemas['Label']
      delete: { [key: string]: unknown }
      chats: unknown
      ofChat: Schemas['Label'][]
      setForChat: unknown
    }
  > {}

/** The label verbs of WAHA. Its lists come whole: a limit cuts them here. */
export function labelVerbs({ send, clock }: PluginContext<WahaConfig>): VerbImplementations<WahaLabel> {
  return {
    async list({ session, ...page }, options) {
      const { data } = await send(routes.labelsList, { path: { session } }, options)
      return wholePage(rowsOf(data), page, data, (row) => withId(engineLabel(session, row)))
    },

    async create({ session, name, color }, options) {
      const body = { name: textInput(name, 'name'), ...(color === undefined ? {} : { color }) }
      const { data } = await send(routes.labelsCreate, { path: { session }, body }, options)
      return engineLabel(session, data)
    },

    async update({ session, label, name, color }, options) {
      const labelId = textInput(label, 'label')
      // both are replaced: what is not given stays as it is
      const present = name === undefined || color === undefined ? await labelOf(session, labelId, options) : undefined
      const kept = color ?? present?.color
      const body = { name: textInput(name ?? present?.name, 'name'), ...(kept === undefined ? {} : { color: kept }) }
      const { data } = await send(routes.labelsUpdate, { path: { session, labelId }, body }, options)
      return engineLabel(session, data)
    },

    async delete({ session, label }, options) {
      const { data } = await send(routes.labelsDelete, { path: { session, labelId: textInput(label, 'label') } }, options)
      return { session, done: true, raw: data }
    },

    async chats({ session, label, ...page }, options) {
      const { data } = await send(routes.labelsGetChats, { path: { session, labelId: textInput(label, 'label') } }, options)
      return wholePage(rowsOf(data), page, data, (row) => withId(engineChat(session, row, clock.now())))
    },

    async ofChat({ session, chat }, options) {
      const { data } = await send(routes.labelsGetChatLabels, { path: { session, chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, labels: rowsOf(data).map((row) => engineLabel(session, row)), raw: data }
    },

    async setForChat({ session, chat, labels }, options) {
      const path = { session, chatId: chatIdOf(chat, 'chat') }
      const body = { labels: listInput(labels, 'labels', 0).map((id, index) => ({ id: textInput(id, `labels[${index}]`) })) }
      const { data } = await send(routes.labelsSetChatLabels, { path, body }, options)
      return { session, done: true, raw: data }
    },
  }

  async function labelOf(session: string, id: string, options: Parameters<WahaLabel['update']>[1]) {
    const { data } = await send(routes.labelsList, { path: { session } }, options)
    const labels = rowsOf(data).map((row) => engineLabel(session, row))
    return found(
      'label.update',
      `label ${id}`,
      labels.find((one) => one.id === id),
    )
  }
}
