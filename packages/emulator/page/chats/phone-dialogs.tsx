import type { PhoneRow } from '../../src/page/types.ts'
import { control } from '../api.ts'
import { closeDialog, openDialog } from '../parts/dialog.tsx'
import { base64Of, Check, Field, type Fields, Form } from '../parts/form.tsx'
import { go } from '../route.ts'

const digits = (text: string) => text.replace(/\D/g, '')

/** The file of a field, as a part of a message. */
export async function fileIn(fields: Fields, name: string): Promise<object> {
  const file = fields.file(name)
  return file ? { file: await base64Of(file) } : {}
}

/** Opens a chat by writing to it: a chat without a message is none. */
export function newChat(phone: string): void {
  openDialog('New chat', () => (
    <Form
      action="Open"
      submit={(fields) => {
        const to = fields.text('to')
        closeDialog()
        go('chats', phone, to.includes('@') ? to : `${digits(to)}@c.us`)
      }}
    >
      <Field label="Number, or id of a group or channel" hint="The chat begins with its first message.">
        <input name="to" required placeholder="+1 202 555 0143" />
      </Field>
    </Form>
  ))
}

export function newGroup(phone: string): void {
  openDialog('New group', () => (
    <Form
      action="Make it"
      submit={async (fields) => {
        const participants = fields
          .text('participants')
          .split(/[,;\n]+/)
          .map(digits)
          .filter(Boolean)
        const made = await control<{ id: string }>('group', { phone, subject: fields.text('subject'), participants })
        if (!made) return
        closeDialog()
        go('chats', phone, made.id)
      }}
    >
      <Field label="Subject">
        <input name="subject" required maxLength={100} />
      </Field>
      <Field label="Numbers of its members" hint="One per line, or with commas between.">
        <textarea name="participants" rows={4} required placeholder="+1 202 555 0143, +1 202 555 0144" />
      </Field>
    </Form>
  ))
}

export function postStatus(phone: string): void {
  openDialog('Post a status', () => (
    <Form
      action="Post"
      submit={async (fields) => {
        const text = fields.text('text')
        const input = { from: phone, to: 'status@broadcast', ...(text === '' ? {} : { text }), ...(await fileIn(fields, 'file')) }
        if (!(await control('message', input))) return
        closeDialog()
        go('chats', phone, 'status@broadcast')
      }}
    >
      <Field label="Text" hint="Everybody who has a chat with this phone sees it.">
        <textarea name="text" rows={3} dir="auto" />
      </Field>
      <Field label="Picture or video">
        <input type="file" name="file" accept="image/*,video/*" />
      </Field>
    </Form>
  ))
}

export function changePhone({ phone, name, about, on, reads, registered }: PhoneRow): void {
  openDialog(`+${phone}`, () => (
    <Form
      action="Save"
      submit={async (fields) => {
        const file = fields.file('picture')
        const change = {
          name: fields.text('name'),
          about: fields.text('about'),
          on: fields.on('on'),
          reads: fields.on('reads'),
          registered: fields.on('registered'),
          ...(file ? { picture: await base64Of(file) } : {}),
        }
        if (await control('phone', { phone, ...change })) closeDialog()
      }}
    >
      <Field label="Name">
        <input name="name" required defaultValue={name} dir="auto" />
      </Field>
      <Field label="About">
        <input name="about" defaultValue={about} dir="auto" />
      </Field>
      <Field label="Picture">
        <input type="file" name="picture" accept="image/*" />
      </Field>
      <fieldset>
        <legend>What it does</legend>
        <Check name="on" label="Switched on: gets its messages" checked={on} />
        <Check name="reads" label="Reads by itself what it gets" checked={reads} />
        <Check name="registered" label="Its number is on WhatsApp" checked={registered} />
      </fieldset>
    </Form>
  ))
}
