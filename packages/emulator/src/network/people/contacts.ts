import type { Chats } from '../chats.ts'
import type { Account, Contact, Emit } from '../types.ts'
import type { People } from './people.ts'

/** What an account knows of persons. */
export interface Contacts {
  /** Address book first, then those that it has a chat with. */
  list(account: Account): readonly Contact[]
  get(account: Account, person: Account): Contact
  /** What the account calls a person: address book, else the person's own name. */
  nameOf(account: Account, person: Account): string
  /**
   * Writes a person into the address book.
   *
   * @param name `undefined` takes it out
   */
  save(account: Account, person: Account, name: string | undefined): void
  /** Blocks or unblocks a person. Messages of a blocked person do not arrive. */
  block(account: Account, person: Account, blocked: boolean): void
  blocked(account: Account): readonly Account[]
}

export function createContacts(people: People, chats: Chats, emit: Emit): Contacts {
  return {
    list(account) {
      const known = people.known(account)
      const seen = new Set(known.map(({ person }) => person))
      const talkedTo = chats.list(account).flatMap(({ id, kind }) => (kind === 'person' ? (people.find(id) ?? []) : []))
      const others = talkedTo.filter((person) => !seen.has(person) && person !== account)
      return [...known, ...others.map((person) => people.contact(account, person))]
    },

    get: people.contact,
    nameOf: people.nameOf,

    save(account, person, name) {
      people.save(account, person, name)
      emit(account, { type: 'contact', person, change: 'saved' })
    },

    block(account, person, blocked) {
      if (people.contact(account, person).blocked === blocked) return
      people.block(account, person, blocked)
      emit(account, { type: 'contact', person, change: blocked ? 'blocked' : 'unblocked' })
    },

    blocked: (account) => people.known(account).flatMap(({ person, blocked }) => (blocked ? [person] : [])),
  }
}
