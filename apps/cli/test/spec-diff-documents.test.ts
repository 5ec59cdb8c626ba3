import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareDocuments } from '../src/commands/spec/diff/compare.ts'
import { parseKnown } from '../src/commands/spec/diff/known-differences.ts'
import type { JsonObject } from '../src/commands/spec/openapi/json.ts'
import { readModel } from '../src/commands/spec/openapi/model.ts'
import { parseSpec } from '../src/commands/spec/openapi/parse-document.ts'
import { pathShape } from '../src/commands/spec/openapi/path-key.ts'

describe.each(['waha', 'wawp', 'warest', 'sparkbot'])('%s', async (gateway) => {
  const folder = join(import.meta.dirname, '..', '..', '..', 'packages', gateway, 'openapi')
  const document = parseSpec(await readFile(join(folder, `${gateway}.openapi.yaml`), 'utf8'), gateway)
  const known = parseKnown(await readFile(join(folder, 'differences.yaml'), 'utf8'), 'differences.yaml')

  it('equals itself', () => {
    expect(compareDocuments(document, document)).toEqual([])
  })

  it('knows differences of operations that exist, each with a sentence', () => {
    const operations = new Set(readModel(document).map(({ method, path }) => pathShape(`${method} ${path}`)))
    for (const entry of known) {
      expect(entry.reason).toMatch(/^[A-Z].*\.$/)
      // an operation that is missing on purpose is not in the document
      if (entry.kind === 'operation') continue
      for (const operation of entry.operations) if (!operation.includes('*')) expect(operations).toContain(pathShape(operation))
    }
  })

  it('finds in every operation what a vendor adds', () => {
    const found = compareDocuments(document, withMore(document))
    expect(found.filter(({ change, name }) => change === 'added' && name === 'addedByTheVendor')).toHaveLength(readModel(document).length)
    expect(found.filter(({ name }) => name !== 'addedByTheVendor')).toEqual([])
  })
})

function withMore(document: JsonObject): JsonObject {
  const paths = Object.entries(document.paths as Record<string, Record<string, object>>).map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, withParameter(operation)])),
  ])
  return { ...document, paths: Object.fromEntries(paths) as JsonObject }
}

function withParameter(operation: object): object {
  const { parameters = [] } = operation as { parameters?: object[] }
  return { ...operation, parameters: [...parameters, { name: 'addedByTheVendor', in: 'query', schema: { type: 'string' } }] }
}
