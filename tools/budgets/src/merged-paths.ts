/** The gateways whose `paths` a source file imports or exports, by any name. A file with more than one may merge their types. */
export function gatewaysOfPaths(source: string, gateways: readonly string[]): string[] {
  const found = new Set<string>()
  const add = (from: string) => {
    const id = gateways.find((one) => new RegExp(`(^@wamux/|/packages/|(^|/)\\.\\./)${one}(/|$)`).test(from))
    if (id) found.add(id)
  }
  for (const [, names = '', from = ''] of source.matchAll(/\b(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g)) {
    if (/(^|[\s,])paths(?=\s|,|$)/.test(names)) add(from)
  }
  for (const [, from = ''] of source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)\s*\.\s*paths\b/g)) add(from)
  for (const [, name = '', from = ''] of source.matchAll(/\bimport\s+(?:type\s+)?\*\s+as\s+(\w+)\s+from\s*['"]([^'"]+)['"]/g)) {
    if (new RegExp(`\\b${name}\\.paths\\b`).test(source)) add(from)
  }
  return [...found].sort()
}
