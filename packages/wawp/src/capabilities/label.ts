import type { LabelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { chatIdOf, engineChat, engineLabel, rowsOf, textOf, withId } from '@wamux/core/engine'
import { listInput, textInput, wholePage } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { found } from './read.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

export interface WawpLabel
  extends TypedVerbs<
    LabelVerbs,
    {
      list: Schemas['Label'][]
      create: Schemas['Label']
      update: Schemas['Label']
      delete: Schemas['Outcome']
      chats: Schemas['LabelChat'][]
      ofChat: Schemas['Label'][]
      setForChat: Schemas['Outcome']
    }
  > {}

/** The label verbs of Wawp. Its lists come whole: a limit cuts them here. */
export function labelVerbs({ send, clock }: PluginContext<WawpConfig>): VerbImplementations<WawpLabel> {
  const forInstance = instanceCalls(send)

  return {
    async list({ session, ...page }, options) {
      const { data } = await forInstance(routes.labelsList, session, {}, options)
      return wholePage(rowsOf(data), page, data, (row) => withId(engineLabel(session, row)))
    },

    async create({ session, name, color }, options) {
      const body = { name: textInput(name, 'name'), ...(color === undefined ? {} : { color }) }
      const { data } = await forInstance(routes.labelsCreate, session, { body }, options)
      return engineLabel(session, data)
    },

    async update({ session, label, name, color }, options) {
      const labelId = textInput(label, 'label')
      // a name has to be there; the present one stays
      const kept = name === undefined ? await nameOf(session, labelId, options) : textInput(name, 'name')
      const body = { name: kept, ...(color === undefined ? {} : { color }) }
      const { data } = await forInstance(routes.labelsUpdate, session, { path: { labelId }, body }, options)
      return engineLabel(session, data)
    },

    async delete({ session, label }, options) {
      const { data } = await forInstance(routes.labelsDelete, session, { path: { labelId: textInput(label, 'label') } }, options)
      return { session, done: true, raw: data }
    },

    async chats({ session, label, ...page }, options) {
      const { data } = await forInstance(routes.labelsGetChats, session, { path: { labelId: textInput(label, 'label') } }, options)
      return wholePage(rowsOf(data), page, data, (row) => withId(engineChat(session, row, clock.now())))
    },

    async ofChat({ session, chat }, options) {
      const { data } = await forInstance(routes.labelsGetChatLabels, session, { path: { chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, labels: rowsOf(data).map((row) => engineLabel(session, row)), raw: data }
    },

    async setForChat({ session, chat, labels }, options) {
      const path = { chatId: chatIdOf(chat, 'chat') }
      const body = { labels: listInput(labels, 'labels', 0).map((id, index) => ({ id: textInput(id, `labels[${index}]`) })) }
      const { data } = await forInstance(routes.labelsSetChatLabels, session, { path, body }, options)
      return { session, done: true, raw: data }
    },
  }

  async function nameOf(session: string, id: string, options: Parameters<WawpLabel['update']>[1]): Promise<string> {
    const { data } = await forInstance(routes.labelsGet, session, { path: { id } }, options)
    return textOf(found('label.update', data, `label ${id}`).name) ?? ''
  }
}
