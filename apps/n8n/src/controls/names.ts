// names that the node has for itself, or that mean something to n8n
const TAKEN = new Set(['action', 'additionalFields', 'nodeOptions', 'operation', 'resource', 'returnAll', 'limit', 'simplify'])

/** Name of the n8n parameter for a place in the flat input. n8n reads dots as paths: `filter.timestamp.lte` is `filterTimestampLte`. */
export function parameterName(path: readonly string[]): string {
  const words = path
    .join('.')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  const name = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  return TAKEN.has(name) ? `${name}Value` : name
}
