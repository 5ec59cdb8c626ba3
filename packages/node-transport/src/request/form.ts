import { builtin } from '../builtins.ts'

/**
 * A form as multipart/form-data. It is a Blob, because `new Response(form)` does not tell the length: the form would go out in chunks,
 * which the proxies of some gateways refuse. Files are not copied; they are read when the form is sent.
 */
export function encodeForm(form: FormData): Blob {
  const boundary = `----wamux-${builtin('node:crypto').randomUUID()}`
  const parts: (string | Blob)[] = []
  for (const [name, value] of form) {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${escaped(crlf(name))}"`
    if (typeof value === 'string') parts.push(`${head}\r\n\r\n${crlf(value)}\r\n`)
    else {
      const type = value.type || 'application/octet-stream'
      parts.push(`${head}; filename="${escaped(value.name)}"\r\ncontent-type: ${type}\r\n\r\n`, value, '\r\n')
    }
  }
  parts.push(`--${boundary}--\r\n`)
  return new Blob(parts, { type: `multipart/form-data; boundary=${boundary}` })
}

function crlf(text: string): string {
  return text.replace(/\r?\n|\r/g, '\r\n')
}

// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
function escaped(text: string): string {
  return text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
}
