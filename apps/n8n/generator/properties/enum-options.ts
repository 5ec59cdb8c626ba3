import { titleCase } from '../words/words.ts'
import { byName, type Option } from './sorted.ts'

/** The values of an enumeration, in words. */
export function optionsOf(values: readonly (string | number | boolean)[]): Option[] {
  return values.map((value) => ({ name: optionName(value), value })).toSorted(byName)
}

function optionName(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  const words = value.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[\s_-]+/)
  return titleCase(words.map((word) => (/^[A-Z]+$/.test(word) ? word.charAt(0) + word.slice(1).toLowerCase() : word)).join(' '))
}
