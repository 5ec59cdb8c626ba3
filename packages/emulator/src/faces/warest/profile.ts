import type { Account } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { Answer } from '../../wire/answer.ts'
import type { Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { pictureIn } from './groups.ts'
import { requireConnected } from './owner.ts'
import { type ConnectedSession, failure, inputOf, isTrue, success, toWarestJid } from './serialize.ts'

type Fields = Readonly<Record<string, unknown>>

/** The own account, contacts, and checks of numbers. */
export function profileHandlers(state: State, adminKey: string): Record<string, Handler> {
  const { network, files } = state

  const inSession = (act: (connected: ConnectedSession, fields: Fields) => Answer | Promise<Answer>): Handler => {
    return (call) => {
      const connected = requireConnected(state, call, adminKey, {
        unnamed: () => failure(400, 2001, 'Provide sessionId or phone'),
        noNumber: () => failure(404, 1101, 'Open session for this phone not found'),
      })
      return connected instanceof Answer ? connected : act(connected, inputOf(call))
    }
  }

  function pictureOf({ picture }: Account): Record<string, unknown> {
    const url = picture ? files.urlOf(picture) : null
    return { url, id: null, type: url === null ? null : 'image', imgFull: url, imgPreview: url }
  }

  /** What WhatsApp itself shows of a person. */
  function details({ picture, about }: Account): Record<string, unknown> {
    const url = picture ? files.urlOf(picture) : undefined
    return { ...(url ? { picture: { full: url, preview: url } } : {}), ...(about === '' ? {} : { about }) }
  }

  function numbersIn(value: unknown): readonly string[] {
    return (textOf(value) ?? '')
      .split(',')
      .map((one) => one.replace(/\D+/g, ''))
      .filter((one) => one !== '')
  }

  function businessOf({ phone, jid, business }: Account): Record<string, unknown> {
    const { email = null, address = null, categories = [], description = null, websites = [] } = business ?? {}
    const hours = { businessHoursTimezone: null, businessHours: [] }
    const wid = business ? toWarestJid(jid) : null
    return { jid: toWarestJid(jid), phone, email, address, categories, ...hours, description, websites, wid }
  }

  return {
    'profile.getInfo': inSession(({ account }) => {
      const { phone, name, about } = account
      const info = {
        phone,
        verifiedName: name,
        pushName: name,
        about: about || null,
        pictureId: null,
        businessProfile: account.business ? businessOf(account) : null,
        entries: { User: phone, Agent: 7, Device: null, Server: 's.whatsapp.net' },
        profilePicture: pictureOf(account),
      }
      return success(200, 1000, 'Profile info', [info])
    }),

    'profile.getPicture': inSession(({ account }) =>
      success(200, 1000, 'Profile picture', [{ phone: account.phone, ...pictureOf(account) }]),
    ),

    'profile.setPicture': inSession(async ({ account }, fields) => {
      if (textOf(fields.picture) === undefined) return failure(400, 2001, 'picture is required')
      const picture = await pictureIn(state, fields.picture)
      if (!picture) return failure(400, 2002, 'picture is invalid or unreadable')
      network.change(account, { picture })
      return success(200, 1000, 'Profile picture updated', [{ phone: account.phone, ...pictureOf(account) }])
    }),

    'profile.deletePicture': inSession(({ account }) => {
      network.change(account, { picture: null })
      return success(200, 1000, 'Profile picture removed', [])
    }),

    'profile.getPrivacy': inSession(({ account }) => {
      const settings = {
        readReceipts: 'all',
        profilePhoto: 'all',
        status: 'all',
        online: 'match_last_seen',
        lastSeen: 'none',
        groupAdd: 'all',
        callAdd: 'all',
        stikers: 'contacts',
        messages: 'all',
      }
      return success(200, 1000, 'Privacy settings', [{ phone: account.phone, ...settings }])
    }),

    'profile.listContacts': inSession(({ account }, fields) => {
      const limit = Math.min(Math.max(Number(fields.limit ?? 15) || 15, 1), 1000)
      const offset = Math.max(Number(fields.offset ?? 0) || 0, 0)
      const known = network.contacts.list(account).map(({ person }) => person)
      const inGroups = network.groups.of(account).flatMap(({ participants }) => [...participants.keys()])
      const persons = [...new Set(fields.type === 'groups' ? inGroups : [account, ...known])]
      const data = persons.slice(offset, offset + limit).map((person) => ({
        jid: toWarestJid(person.jid),
        phone: person.phone,
        name: network.contacts.nameOf(account, person),
        ...(isTrue(fields.deep) ? details(person) : {}),
      }))
      return success(200, 1000, 'Contacts list', [{ phone: account.phone, data }])
    }),

    'profile.onWhatsapp': inSession((_line, fields) => {
      const numbers = numbersIn(fields.checkNumbers)
      if (numbers.length === 0) return failure(400, 2001, 'checkNumbers is required')
      const data = numbers.map((phone) => {
        const person = network.account(phone)
        const found = { jid: toWarestJid(person.jid), phone, isOnWhatsApp: person.registered }
        return person.registered && isTrue(fields.deep) ? { ...found, ...details(person) } : found
      })
      return success(200, 1000, 'Lookup complete', [{ data: data.length === 1 ? data[0] : data }])
    }),

    'profile.getBusinessProfile': inSession((_line, fields) => {
      const numbers = numbersIn(fields.checkNumbers)
      if (numbers.length === 0) return failure(400, 2001, 'checkNumbers is required')
      const profiles = numbers.map((phone) => businessOf(network.account(phone)))
      return success(200, 1000, 'Business profile info', profiles.length === 1 ? profiles : [{ data: profiles }])
    }),
  }
}
