import { useState } from 'preact/hooks'
import { control } from '../api.ts'
import { closeDialog } from '../parts/dialog.tsx'
import { Check, Field, type Fields, Form } from '../parts/form.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { fileIn } from './phone-dialogs.tsx'

type Kind = 'picture' | 'file' | 'sticker' | 'voice' | 'place' | 'person' | 'poll'

const KINDS: Readonly<Record<Kind, readonly [name: string, icon: IconName]>> = {
  picture: ['Picture or video', 'picture'],
  file: ['Document', 'file'],
  sticker: ['Sticker', 'status'],
  voice: ['Voice message', 'voice'],
  place: ['Location', 'place'],
  person: ['Contact', 'person'],
  poll: ['Poll', 'poll'],
}

const ACCEPT: Readonly<Partial<Record<Kind, string>>> = { picture: 'image/*,video/*', sticker: 'image/*', voice: 'audio/*' }

/** Everything but plain text: first what, then its fields. */
export function Attach({ phone, chat }: { readonly phone: string; readonly chat: string }) {
  const [kind, setKind] = useState<Kind | undefined>(undefined)
  if (!kind) {
    return (
      <div class="form tiles">
        {(Object.keys(KINDS) as Kind[]).map((one) => (
          <button key={one} type="button" onClick={() => setKind(one)}>
            <Icon name={KINDS[one][1]} />
            {KINDS[one][0]}
          </button>
        ))}
      </div>
    )
  }
  async function submit(fields: Fields): Promise<void> {
    const content = await contentOf(kind as Kind, fields)
    if (await control('message', { from: phone, to: chat, ...content })) closeDialog()
  }
  return (
    <Form action={`Send ${KINDS[kind][0].toLowerCase()}`} submit={submit}>
      <AttachFields kind={kind} />
    </Form>
  )
}

function AttachFields({ kind }: { readonly kind: Kind }) {
  if (kind === 'place') {
    return (
      <>
        <Field label="Latitude">
          <input name="latitude" type="number" step="any" min={-90} max={90} required defaultValue={38.8977} />
        </Field>
        <Field label="Longitude">
          <input name="longitude" type="number" step="any" min={-180} max={180} required defaultValue={-77.0365} />
        </Field>
        <Field label="Name">
          <input name="name" dir="auto" />
        </Field>
        <Field label="Address">
          <input name="address" dir="auto" />
        </Field>
      </>
    )
  }
  if (kind === 'person') {
    return (
      <>
        <Field label="Name">
          <input name="name" required dir="auto" />
        </Field>
        <Field label="Number">
          <input name="phone" inputMode="tel" placeholder="+1 202 555 0143" />
        </Field>
        <Field label="Organization">
          <input name="organization" dir="auto" />
        </Field>
      </>
    )
  }
  if (kind === 'poll') {
    return (
      <>
        <Field label="Question">
          <input name="question" required dir="auto" />
        </Field>
        <Field label="Options" hint="One per line.">
          <textarea name="options" rows={4} required dir="auto" />
        </Field>
        <Check name="multiple" label="More than one may be chosen" />
      </>
    )
  }
  return (
    <>
      <Field label="File">
        <input type="file" name="file" accept={ACCEPT[kind]} required />
      </Field>
      {(kind === 'picture' || kind === 'file') && (
        <Field label="Caption">
          <textarea name="text" rows={2} dir="auto" />
        </Field>
      )}
    </>
  )
}

async function contentOf(kind: Kind, fields: Fields): Promise<object> {
  const given = (names: readonly string[]) =>
    Object.fromEntries(names.filter((name) => fields.text(name) !== '').map((name) => [name, fields.text(name)]))
  if (kind === 'place') {
    return { place: { latitude: fields.number('latitude'), longitude: fields.number('longitude'), ...given(['name', 'address']) } }
  }
  if (kind === 'person') {
    const phone = fields.text('phone').replace(/\D/g, '')
    return { cards: [{ ...given(['name', 'organization']), ...(phone === '' ? {} : { phone }) }] }
  }
  if (kind === 'poll') {
    const options = fields
      .text('options')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    return { poll: { question: fields.text('question'), options, multiple: fields.on('multiple') } }
  }
  const type = kind === 'picture' ? {} : { type: kind === 'file' ? 'document' : kind }
  return { ...(await fileIn(fields, 'file')), ...given(['text']), ...type }
}
