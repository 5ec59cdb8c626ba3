import { phoneOf } from '../../network/phone-number.ts'
import type { Account, Contact } from '../../network/types.ts'
import type { World } from '../../state.ts'
import { presenceWords } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { empty, json, textOf } from '../http.ts'
import { fileIn } from './files.ts'
import { chatIn, linkedTo, pageOf, personAt } from './request-context.ts'

/** Persons, who is online, and the account itself. */
export function peopleHandlers(world: World): Record<string, Handler> {
  const linked = linkedTo(world)
  const { network, files } = world

  function contactWords({ person, name, blocked }: Contact): Record<string, unknown> {
    return { id: person.jid, ...(name === undefined ? {} : { name }), pushname: person.name, ...(blocked ? { isBlocked: true } : {}) }
  }

  // whom the account has not met the engine does not know; the body is empty then
  function contact(account: Account, id: unknown): Response {
    const wanted = personAt(world, id)
    const known = network.contacts.list(account).find(({ person }) => person === wanted)
    return known ? json(200, contactWords(known)) : empty(200)
  }

  const check = linked(({ call }) => {
    const phone = phoneOf(call.query.get('phone') ?? undefined)
    const found = phone === undefined ? undefined : network.account(phone)
    return json(200, found?.registered ? { numberExists: true, chatId: found.jid } : { numberExists: false })
  })

  const block = (blocked: boolean) =>
    linked(({ account, call }) => {
      network.contacts.block(account, personAt(world, call.body.contactId), blocked)
      return empty(201)
    })

  const lidWords = (person: Account | undefined) => ({ lid: person ? `${person.lid}@lid` : null, pn: person?.jid ?? null })
  const success = () => json(200, { success: true })
  const personOf = ({ query }: Call) => personAt(world, query.get('contactId'))

  return {
    'contacts.list': linked(({ account, call }) => json(200, pageOf(network.contacts.list(account), call).map(contactWords))),
    'contacts.get': linked(({ account, call }) => contact(account, call.query.get('contactId'))),
    'contacts.getById': linked(({ account, call }) => contact(account, call.params.id)),
    'contacts.checkExists': check,
    'messages.checkNumberStatus': check,
    'contacts.getAbout': linked(({ call }) => json(200, { about: personOf(call).about || null })),
    'contacts.getPicture': linked(({ call }) => {
      const { picture } = personOf(call)
      return json(200, { profilePictureURL: picture ? files.urlOf(picture) : null })
    }),
    'contacts.block': block(true),
    'contacts.unblock': block(false),
    'contacts.update': linked(({ account, call }) => {
      const name = [call.body.firstName, call.body.lastName].flatMap((part) => textOf(part) ?? []).join(' ')
      network.contacts.save(account, personAt(world, call.params.chatId), name === '' ? undefined : name)
      return success()
    }),

    'lids.list': linked(({ account, call }) => {
      const persons = network.contacts.list(account).map(({ person }) => person)
      return json(200, pageOf(persons, call).map(lidWords))
    }),
    'lids.count': linked(({ account }) => json(200, { count: network.contacts.list(account).length })),
    'lids.getPhoneNumber': linked(({ call }) => {
      const lid = call.params.lid ?? ''
      return json(200, { lid, pn: network.find(lid.includes('@') ? lid : `${lid}@lid`)?.jid ?? null })
    }),
    'lids.getLid': linked(({ call }) => json(200, lidWords(personAt(world, call.params.phoneNumber)))),

    'presence.set': linked(({ account, call }) => {
      const { presence, chatId } = call.body
      if (presence === 'online' || presence === 'offline') {
        if (chatId !== undefined) return json(400, { detail: `chatId is not allowed with presence '${presence}'` })
        network.presence.set(account, presence)
      } else if (presence === 'typing' || presence === 'recording' || presence === 'paused') {
        if (chatId === undefined) return json(400, { detail: `chatId is required for presence '${presence}'` })
        network.presence.type(account, chatIn(world, call), presence)
      } else return json(400, { detail: 'presence is not known' })
      return empty(201)
    }),
    'presence.list': linked(({ account }) => {
      const chats = network.chats.list(account).filter(({ id }) => network.presence.subscribed(account, id))
      return json(
        200,
        chats.map(({ id }) => presenceWords(id, network.presence.of(account, id))),
      )
    }),
    'presence.get': linked(({ account, call }) => {
      const chat = chatIn(world, call)
      network.presence.subscribe(account, chat)
      return json(200, presenceWords(chat, network.presence.of(account, chat)))
    }),
    'presence.subscribe': linked(({ account, call }) => {
      network.presence.subscribe(account, chatIn(world, call))
      return empty(201)
    }),

    'profile.get': linked(({ account }) => {
      const { jid, name, picture } = account
      return json(200, { id: jid, name, picture: picture ? files.urlOf(picture) : null })
    }),
    'profile.setName': linked(({ account, call }) => {
      network.change(account, { name: textOf(call.body.name) })
      return success()
    }),
    'profile.setAbout': linked(({ account, call }) => {
      network.change(account, { about: typeof call.body.status === 'string' ? call.body.status : undefined })
      return success()
    }),
    'profile.setPicture': linked(async ({ account, call }) => {
      network.change(account, { picture: await fileIn(world, call, 'image/jpeg') })
      return success()
    }),
    'profile.deletePicture': linked(({ account }) => {
      network.change(account, { picture: null })
      return success()
    }),

    'calls.reject': linked(({ account, call }) => {
      network.calls.answer(account, String(call.body.id), 'rejected')
      return empty(201)
    }),
  }
}
