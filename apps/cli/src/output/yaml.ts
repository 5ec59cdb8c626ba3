import { stringify } from 'yaml'

export function yamlText(value: unknown): string {
  // no anchors: many readers of YAML do not know them
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 })
}
