import type { Memory } from '../../memory/memory.ts'
import { parseJid, personJid, phoneInJid } from '../jid.ts'
import { dropOldest, MAX_STRANGERS } from '../limits.ts'
import type { Account, Contact, PhoneChange, ProfileChange } from '../types.ts'

/** The phones, and what each keeps of the others. */
export interface People {
  /**
   * The phone with that number; it exists from its first mention on.
   *
   * @param phone digits with country code
   */
  account(phone: string): Account
  /**
   * A phone that exists already.
   *
   * @param address number or JID in any form, `…@lid` too
   */
  find(address: string): Account | undefined
  accounts(): readonly Account[]
  /** A phone that the network has not seen yet. */
  newAccount(): Account
  /** Keeps a phone from being forgotten. */
  keep(account: Account): void
  change(account: Account, change: ProfileChange & PhoneChange): void
  /** The account's address book and blocked ones, in the order of adding. */
  known(account: Account): readonly Contact[]
  contact(account: Account, person: Account): Contact
  /**
   * Writes a person into the address book.
   *
   * @param name `undefined` takes it out
   */
  save(account: Account, person: Account, name: string | undefined): void
  block(account: Account, person: Account, blocked: boolean): void
  /** What the account calls a person: address book, else the person's own name. */
  nameOf(account: Account, person: Account): string
}

interface Entry {
  readonly person: Account
  name: string | undefined
  blocked: boolean
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gina', 'Hugo', 'Ida', 'Jon', 'Kim', 'Leo', 'Mia', 'Noa', 'Ole', 'Pia']

/** @param forget called for each phone that was dropped */
export function createPeople(memory: Memory, forget: (account: Account) => void): People {
  const accounts = memory.part('people/accounts', () => new Map<string, Account>())
  const lids = new Map([...accounts.values()].map((one): [string, Account] => [one.lid, one]))
  const books = memory.part('people/address-books', () => new Map<Account, Map<string, Entry>>())
  const kept = memory.part('people/kept', () => new Set<Account>())
  const made = memory.part('people/made', () => ({ count: 0 }))

  function account(phone: string): Account {
    const known = accounts.get(phone)
    if (known) return known
    const name = NAMES[made.count % NAMES.length] ?? phone
    made.count += 1
    const registered = !phone.endsWith('0000')
    const looks = {
      about: 'Available',
      picture: undefined,
      business: undefined,
      on: true,
      reads: true,
      registered,
      appState: true,
      restrictions: {},
    }
    const one: Account = { phone, jid: personJid(phone), name, lid: `9${phone}`, ...looks }
    accounts.set(phone, one)
    lids.set(one.lid, one)
    const drop = (stranger: Account) => {
      lids.delete(stranger.lid)
      books.delete(stranger)
      forget(stranger)
    }
    dropOldest(accounts, MAX_STRANGERS, drop, (other) => kept.has(other) || other === one)
    return one
  }

  function bookOf(owner: Account): Map<string, Entry> {
    const book = books.get(owner) ?? new Map<string, Entry>()
    books.set(owner, book)
    return book
  }

  function entryOf(owner: Account, person: Account): Entry {
    const book = bookOf(owner)
    const entry = book.get(person.phone) ?? { person, name: undefined, blocked: false }
    book.set(person.phone, entry)
    kept.add(owner)
    kept.add(person)
    return entry
  }

  return {
    account,
    accounts: () => [...accounts.values()],

    find(address) {
      const jid = parseJid(address) ?? ''
      const phone = phoneInJid(jid)
      return phone === undefined ? lids.get(/^(.+)@lid$/.exec(jid)?.[1] ?? '') : accounts.get(phone)
    },

    newAccount() {
      for (let index = 0; ; index++) {
        const phone = fictionalNumber(index)
        if (!accounts.has(phone)) return account(phone)
      }
    },

    keep(one) {
      kept.add(one)
    },

    change(one, { picture, ...changes }) {
      kept.add(one)
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      Object.assign(one as Mutable<Account>, given, picture === undefined ? {} : { picture: picture ?? undefined })
    },

    known: (owner) => [...(books.get(owner)?.values() ?? [])].filter(({ name, blocked }) => name !== undefined || blocked),
    contact: (owner, person) => ({ ...(books.get(owner)?.get(person.phone) ?? { person, name: undefined, blocked: false }) }),

    save(owner, person, name) {
      entryOf(owner, person).name = name
    },

    block(owner, person, blocked) {
      entryOf(owner, person).blocked = blocked
    },

    nameOf: (owner, person) => books.get(owner)?.get(person.phone)?.name ?? person.name,
  }
}

// 555-0100 to 555-0199 are set aside for fiction in every North American area
function fictionalNumber(index: number): string {
  return `1${202 + Math.floor(index / 100)}55501${String(index % 100).padStart(2, '0')}`
}
