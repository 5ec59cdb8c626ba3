import type { PhoneRow } from '../../src/page/types.ts'
import { control } from '../api.ts'
import { Avatar } from '../parts/avatar.tsx'
import { closeDialog, openDialog } from '../parts/dialog.tsx'
import { Field, Form } from '../parts/form.tsx'
import { GATEWAY_NAMES } from '../parts/format.ts'
import { Icon } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'
import { go, linkTo } from '../route.ts'
import { SearchList } from './search-list.tsx'

export function PhoneList({ here }: { readonly here: string | undefined }) {
  return (
    <section class="column phones" aria-label="Phones">
      <header>
        <h2>Phones</h2>
        <button type="button" class="plain" aria-label="New phone" title="New phone" onClick={newPhone}>
          <Icon name="plus" />
        </button>
      </header>
      <SearchList<PhoneRow>
        of="phones"
        topics={['network', 'sessions']}
        label="Phone list"
        placeholder="Name or number"
        guess={64}
        empty="No phones yet."
        notFound="No phone matches the search."
        row={(row) => <PhoneLink row={row} here={row.phone === here} />}
      />
    </section>
  )
}

function PhoneLink({ row, here }: { readonly row: PhoneRow; readonly here: boolean }) {
  const { phone, name, picture, presence, unread, sessions, on, registered } = row
  return (
    <a class="row" href={linkTo('chats', phone)} aria-current={here ? 'true' : undefined}>
      <Avatar id={phone} name={name} picture={picture} online={presence !== 'offline'} />
      <span class="row-text">
        <span class="row-name">
          <Text value={name} />
        </span>
        <span class="row-sub">{`+${phone}`}</span>
      </span>
      <span class="row-end">
        {sessions.slice(0, 2).map(({ gateway, session, state }) => (
          <span key={`${gateway} ${session}`} class={`chip ${gateway}`} title={`${session}: ${state}`}>
            {GATEWAY_NAMES[gateway]}
          </span>
        ))}
        {!on && <span class="chip">off</span>}
        {!registered && <span class="chip">not on WhatsApp</span>}
        {unread > 0 && (
          <span class="badge">
            {unread}
            <span class="hidden"> unread</span>
          </span>
        )}
      </span>
    </a>
  )
}

function newPhone(): void {
  openDialog('New phone', () => (
    <Form
      action="Make it"
      submit={async (fields) => {
        const phone = fields.text('phone').replace(/\D/g, '')
        const name = fields.text('name')
        if (!(await control('phone', { phone, ...(name === '' ? {} : { name }) }))) return
        closeDialog()
        go('chats', phone)
      }}
    >
      <Field label="Number, with country code" hint="Every number is a phone; those that end in 0000 are not on WhatsApp.">
        <input name="phone" inputMode="tel" required pattern="\+?[0-9 ()\-]{7,20}" placeholder="+1 202 555 0143" />
      </Field>
      <Field label="Name" hint="If you leave it empty, the emulator picks one.">
        <input name="name" maxLength={100} />
      </Field>
    </Form>
  ))
}
