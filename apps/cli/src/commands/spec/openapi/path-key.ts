/** A key for an operation that does not depend on what its path parameters are called. */
export function shapeKey(method: string, path: string): string {
  return `${method} ${pathShape(path)}`
}

/** `/api/{session}/chats/` becomes `/api/{}/chats`. */
export function pathShape(path: string): string {
  const shape = path.replace(/\{[^{}]*\}/g, '{}').replace(/\/{2,}/g, '/')
  return shape.length > 1 ? shape.replace(/\/$/, '') : shape
}

/** Names of fields by which they are compared: `filter[from]` and `filter.from` are the same, so are `ids[]` and `ids`. */
export function normalName(name: string): string {
  return name
    .replaceAll('[]', '')
    .replace(/\[([^[\]]*)\]/g, '.$1')
    .replace(/^\./, '')
}

/** What a name stands below: `a.b.c` is below `a.b` and `a`. */
export function ancestorsOf(key: string): string[] {
  const parts = key.split('.')
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('.'))
}
