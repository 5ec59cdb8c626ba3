import { useState } from 'preact/hooks'
import type { ActiveFault } from '../../src/faults/active.ts'
import type { GatewayRow, PhoneRow, Part as RowPart, SessionRow } from '../../src/page/types.ts'
import { act, control, copy } from '../api.ts'
import { useLook } from '../data.ts'
import { overview } from '../live.ts'
import { Avatar } from '../parts/avatar.tsx'
import { closeDialog, openDialog } from '../parts/dialog.tsx'
import { Field, Form } from '../parts/form.tsx'
import { GATEWAY_NAMES } from '../parts/format.ts'
import { Icon } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'
import { linkTo } from '../route.ts'

/** What each gateway calls a session, and what it does not call so. */
const WORDS: Readonly<Record<string, string>> = { waha: 'session', wawp: 'instance', warest: 'session', sparkbot: 'device' }

export function SessionsPart() {
  const known = overview.value
  return (
    <div class="page sessions">
      <p class="lead">
        A session is a WhatsApp account linked to a gateway. What you do here goes through the gateway's own API, so you can see it under{' '}
        <a href={linkTo('requests')}>Requests</a>.
      </p>
      <div class="gateways">
        {known?.gateways.map((one) => (
          <Gateway key={one.gateway} row={one} sessions={known.sessions.filter(({ gateway }) => gateway === one.gateway)} />
        ))}
      </div>
    </div>
  )
}

function Gateway({ row, sessions }: { readonly row: GatewayRow; readonly sessions: readonly SessionRow[] }) {
  const { gateway, baseUrl, named } = row
  const exports = `eval "$(wamux emulate env ${gateway} --url ${new URL(baseUrl).origin})"`
  const word = WORDS[gateway] ?? 'session'
  async function create(name: string): Promise<void> {
    await act('session', { gateway, do: 'create', ...(named ? { session: name } : {}) })
  }
  return (
    <section class={`gateway ${gateway}`} aria-label={GATEWAY_NAMES[gateway]}>
      <header>
        <h2>{GATEWAY_NAMES[gateway]}</h2>
        <button type="button" class="plain" title={exports} onClick={() => copy(exports, 'Command that exports address and key')}>
          <Icon name="copy" />
          <span>exports</span>
        </button>
      </header>
      <p class="address">
        <code>{baseUrl}</code>
      </p>
      {sessions.map((one) => (
        <SessionCard key={one.session} row={one} actions={row.actions} />
      ))}
      <Form
        class="inline"
        action={`New ${word}`}
        submit={async (fields, form) => {
          await create(fields.text('name'))
          form.reset()
        }}
      >
        {named && (
          <input
            name="name"
            aria-label={`Name of the new ${word} of ${GATEWAY_NAMES[gateway]}`}
            placeholder="name"
            required
            pattern="[\w.\-]{1,64}"
            defaultValue={sessions.length === 0 ? 'default' : ''}
          />
        )}
      </Form>
    </section>
  )
}

const STATES: Readonly<Record<string, string>> = {
  stopped: 'stopped',
  starting: 'starting…',
  pairing: 'waits for a phone',
  connecting: 'connecting…',
  connected: 'connected',
  failed: 'failed',
}

/** Whether something that is wrong concerns a session: itself, or the phone that it is paired with. */
function isOf(fault: ActiveFault, { gateway, session, phone }: SessionRow): boolean {
  if (fault.area !== 'account') return false
  if (fault.session !== undefined) return fault.gateway === gateway && fault.session === session
  return fault.phone !== undefined && fault.phone === phone
}

function SessionCard({ row, actions }: { readonly row: SessionRow; readonly actions: GatewayRow['actions'] }) {
  const { gateway, session, state, phone, phoneName, qrUntil } = row
  const target = { gateway, session }
  const limits = (overview.value?.faults ?? []).filter((one) => isOf(one, row))
  const offered = actions.filter((action) => !(action === 'start' && state !== 'stopped') && !(action === 'stop' && state === 'stopped'))
  return (
    <article class="session" aria-label={`Session ${session}`}>
      <header>
        <h3 title={session}>{row.name === session ? session : `${session} (${row.name})`}</h3>
        <span class={`state ${state}`}>{STATES[state] ?? state}</span>
      </header>
      {phone !== undefined && (
        <a class="linked" href={linkTo('chats', phone)}>
          <Avatar id={phone} name={phoneName ?? ''} />
          <span class="row-text">
            <span class="row-name">
              <Text value={phoneName ?? ''} />
            </span>
            <span class="row-sub">{`+${phone}`}</span>
          </span>
        </a>
      )}
      {limits.map(({ id, text }) => (
        <p key={id} class="note limit">
          <Text value={text} />
        </p>
      ))}
      {qrUntil !== undefined && <Pairing row={row} />}
      <div class="buttons small">
        {offered.map((action) => (
          <button
            key={action}
            type="button"
            class={action === 'delete' || action === 'reset' || action === 'logout' ? 'danger' : ''}
            onClick={() => act('session', { ...target, do: action })}
          >
            {action}
          </button>
        ))}
        {phone !== undefined && state === 'connected' && (
          <>
            <button type="button" title="The phone removes this linked device" onClick={() => control('unlink', target)}>
              unlink
            </button>
            <button type="button" title="The engine breaks down" onClick={() => control('crash', target)}>
              crash
            </button>
          </>
        )}
      </div>
    </article>
  )
}

function Pairing({ row }: { readonly row: SessionRow }) {
  const { gateway, session, qrUntil, code, codePhone } = row
  const [phone, setPhone] = useState('')
  const source = `/_emulator/page/qr?${new URLSearchParams({ gateway, session, until: String(qrUntil) })}`
  const scan = () => control('scan', { gateway, session, ...(phone === '' ? {} : { phone }) })
  return (
    <div class="pairing">
      <button type="button" class="qr" onClick={scan} aria-label={`Scan the QR code of ${session}`} title="Scan with a click">
        <img src={source} alt="" width="148" height="148" />
      </button>
      <div class="pair-fields">
        <PhoneChoice value={phone} onChange={setPhone} label="Phone that scans" />
        <button type="button" class="primary" onClick={scan}>
          Scan
        </button>
        {code === undefined ? (
          <button type="button" onClick={() => askCode(row)}>
            Pair with a code
          </button>
        ) : (
          <button type="button" onClick={() => control('enter-code', { code })}>{`Type ${code} on +${codePhone}`}</button>
        )}
      </div>
    </div>
  )
}

interface PhoneChoiceProps {
  readonly value: string
  readonly label: string
  onChange(phone: string): void
}

function PhoneChoice({ value, label, onChange }: PhoneChoiceProps) {
  const phones = useLook<RowPart<PhoneRow>>('phones', { limit: 200 }, ['network', 'sessions'])?.rows ?? []
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">a new phone</option>
        {phones.map(({ phone, name }) => (
          <option key={phone} value={phone}>{`${name} +${phone}`}</option>
        ))}
      </select>
    </label>
  )
}

function askCode({ gateway, session }: SessionRow): void {
  openDialog('Pair with a code', () => (
    <Form
      action="Get a code"
      submit={async (fields) => {
        if (await act('session', { gateway, session, do: 'code', phone: fields.text('phone') })) closeDialog()
      }}
    >
      <Field label="Number of the phone" hint="The gateway makes a code for it; then type the code on that phone.">
        <input name="phone" inputMode="tel" required placeholder="+1 202 555 0143" />
      </Field>
    </Form>
  ))
}
