import type { About, Contact, ContactCheck, ContactResolved, Page, ProfilePicture } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { digits } from '../../context/fixtures.ts'
import { PHONE_JID, scenarios } from '../../context/scenario.ts'
import { base64Of, FILES } from '../../samples/files.ts'
import { OTHER, PHONE } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

/** The suite's convention: a test gateway has nobody at numbers that end so. */
const NOBODY = '+12025550000'

/** Contact verbs. */
export function contactsGroup(runner: Runner, context: SuiteContext): void {
  const { check } = context
  const when = scenarios(runner, context)

  runner.describe('contacts', () => {
    when('contact.check', 'tells whether a number is on WhatsApp', async ({ call }) => {
      const there = await call<ContactCheck>('contact.check', { phone: PHONE })
      check('somebody', [there.exists, there.id ?? PHONE_JID], [true, PHONE_JID])
      const nobody = await call<ContactCheck>('contact.check', { phone: NOBODY })
      check('nobody', nobody.exists, false)
    })

    when('contact.resolve', 'finds the LID of a number, and the number again', async ({ call, theirs }) => {
      await theirs('hello')
      const hidden = await call<ContactResolved>('contact.resolve', { contact: PHONE })
      check('number', [hidden.id, hidden.phone], [PHONE_JID, PHONE])
      // a gateway that asks its own contacts may not know it
      if (hidden.lid === undefined) return
      check('a LID', hidden.lid.endsWith('@lid'), true)
      const known = await call<ContactResolved>('contact.resolve', { contact: hidden.lid })
      check('and back', [known.id, known.lid, known.phone], [hidden.lid, hidden.lid, PHONE])
    })

    when('contact.list', 'lists whom it knows, page by page', async ({ call, theirs, gateway, session }) => {
      await theirs('hello', PHONE)
      await theirs('hello', OTHER)
      const { items } = await call<Page<Contact>>('contact.list')
      check(
        'known',
        [PHONE, OTHER].every((one) => items.some((contact) => namesOf(contact).includes(digits(one)))),
        true,
      )
      const all: string[] = []
      for await (const contact of gateway.contact?.list?.({ session, limit: 1 }) ?? []) all.push(contact.id)
      check('all of them, none twice', [all.length, new Set(all).size], [items.length, items.length])
    })

    when('contact.get', 'shows a person', async ({ call, theirs }) => {
      await theirs('hello')
      const contact = await call<Contact>('contact.get', { contact: PHONE })
      check('id', [contact.id, contact.phone ?? PHONE], [PHONE_JID, PHONE])
    })

    when('contact.about', 'tells what a person says about itself', async ({ call, theirs, phones }) => {
      await theirs('hello')
      await phones.phone({ phone: digits(PHONE), about: 'Gone fishing' })
      check('about', (await call<About>('contact.about', { contact: PHONE })).about, 'Gone fishing')
    })

    when('contact.profilePicture', 'tells where a picture is, where there is one', async ({ call, theirs, phones }) => {
      await theirs('hello')
      check('none', (await call<ProfilePicture>('contact.profilePicture', { contact: PHONE })).url, undefined)
      await phones.phone({ phone: digits(PHONE), picture: { ...FILES.image, base64: base64Of('image') } })
      const { url } = await call<ProfilePicture>('contact.profilePicture', { contact: PHONE })
      check('an address', url !== undefined && URL.canParse(url), true)
    })

    when('contact.block', 'blocks and unblocks', async (scenario) => {
      await scenario.theirs('hello')
      const blocked = async () => (await scenario.phones.accountOf({ phone: scenario.account })).blocked
      await scenario.call('contact.block', { contact: PHONE })
      await scenario.eventually('blocked', blocked, [digits(PHONE)])
      if (!context.has('contact.unblock')) return
      await scenario.call('contact.unblock', { contact: PHONE })
      await scenario.eventually('unblocked', blocked, [])
    })
  })
}

function namesOf({ id, phone = '' }: Contact): string {
  return `${id} ${phone}`
}
