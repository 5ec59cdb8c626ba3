import type { CallOptions, LabelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { engineLabel, omitUndefined, orNotFound, rowsOf } from '@wamux/engine'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The label verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see labels.create in openapi/waha.openapi.yaml
 * @see labels.update in openapi/waha.openapi.yaml
 */
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

/** The label verbs of WAHA. */
export async function labelVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaLabel>> {
  const verbs = await loadEngineVerbs.label()
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

    // the server refuses a label without a colour (422)
    create: ({ color = 0, ...label }, options) => shared.create({ ...label, color }, options),

    async update({ session, label, name, color }, options) {
      const labelId = textInput(label, 'label')
      // both are replaced: what is not given stays as it is
      const present = name === undefined || color === undefined ? await labelOf(session, labelId, options) : undefined
      const body = { name: textInput(name ?? present?.name, 'name'), ...omitUndefined({ color: color ?? present?.color }) }
      const { data } = await context.send(routes.labelsUpdate, { path: { session, labelId }, body }, options)
      return engineLabel(session, data)
    },
  }

  async function labelOf(session: string, id: string, options: CallOptions | undefined) {
    const { data } = await context.send(routes.labelsList, { path: { session } }, options)
    const labels = rowsOf(data).map((row) => engineLabel(session, row))
    return orNotFound(
      labels.find((one) => one.id === id),
      manifest,
      'label.update',
      `label ${id}`,
    )
  }
}
