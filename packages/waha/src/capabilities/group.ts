import type { GroupVerbs, Media, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/core/engine-verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf, fileOf } from './to-vendor.ts'

type Schemas = components['schemas']
type Groups = Schemas['EngineGroup'][] | { [id: string]: Schemas['EngineGroup'] }

/** The group verbs that WAHA has; `raw` of their results has WAHA's types. */
export interface WahaGroup
  extends TypedVerbs<
    GroupVerbs,
    {
      list: Groups
      get: Schemas['EngineGroup']
      create: unknown
      leave: unknown
      join: Schemas['GroupJoined']
      inviteLink: string
      revokeInvite: string
      addParticipants: unknown
      removeParticipants: unknown
      promote: unknown
      demote: unknown
      setSubject: unknown
      setDescription: unknown
      setPicture: Schemas['Success']
      setAnnouncement: unknown
      setLocked: unknown
    }
  > {}

/** The group verbs of WAHA. Its document of 2026.7.1 has no requests to join. */
export async function groupVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaGroup>> {
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
    { picture: (file: Media) => fileOf(file, 'image/jpeg') },
  )
}
