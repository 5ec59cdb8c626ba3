import { NetworkError } from '../../errors.ts'
import { parsePhone } from '../../network/phone-number.ts'
import type { Account, Contact } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { type Answer, empty, json } from '../../wire/answer.ts'
import { serializePresence } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { fileIn } from './files.ts'
import { chatIn, chatOf, createConnectedHandlers, EngineError, pageOf, personOf } from './request-context.ts'
import { nestError } from './serialize.ts'

/** Persons, who is online, and the account itself. */
export function peopleHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const { network, files } = state

  function serializeContact({ person, name, blocked }: Contact): Record<string, unknown> {
    return { id: person.jid, ...(name === undefined ? {} : { name }), pushname: person.name, ...(blocked ? { isBlocked: true } : {}) }
  }

  // the engine answers with an empty body for a person that the account does not know
  function contact(account: Account, id: unknown): Answer {
    const wanted = personOf(state, id)
    const known = network.contacts.list(account).find(({ person }) => person === wanted)
    return known ? json(200, serializeContact(known)) : empty(200)
  }

  const check = whenConnected(({ call }) => {
    if (!call.query.has('phone')) throw new EngineError("Cannot read properties of undefined (reading 'split')")
    const phone = parsePhone(call.query.get('phone') ?? undefined)
    const found = phone === undefined ? undefined : network.account(phone)
    return json(200, found?.registered ? { numberExists: true, chatId: found.jid } : { numberExists: false })
  })

  const block = (blocked: boolean) =>
    whenConnected(({ account, call }) => {
      network.contacts.block(account, personOf(state, call.body.contactId), blocked)
      return empty(201)
    })

  /** The people whose state WhatsApp has reported: it reports nothing about a person who was never online. */
  const seen = (account: Account, chat: string) =>
    network.presence.of(account, chat).filter(({ presence, lastSeenAt }) => presence !== 'offline' || lastSeenAt !== undefined)

  const serializeLid = (person: Account | undefined) => ({ lid: person ? `${person.lid}@lid` : null, pn: person?.jid ?? null })
  const success = () => json(200, { success: true })
  const personInQuery = ({ query }: Call) => personOf(state, query.get('contactId'))

  return {
    'contacts.list': whenConnected(({ account, call }) => json(200, pageOf(network.contacts.list(account), call).map(serializeContact))),
    'contacts.get': whenConnected(({ account, call }) => contact(account, call.query.get('contactId'))),
    'contacts.getById': whenConnected(({ account, call }) => contact(account, call.params.id)),
    'contacts.checkExists': check,
    'messages.checkNumberStatus': check,
    'contacts.getAbout': whenConnected(({ call }) => json(200, { about: personInQuery(call).about || null })),
    'contacts.getPicture': whenConnected(({ call }) => {
      const { picture } = personInQuery(call)
      return json(200, { profilePictureURL: picture ? files.urlOf(picture) : null })
    }),
    'contacts.block': block(true),
    'contacts.unblock': block(false),
    'contacts.update': whenConnected(({ account, call }) => {
      const name = [call.body.firstName, call.body.lastName].flatMap((part) => textOf(part) ?? []).join(' ')
      network.contacts.save(account, personOf(state, call.params.chatId), name === '' ? undefined : name)
      return success()
    }),

    'lids.list': whenConnected(({ account, call }) => {
      const persons = network.contacts.list(account).map(({ person }) => person)
      return json(200, pageOf(persons, call).map(serializeLid))
    }),
    'lids.count': whenConnected(({ account }) => json(200, { count: network.contacts.list(account).length })),
    'lids.getPhoneNumber': whenConnected(({ call }) => {
      const lid = call.params.lid ?? ''
      return json(200, { lid, pn: network.find(lid.includes('@') ? lid : `${lid}@lid`)?.jid ?? null })
    }),
    'lids.getLid': whenConnected(({ call }) => {
      const pn = chatOf(state, call.params.phoneNumber)
      const found = network.find(pn)
      return json(200, { lid: found ? `${found.lid}@lid` : null, pn })
    }),

    'presence.set': whenConnected(({ account, call }) => {
      const { presence, chatId } = call.body
      if (presence === 'online' || presence === 'offline') {
        if (chatId !== undefined) return json(400, { detail: `chatId is not allowed with presence '${presence}'` })
        network.presence.set(account, presence)
      } else if (presence === 'typing' || presence === 'recording' || presence === 'paused') {
        if (chatId === undefined) return json(400, { detail: `chatId is required for presence '${presence}'` })
        network.presence.type(account, chatIn(state, call), presence)
      } else return nestError(501, 'Not Implemented', `NOWEB engine doesn't support '${presence}' presence.`)
      return empty(201)
    }),
    'presence.list': whenConnected(({ account }) => {
      const chats = network.chats.list(account).filter(({ id }) => network.presence.subscribed(account, id))
      return json(
        200,
        chats.map(({ id }) => serializePresence(id, seen(account, id))),
      )
    }),
    'presence.get': whenConnected(({ account, call }) => {
      const chat = chatIn(state, call)
      network.presence.subscribe(account, chat)
      return json(200, serializePresence(chat, seen(account, chat)))
    }),
    'presence.subscribe': whenConnected(({ account, call }) => {
      network.presence.subscribe(account, chatIn(state, call))
      return empty(201)
    }),

    'profile.get': whenConnected(({ account }) => {
      const { jid, name, picture } = account
      return json(200, { id: jid, ...(name === '' ? {} : { name }), picture: picture ? files.urlOf(picture) : null })
    }),
    'profile.setName': whenConnected(({ account, call }) => {
      network.change(account, { name: textOf(call.body.name) })
      return success()
    }),
    'profile.setAbout': whenConnected(({ account, call }) => {
      network.change(account, { about: typeof call.body.status === 'string' ? call.body.status : undefined })
      return success()
    }),
    'profile.setPicture': whenConnected(async ({ account, call }) => {
      network.change(account, { picture: await fileIn(state, call, 'image/jpeg') })
      return success()
    }),
    'profile.deletePicture': whenConnected(({ account }) => {
      network.change(account, { picture: null })
      return success()
    }),

    'calls.reject': whenConnected(({ account, call }) => {
      try {
        network.calls.answer(account, String(call.body.id), 'rejected')
      } catch (error) {
        // the engine sends this to WhatsApp and does not learn whether such a call existed
        if (!(error instanceof NetworkError)) throw error
      }
      return empty(201)
    }),
  }
}
