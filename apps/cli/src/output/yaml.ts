import { stringify } from 'yaml'

export function yamlText(value: unknown): string {
  // no anchors: whoever reads it need not know of them
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 })
}
