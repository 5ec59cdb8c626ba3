import type { ErrorFormat } from '../../state.ts'
import { type Answer, content, json } from '../../wire/answer.ts'
import type { Call } from '../handler.ts'
import { escapeMarkup } from '../http.ts'

export interface Failure {
  readonly status: number
  readonly code?: string
  readonly message: string
}

/** Request header that selects the format of an error. */
const ERROR_FORMAT_HEADER = 'x-wamux-emulate-error-format'

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  501: 'Not Implemented',
}

/** An error in one of Wawp's four formats. */
export function failureBody({ headers }: Call, { status, code, message }: Failure, wanted: ErrorFormat | undefined): Answer {
  const error = REASONS[status] ?? 'Error'
  const format = formatOf(headers.get(ERROR_FORMAT_HEADER)) ?? wanted ?? accepted(headers.get('accept') ?? '')
  if (format === 'xml') {
    const fields = [['status', String(status)], ...(code ? [['code', code]] : []), ['message', message], ['error', error]]
    const inner = fields.map(([name, value = '']) => `<${name}>${escapeMarkup(value)}</${name}>`).join('')
    return content(status, 'application/xml; charset=utf-8', `<?xml version="1.0" encoding="UTF-8"?><response>${inner}</response>`)
  }
  if (format === 'text') return content(status, 'text/plain; charset=utf-8', message)
  if (format === 'html') {
    const page = `<!DOCTYPE html><html><head><title>${error}</title></head><body><h1>${error}</h1><p>${escapeMarkup(message)}</p></body></html>`
    return content(status, 'text/html; charset=utf-8', page)
  }
  return json(status, { status, ...(code ? { code } : {}), message, error })
}

function formatOf(value: string | null): ErrorFormat | undefined {
  return value === 'json' || value === 'xml' || value === 'text' || value === 'html' ? value : undefined
}

// the first media type of Accept decides
function accepted(accept: string): ErrorFormat {
  const [type = ''] = accept.split(/[,;]/, 1)
  if (/^(application|text)\/xml$/i.test(type.trim())) return 'xml'
  if (/^text\/plain$/i.test(type.trim())) return 'text'
  return /^text\/html$/i.test(type.trim()) ? 'html' : 'json'
}
