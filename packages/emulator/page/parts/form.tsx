import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

interface FormProps {
  /** Text of the button. */
  readonly action: string
  readonly class?: string
  readonly children: ComponentChildren
  /** Gets the fields by name. */
  submit(fields: Fields, form: HTMLFormElement): unknown
}

/** Fields of a form by name. */
export interface Fields {
  text(name: string): string
  /** `undefined` for an empty field. */
  number(name: string): number | undefined
  on(name: string): boolean
  all(name: string): string[]
  file(name: string): File | undefined
}

/** A form whose button is off while it is at work. */
export function Form({ action, class: name = '', children, submit }: FormProps) {
  const [busy, setBusy] = useState(false)
  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    setBusy(true)
    await Promise.resolve(submit(fieldsOf(new FormData(form)), form)).finally(() => setBusy(false))
  }
  return (
    <form class={`form ${name}`} onSubmit={onSubmit}>
      {children}
      <button type="submit" class="primary" disabled={busy}>
        {action}
      </button>
    </form>
  )
}

function fieldsOf(data: FormData): Fields {
  const text = (name: string) => String(data.get(name) ?? '').trim()
  return {
    text,
    number: (name) => (text(name) === '' ? undefined : Number(text(name))),
    on: (name) => data.get(name) === 'on',
    all: (name) => data.getAll(name).map(String),
    file(name) {
      const value = data.get(name)
      return value instanceof File && value.size > 0 ? value : undefined
    },
  }
}

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly children: ComponentChildren
}

/** A field with its name above. */
export function Field({ label, hint, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is in its children
    <label class="field">
      <span>{label}</span>
      {children}
      {hint && <small>{hint}</small>}
    </label>
  )
}

/** A box to tick. */
export function Check({ name, label, checked = false }: { readonly name: string; readonly label: string; readonly checked?: boolean }) {
  return (
    <label class="check">
      <input type="checkbox" name={name} defaultChecked={checked} />
      <span>{label}</span>
    </label>
  )
}

/** A file as the control takes it. */
export async function base64Of(file: File): Promise<{ base64: string; mimetype: string; filename: string }> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
  return { base64: url.slice(url.indexOf(',') + 1), mimetype: file.type || 'application/octet-stream', filename: file.name }
}
