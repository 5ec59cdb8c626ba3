import { GatewayError, type VerbId } from '@wamux/core'
import { recordOf } from '@wamux/core/engine'
import { manifest } from '../manifest.ts'

/** The items of a list. Engines differ: one gives groups by their id, and Wawp prints lists in an envelope too. */
export function rowsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data
  const values = Object.values(recordOf(data) ?? {})
  return values.find(Array.isArray) ?? values.filter((value) => recordOf(value) !== undefined)
}

/** An item of a list, unless it is one that nobody could name. */
export function named<Item extends { readonly id: string }>(item: Item): Item | undefined {
  return item.id === '' ? undefined : item
}

/** An answer that has something in it: engines say with an empty one that there is nothing. @throws GatewayError `not_found` */
export function found<Raw>(operation: VerbId, data: Raw, what: string): Raw {
  if (recordOf(data) !== undefined) return data
  throw new GatewayError(`${manifest.name} has no ${what}`, { kind: 'not_found', gateway: manifest.id, operation, reached: 'yes' })
}
