import type { CallOptions, LabelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { engineLabel, omitUndefined, orNotFound, textOf } from '@wamux/engine'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { instanceCalls } from './session.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The label verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see labels.update in openapi/wawp.openapi.yaml
 */
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

/** The label verbs of Wawp. */
export async function labelVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpLabel>> {
  const verbs = await loadEngineVerbs.label()
  const forInstance = instanceCalls(context.send)
  const shared = verbs(engineOf(context), {
    list: routes.labelsList,
    create: routes.labelsCreate,
    delete: routes.labelsDelete,
    chats: routes.labelsGetChats,
    ofChat: routes.labelsGetChatLabels,
    setForChat: routes.labelsSetChatLabels,
  })

  return {
    ...shared,

    async update({ session, label, name, color }, options) {
      const labelId = textInput(label, 'label')
      // Wawp requires the name, so the present one is sent again
      const kept = name === undefined ? await nameOf(session, labelId, options) : textInput(name, 'name')
      const body = { name: kept, ...omitUndefined({ color }) }
      const { data } = await forInstance(routes.labelsUpdate, session, { path: { labelId }, body }, options)
      return engineLabel(session, data)
    },
  }

  async function nameOf(session: string, id: string, options: CallOptions | undefined): Promise<string> {
    const { data } = await forInstance(routes.labelsGet, session, { path: { id } }, options)
    return textOf(orNotFound(data, manifest, 'label.update', `label ${id}`).name) ?? ''
  }
}
