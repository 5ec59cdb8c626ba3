import { recordOf } from './fields.ts'

/**
 * Reads the items of a list. One engine gives groups as an object by id, and some responses wrap the list in an object.
 *
 * @param data the gateway's response
 */
export function rowsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data
  const values = Object.values(recordOf(data) ?? {})
  return values.find(Array.isArray) ?? values.filter((value) => recordOf(value) !== undefined)
}

/**
 * Drops an item without an id, which no verb could refer to.
 *
 * @param item an item of a list
 * @returns `undefined` when its id is empty
 */
export function withId<Item extends { readonly id: string }>(item: Item): Item | undefined {
  return item.id === '' ? undefined : item
}
