/**
 * Sets an entry of a map that keeps a limited number of them: the one that was set longest ago is removed first.
 *
 * @param map is changed
 * @param key key of the entry
 * @param value value of the entry
 * @param most most entries that are kept
 */
export function keepLatest<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  // deleted first, because a map keeps the order in which keys were added
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value as Key)
}
