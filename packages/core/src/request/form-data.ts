import { invalidInput } from '../errors/gateway-error.ts'

/** True for bytes in one of the forms that a multipart body takes. */
export function isBinary(value: unknown): value is Blob | Uint8Array | ArrayBuffer {
  return value instanceof Blob || value instanceof Uint8Array || value instanceof ArrayBuffer
}

/**
 * Writes values as a multipart form: bytes as files, lists as repeated fields, objects as JSON text.
 *
 * @param values fields by name; `undefined` and `null` are left out
 * @throws {GatewayError} `invalid_request`: a text contains half of a character
 */
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
  else form.append(name, textOf(name, value))
}

/** @throws {GatewayError} `invalid_request`: a lone surrogate (half of a character), which a form would replace by another character */
function textOf(name: string, value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (/\p{Surrogate}/u.test(text)) throw invalidInput(name, 'has half a character in it')
  return text
}
