import type { Account } from '../../network/types.ts'
import type { World } from '../../state.ts'
import type { Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { pictureIn, requireLine } from './groups.ts'
import { done, fieldsOf, isTrue, type Line, refused, shown } from './serialize.ts'

type Fields = Readonly<Record<string, unknown>>

/** The own account, contacts, and what can be known of numbers. */
export function profileHandlers(world: World): Record<string, Handler> {
  const { network, files } = world

  const inSession = (act: (line: Line, fields: Fields) => Response | Promise<Response>): Handler => {
    return (call) => {
      const fields = fieldsOf(call)
      const line = requireLine(world, fields.sessionId)
      return line instanceof Response ? line : act(line, fields)
    }
  }

  function pictureOf({ picture }: Account): Record<string, unknown> {
    const url = picture ? files.urlOf(picture) : null
    return { url, id: null, type: url === null ? null : 'image', imgFull: url, imgPreview: url }
  }

  /** What a look at WhatsApp itself tells of a person. */
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

  const NO_BUSINESS = {
    email: null,
    address: null,
    categories: [],
    businessHoursTimezone: null,
    businessHours: [],
    description: null,
    websites: [],
    wid: null,
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
        businessProfile: null,
        entries: { User: phone, Agent: 7, Device: null, Server: 's.whatsapp.net' },
        profilePicture: pictureOf(account),
      }
      return done(200, 1000, 'Profile info', [info])
    }),

    'profile.getPicture': inSession(({ account }) => done(200, 1000, 'Profile picture', [{ phone: account.phone, ...pictureOf(account) }])),

    'profile.setPicture': inSession(async ({ account }, fields) => {
      if (textOf(fields.picture) === undefined) return refused(400, 2001, 'picture is required')
      const picture = await pictureIn(world, fields.picture)
      if (!picture) return refused(400, 2002, 'picture is invalid or unreadable')
      network.change(account, { picture })
      return done(200, 1000, 'Profile picture updated', [{ phone: account.phone, ...pictureOf(account) }])
    }),

    'profile.deletePicture': inSession(({ account }) => {
      network.change(account, { picture: null })
      return done(200, 1000, 'Profile picture removed', [])
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
      return done(200, 1000, 'Privacy settings', [{ phone: account.phone, ...settings }])
    }),

    'profile.listContacts': inSession(({ account }, fields) => {
      const limit = Math.min(Math.max(Number(fields.limit ?? 15) || 15, 1), 1000)
      const offset = Math.max(Number(fields.offset ?? 0) || 0, 0)
      const known = network.contacts.list(account).map(({ person }) => person)
      const inGroups = network.groups.of(account).flatMap(({ participants }) => [...participants.keys()])
      const persons = [...new Set(fields.type === 'groups' ? inGroups : [account, ...known])]
      const data = persons.slice(offset, offset + limit).map((person) => ({
        jid: shown(person.jid),
        phone: person.phone,
        name: network.contacts.nameOf(account, person),
        ...(isTrue(fields.deep) ? details(person) : {}),
      }))
      return done(200, 1000, 'Contacts list', [{ phone: account.phone, data }])
    }),

    'profile.onWhatsapp': inSession((_line, fields) => {
      const numbers = numbersIn(fields.checkNumbers)
      if (numbers.length === 0) return refused(400, 2001, 'checkNumbers is required')
      const data = numbers.map((phone) => {
        const person = network.account(phone)
        const found = { jid: shown(person.jid), phone, isOnWhatsApp: person.registered }
        return person.registered && isTrue(fields.deep) ? { ...found, ...details(person) } : found
      })
      return done(200, 1000, 'Lookup complete', [{ data: data.length === 1 ? data[0] : data }])
    }),

    'profile.getBusinessProfile': inSession((_line, fields) => {
      const numbers = numbersIn(fields.checkNumbers)
      if (numbers.length === 0) return refused(400, 2001, 'checkNumbers is required')
      const profiles = numbers.map((phone) => ({ jid: `${phone}@s.whatsapp.net`, phone, ...NO_BUSINESS }))
      return done(200, 1000, 'Business profile info', profiles.length === 1 ? profiles : [{ data: profiles }])
    }),
  }
}
