import type { GroupVerbs, Media, ParticipantsInput, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { listInput } from '@wamux/core/verbs'
import { engineParticipantsChanged, groupIdOf, jidOf, omitUndefined, personIdOf, recordOf, timeOf } from '@wamux/engine'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf, fileOf } from './to-vendor.ts'

type Schemas = components['schemas']
type Groups = Schemas['EngineGroup'][] | { [id: string]: Schemas['EngineGroup'] }

/**
 * The group verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#groups
 */
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
      joinRequests: Schemas['GroupJoinRequest'][]
      approve: Schemas['GroupJoinRequestResult'][]
      reject: Schemas['GroupJoinRequestResult'][]
      setSubject: unknown
      setDescription: unknown
      setPicture: Schemas['Success']
      setAnnouncement: unknown
      setLocked: unknown
    }
  > {}

/** The group verbs of WAHA. Requests to join need 2026.8.2. */
export async function groupVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaGroup>> {
  const verbs = await loadEngineVerbs.group()
  const { send } = context
  const partsOf = ({ session, group, participants }: ParticipantsInput) => ({
    path: { session, id: groupIdOf(group) },
    body: {
      participants: listInput(participants, 'participants').map((one, index) => ({ id: personIdOf(one, `participants[${index}]`) })),
    },
  })
  const shared = verbs(
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
  return {
    ...shared,

    async joinRequests({ session, group }, options) {
      const { data } = await send(routes.groupsListJoinRequests, { path: { session, id: groupIdOf(group) } }, options)
      const requests = data.flatMap((row) => {
        const { requesterId, requesterPn, timestamp } = recordOf(row) ?? {}
        const id = jidOf(requesterPn) ?? jidOf(requesterId)
        return id === undefined ? [] : [{ id, ...omitUndefined({ at: timeOf(timestamp) }) }]
      })
      return { session, requests, raw: data }
    },

    async approve(input, options) {
      const { data } = await send(routes.groupsApproveJoinRequests, partsOf(input), options)
      return engineParticipantsChanged(input.session, data)
    },

    async reject(input, options) {
      const { data } = await send(routes.groupsRejectJoinRequests, partsOf(input), options)
      return engineParticipantsChanged(input.session, data)
    },
  }
}
