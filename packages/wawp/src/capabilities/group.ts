import type { GroupVerbs, Media, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf, fileOf } from './to-vendor.ts'

type Schemas = components['schemas']
type Groups = Schemas['Group'][] | { [id: string]: Schemas['Group'] }

/**
 * The group verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see groups.create in openapi/wawp.openapi.yaml
 */
export interface WawpGroup
  extends TypedVerbs<
    GroupVerbs,
    {
      list: Groups
      get: Schemas['Group']
      create: Schemas['Group']
      leave: Schemas['Outcome']
      join: Schemas['JoinedGroup']
      inviteLink: string
      revokeInvite: string
      addParticipants: Schemas['Outcome']
      removeParticipants: Schemas['Outcome']
      promote: Schemas['Outcome']
      demote: Schemas['Outcome']
      setSubject: Schemas['Outcome']
      setDescription: Schemas['Outcome']
      setPicture: Schemas['Outcome']
      setAnnouncement: Schemas['Outcome']
      setLocked: Schemas['Outcome']
    }
  > {}

/** The group verbs of Wawp. It does not know requests to join. */
export async function groupVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpGroup>> {
  const verbs = await loadEngineVerbs.group()
  return verbs(
    engineOf(context),
    {
      list: routes.groupsList,
      get: routes.groupsGet,
      create: routes.groupsCreate,
      leave: routes.groupsLeave,
      join: routes.groupsJoin,
      inviteLink: routes.groupsGetInviteCode,
      revokeInvite: routes.groupsRevokeInviteCode,
      addParticipants: routes.groupsAddParticipants,
      removeParticipants: routes.groupsRemoveParticipants,
      promote: routes.groupsPromote,
      demote: routes.groupsDemote,
      setSubject: routes.groupsSetSubject,
      setDescription: routes.groupsSetDescription,
      setPicture: routes.groupsSetPicture,
      setAnnouncement: routes.groupsSetMessagesAdminOnly,
      setLocked: routes.groupsSetInfoAdminOnly,
    },
    { picture: (file: Media) => fileOf(context.config, file, 'image/jpeg') },
  )
}
