import { isBinary } from './check-input.ts'

/** Writes values as a multipart form: bytes as files, lists as repeated fields, objects as JSON text. */
export function formOf(values: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue
    for (const item of Array.isArray(value) ? value : [value]) appendTo(form, name, item)
  }
  return form
}

function appendTo(form: FormData, name: string, value: unknown): void {
  if (value instanceof Blob) form.append(name, value, value instanceof File ? value.name : 'file')
  else if (isBinary(value)) form.append(name, new Blob([value as Uint8Array<ArrayBuffer>]), 'file')
  else form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
}
