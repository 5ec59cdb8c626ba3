import { NetworkError } from '../../errors.ts'
import { decodeBase64 } from '../../files/files.ts'
import type { Account, Group, ParticipantResult, StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { Answer } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { requireConnected } from './owner.ts'
import {
  type ConnectedSession,
  failed,
  failure,
  inputOf,
  isTrue,
  networkErrorText,
  parseWarestJid,
  seconds,
  succeeds,
  success,
  toWarestJid,
} from './serialize.ts'

const LINK = 'https://chat.whatsapp.com/'

type Fields = Readonly<Record<string, unknown>>
/** What a call lacks, as the answer says it; looked at before the session. */
type Missing = (fields: Fields) => string | undefined

const needsPersons: Missing = ({ participants }) =>
  Array.isArray(participants) && participants.length > 0 ? undefined : 'participants is required'
const needsName: Missing = (fields) => (textOf(fields.groupName) === undefined ? 'groupName is required' : undefined)

/** A picture by data URI or address. Any other text is a path on the server, and the emulator has no files there. */
export async function pictureIn({ files, network }: State, value: unknown): Promise<StoredMedia | undefined> {
  const text = textOf(value) ?? ''
  const input = text.startsWith('data:image/')
    ? decodeBase64(text)
    : /^https?:/i.test(text)
      ? await files.fetch(text, 'image/jpeg')
      : undefined
  return input && network.media.add({ mimetype: 'image/jpeg', ...input })
}

/** Groups and their members. */
export function groupHandlers(state: State, adminKey: string): Record<string, Handler> {
  const { network, files } = state
  const { groups } = network

  interface Place extends ConnectedSession {
    /** JID. */
    readonly id: string
    readonly fields: Fields
  }

  const unknown = () => failure(404, 1101, 'Session not found')
  const connectedOf = (call: Call) => requireConnected(state, call, adminKey, { unnamed: unknown, noNumber: unknown })

  /** Makes a handler that needs a connected session, and a field that is looked at before the session. */
  const inSession = (act: (place: Omit<Place, 'id'>, call: Call) => Answer | Promise<Answer>, missing?: Missing): Handler => {
    return (call) => {
      const fields = inputOf(call)
      const lacking = missing?.(fields)
      if (lacking !== undefined) return failure(400, 2001, lacking)
      const connected = connectedOf(call)
      return connected instanceof Answer ? connected : act({ ...connected, fields }, call)
    }
  }

  /** Makes a handler for one group; a refusal by WhatsApp that `act` does not catch becomes a 500. */
  const inGroup = (act: (place: Place) => Answer | Promise<Answer>, missing?: Missing): Handler => {
    return async (call) => {
      const fields = inputOf(call)
      const id = groupJid(fields.groupId ?? fields.gid ?? fields.group)
      // the real server forgets the rest of the sentence where it looks for a name, too
      const lacking = id === '' ? (missing === needsName ? 'groupId' : 'groupId is required') : missing?.(fields)
      if (lacking !== undefined) return failure(400, 2001, lacking)
      const connected = connectedOf(call)
      if (connected instanceof Answer) return connected
      try {
        return await act({ ...connected, id, fields })
      } catch (error) {
        return failure(500, 8000, networkErrorText(error))
      }
    }
  }

  const head = ({ session, account }: ConnectedSession) => ({ sessionId: session.id, phone: account.phone })

  /** Makes a handler that changes a group; WhatsApp may refuse it. */
  const changing = (message: string, act: (place: Place) => Readonly<Record<string, unknown>>, missing?: Missing): Handler => {
    return inGroup((place) => {
      try {
        return success(200, 1000, message, [{ ...head(place), groupId: place.id, ...act(place) }])
      } catch (error) {
        return failure(502, 2800, networkErrorText(error))
      }
    }, missing)
  }

  /** The result for each person: a refusal of the whole change counts for all of them. */
  function each(persons: readonly Account[], act: (person: Account) => readonly ParticipantResult[]): readonly ParticipantResult[] {
    return persons.flatMap((person): readonly ParticipantResult[] => {
      try {
        return act(person)
      } catch (error) {
        if (error instanceof NetworkError) return [{ person, ok: false }]
        throw error
      }
    })
  }

  type Members = (by: Account, id: string, persons: readonly Account[]) => readonly ParticipantResult[]

  /** Makes a handler that changes members and answers with two lists: done and failed. */
  const inLists = (change: Members, words: readonly [good: string, bad: string], names: readonly [good: string, bad: string]): Handler => {
    return inGroup((place) => {
      const persons = personsIn(place.fields.participants)
      const changed = each(persons, (person) => change(place.account, place.id, [person]))
      const good = changed.filter(({ ok }) => ok).map(({ person }) => person.phone)
      // who is not a member appears in neither list
      const bad = changed.filter(({ ok, reason }) => !ok && reason !== 'is not in it').map(({ person }) => person.phone)
      const status = bad.length === 0 ? 'success' : good.length > 0 ? 'partial' : 'failed'
      const told = { ...head(place), groupId: place.id, [names[0]]: good, [names[1]]: bad, status }
      return bad.length === 0 ? success(200, 1000, words[0], [told]) : success(207, 1004, words[1], [told])
    }, needsPersons)
  }

  /** Makes a handler that changes members and answers with a result for each of them. */
  const oneByOne = (change: Members, word: string, verb: string): Handler => {
    return inGroup((place) => {
      const persons = personsIn(place.fields.participants)
      const changed = each(persons, (person) => change(place.account, place.id, [person]))
      const participants = changed.map(({ person, ok, reason }) => {
        return { phone: person.phone, status: ok ? word : reason === 'is the owner' ? 'not permitted' : 'failed' }
      })
      const refusedSome = changed.some(({ ok, reason }) => !ok && reason !== 'is the owner' && reason !== 'is not in it')
      const told = { ...head(place), groupId: place.id, participants, status: refusedSome ? 'partial' : 'success' }
      if (refusedSome) return success(207, 1004, `Some participants failed to ${verb}`, [told])
      return success(200, 1000, `Participants ${word}`, [told])
    }, needsPersons)
  }

  function personsIn(value: unknown): readonly Account[] {
    const jids = (Array.isArray(value) ? value : []).map(parseWarestJid).filter((jid) => jid.endsWith('@s.whatsapp.net'))
    return [...new Set(jids)].map((jid) => network.account(jid.split('@')[0] ?? ''))
  }

  const urlOf = (picture: StoredMedia | undefined) => (picture ? files.urlOf(picture) : null)

  return {
    'groups.list': inSession((place) => {
      const data = groups.of(place.account).map(metadata)
      return success(200, 1000, 'Groups list fetched', [{ ...head(place), data }])
    }),

    'groups.get': inGroup((place) => {
      const data = metadata(groups.get(place.account, place.id))
      return success(200, 1000, 'Group info', [{ ...head(place), data }])
    }),

    'groups.listParticipants': inGroup((place) => {
      const { participants } = groups.get(place.account, place.id)
      const list = [...participants].map(([person, role]) => ({
        id: toWarestJid(person.jid),
        isMe: person === place.account,
        isAdmin: role !== 'member',
        isSuperAdmin: role === 'owner',
      }))
      return success(200, 1000, 'Participants fetched', [{ ...head(place), groupId: place.id, participants: list }])
    }),

    'groups.create': inSession((place) => {
      const subject = textOf(place.fields.groupName) ?? ''
      try {
        const { id } = groups.create(place.account, { subject, participants: personsIn(place.fields.participants) })
        return success(200, 1000, 'Group created', [{ ...head(place), groupId: id }])
      } catch (error) {
        return failure(500, 8000, networkErrorText(error))
      }
    }, needsName),

    'groups.leave': inGroup((place) => {
      const left = succeeds(() => groups.leave(place.account, place.id))
      const told = { ...head(place), groupId: place.id, status: left ? 'success leave' : 'failed' }
      return left ? success(200, 1000, 'Left group', [told]) : success(207, 1004, 'Failed to leave group', [told])
    }),

    'groups.delete': inGroup((place) => {
      const { account, id } = place
      const others = [...groups.get(account, id).participants.keys()].filter((person) => person !== account)
      const { participants: all } = groups.get(account, id)
      if (all.get(account) === 'member') {
        const meJid = toWarestJid(account.jid)
        const normMembers = [...all].map(([person, role]) => {
          const isSelf = person === account
          return { jid: toWarestJid(person.jid), isAdmin: role !== 'member', isSuperAdmin: role === 'owner', meJid, isSelf }
        })
        const told = { ...head(place), groupId: id, status: 'not permitted', normMembers }
        return failed(403, 2201, 'Bot is not an admin in this group', [told])
      }
      const changed = each(others, (person) => groups.remove(account, id, [person]))
      groups.leave(account, id)
      const [removed, refused] = [true, false].map((wanted) => changed.filter(({ ok }) => ok === wanted).map(({ person }) => person.phone))
      const told = { ...head(place), groupId: id, removedParticipants: removed, failedToRemove: refused }
      if (refused?.length === 0) return success(200, 1000, 'Group disbanded', [{ ...told, status: 'success delete group' }])
      return success(207, 1004, 'Some members failed to remove', [{ ...told, status: 'partial' }])
    }),

    'groups.getInviteLink': inGroup((place) => {
      let inviteLink: string | null = null
      succeeds(() => {
        inviteLink = LINK + groups.inviteOf(place.account, place.id)
      })
      return success(200, 1000, 'Invite link fetched', [{ ...head(place), groupId: place.id, inviteLink }])
    }),

    'groups.revokeInvite': inGroup((place) => {
      let inviteLink: string | null = null
      const made = succeeds(() => {
        inviteLink = LINK + groups.revokeInvite(place.account, place.id)
      })
      const status = made ? 'success revoke invite link' : 'failed'
      return success(200, 1000, 'Invite link revoked', [{ ...head(place), groupId: place.id, inviteLink, status }])
    }),

    'groups.joinViaLink': inSession((place) => {
      const code = codeIn(place.fields.inviteLink)
      if (code === '') return failure(400, 2001, 'inviteLink is required')
      try {
        const { joined } = groups.join(place.account, code)
        const status = joined ? 'success joined group' : 'pending approval to join'
        return success(200, 1000, 'Joined group via link', [{ ...head(place), status }])
      } catch (error) {
        return failure(502, 2800, networkErrorText(error))
      }
    }),

    'groups.previewInvite': inSession(
      (place) => {
        const code = codeIn(place.fields.inviteLink)
        const group = groups.byInvite(code)
        const picture = group?.picture ? { groupPicture: urlOf(group.picture) } : {}
        const preview = {
          ...head(place),
          groupId: group?.id ?? null,
          groupName: group?.subject ?? null,
          groupDescription: group?.description || null,
          participantsCount: group?.participants.size ?? 0,
          isGroupLocked: group?.locked ?? false,
          isAnnouncement: group?.announcement ?? false,
          isEphemeral: false,
          inviteLink: String(place.fields.inviteLink),
        }
        return success(200, 1000, 'Invite info fetched', [{ ...preview, ...picture }])
      },
      ({ inviteLink }) => (codeIn(inviteLink) === '' ? 'inviteLink is required' : undefined),
    ),

    'groups.setName': changing(
      'Group name updated',
      ({ account, id, fields }) => {
        const groupName = textOf(fields.groupName) ?? ''
        groups.change(account, id, { subject: groupName })
        return { groupName, status: 'success update group name' }
      },
      needsName,
    ),

    'groups.setDescription': changing('Group description updated', ({ account, id, fields }) => {
      const groupDescription = textOf(fields.groupDescription) ?? ''
      groups.change(account, id, { description: groupDescription })
      return { groupDescription, status: 'success update group description' }
    }),

    'groups.setAnnouncement': inGroup((place) => {
      const announcement = isTrue(place.fields.announcement)
      return settle(place, { announcement }, `Announcement mode ${announcement ? 'enabled' : 'disabled'}`, 'success set announcement mode')
    }),

    'groups.setLocked': inGroup((place) => {
      const locked = isTrue(place.fields.locked)
      const word = locked ? 'locked' : 'unlocked'
      return settle(place, { locked }, `Group ${word}`, `success ${word} group`)
    }),

    'groups.addParticipants': inLists(
      groups.add,
      ['Participants added', 'Some participants failed to add'],
      ['addedParticipants', 'failedToAdd'],
    ),
    'groups.removeParticipants': inLists(
      groups.remove,
      ['Participants removed', 'Some participants failed to remove'],
      ['removedParticipants', 'failedToRemove'],
    ),
    'groups.promoteParticipants': oneByOne(groups.promote, 'promoted', 'promote'),
    'groups.demoteParticipants': oneByOne(groups.demote, 'demoted', 'demote'),
    'groups.approveRequest': inLists(
      groups.approve,
      ['Participants approved', 'Some participants failed to approve'],
      ['approvedParticipants', 'failedToApprove'],
    ),
    'groups.rejectRequest': oneByOne(groups.reject, 'rejected', 'reject'),

    'groups.listRequests': inGroup((place) => {
      let joinRequests: readonly object[] = []
      succeeds(() => {
        joinRequests = groups.requests(place.account, place.id).map(({ person, at }) => ({
          jid: toWarestJid(person.jid),
          lid: `${person.lid}@lid`,
          phone: person.phone,
          requestMethod: 'invite_link',
          requestTime: seconds(at),
        }))
      })
      return success(200, 1000, 'Join requests fetched', [{ ...head(place), groupId: place.id, joinRequests }])
    }),

    'groups.getPicture': inGroup((place) => {
      return success(200, 1000, 'Group picture', [{ ...head(place), groupId: place.id, pictureUrl: urlOf(groups.find(place.id)?.picture) }])
    }),

    'groups.setPicture': inGroup(
      async (place) => {
        const picture = await pictureIn(state, place.fields.picture)
        if (!picture) return failure(400, 2002, 'picture is invalid or unreadable')
        try {
          groups.change(place.account, place.id, { picture })
        } catch (error) {
          return failure(502, 2800, networkErrorText(error))
        }
        const told = { ...head(place), groupId: place.id, pictureUrl: urlOf(picture), status: 'success update group picture' }
        return success(200, 1000, 'Group picture updated', [told])
      },
      ({ picture }) => (textOf(picture) === undefined ? 'picture is required' : undefined),
    ),

    'groups.deletePicture': inGroup((place) => {
      const gone = succeeds(() => groups.change(place.account, place.id, { picture: null }))
      const told = { ...head(place), groupId: place.id, status: gone ? 'success remove group picture' : 'failed' }
      return gone ? success(200, 1000, 'Group picture removed', [told]) : success(207, 1004, 'Failed to remove group picture', [told])
    }),
  }

  function settle(place: Place, change: Parameters<typeof groups.change>[2], message: string, status: string): Answer {
    try {
      groups.change(place.account, place.id, change)
    } catch (error) {
      return failure(502, 2800, networkErrorText(error))
    }
    return success(200, 1000, message, [{ ...head(place), groupId: place.id, status }])
  }
}

function groupJid(value: unknown): string {
  const text = textOf(value) ?? ''
  if (text.includes('@')) return /@g\.us$/i.test(text) ? text : ''
  return text === '' ? '' : `${text}@g.us`
}

/** The first run of ten letters or digits. */
function codeIn(value: unknown): string {
  return /[A-Za-z0-9]{10,}/.exec(textOf(value) ?? '')?.[0] ?? ''
}

/** A group as WhatsApp describes it, without its members. */
function metadata({
  id,
  subject,
  owner,
  createdAt,
  description,
  locked,
  announcement,
  approval,
  participants,
}: Group): Record<string, unknown> {
  const made = seconds(createdAt)
  return {
    id,
    subject,
    subjectOwner: toWarestJid(owner.jid),
    subjectTime: made,
    creation: made,
    owner: toWarestJid(owner.jid),
    ...(description === '' ? {} : { desc: description, descId: `D${made}` }),
    restrict: locked,
    announce: announcement,
    isCommunity: false,
    isCommunityAnnounce: false,
    joinApprovalMode: approval,
    memberAddMode: false,
    participantsCount: participants.size,
  }
}
