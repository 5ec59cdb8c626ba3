import { recordOf } from './fields.ts'

/** The items of a list. One engine gives groups by their id, and a gateway may put the list into an envelope. */
export function rowsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data
  const values = Object.values(recordOf(data) ?? {})
  return values.find(Array.isArray) ?? values.filter((value) => recordOf(value) !== undefined)
}

/** An item of a list, unless it is one that nobody could name. */
export function withId<Item extends { readonly id: string }>(item: Item): Item | undefined {
  return item.id === '' ? undefined : item
}
