import { Ajv2020 } from 'ajv/dist/2020.js'
import { type ApiDocument, DOCUMENT_ADDRESS } from './document.ts'
import { isRecord } from './json.ts'

/** What is wrong with a value by a schema of the document; nothing when it fits. */
export type SchemaCheck = (schema: unknown, value: unknown, name: string) => string[]

const FORMATS = {
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  'date-time': /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
  date: /^\d{4}-\d\d-\d\d$/,
  uri: /^[a-z][a-z0-9+.-]*:./i,
  email: /^[^@\s]+@[^@\s]+$/,
  binary: true,
} as const

/** Makes the checker of a document: JSON Schema 2020-12 by ajv, lenient with keywords and formats it does not know. */
export function createSchemaCheck(document: ApiDocument): SchemaCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false, formats: FORMATS })
  ajv.addSchema(document.data, DOCUMENT_ADDRESS)
  return (schema, value, name) => {
    const validate = ajv.compile(isRecord(schema) ? schema : {})
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const allowed = 'allowedValues' in params ? `: ${JSON.stringify(params.allowedValues)}` : ''
      return `${name}${instancePath} ${message ?? 'does not fit'}${allowed}`
    })
  }
}
