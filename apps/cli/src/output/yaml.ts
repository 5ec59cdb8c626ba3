import { Document, visit } from 'yaml'
import { escapedForJson, hasObeyed } from '../terminal/visible-text.ts'

/** Data as YAML. Texts with control characters or marks of direction are in double quotes, where YAML has escapes for them. */
export function yamlText(value: unknown): string {
  // no anchors: many readers of YAML do not know them
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'string' && hasObeyed(scalar.value)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  // only texts in double quotes have such characters now
  return escapedForJson(document.toString({ lineWidth: 0 }))
}
