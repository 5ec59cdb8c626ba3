import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readGeneratedSchema } from '../src/document/generated-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'generated-schema-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('reads methods, paths and calls, and nothing else', () => {
  const file = join(folder, 'schema.ts')
  writeFileSync(
    file,
    `// Generated
export interface paths {
    "/things/{id}": {
        parameters: {
            path?: never;
        };
        get: operations["things.get"];
        put?: never;
        /** @description Deletes. */
        delete: operations["things.delete"];
    };
}
export interface operations {
    "things.get": {
        get: operations["no"];
    };
}
export interface calls {
    "things.get": operations["things.get"];
    "things.remove": Omit<operations["things.delete"], "requestBody"> & {
        requestBody: {
            "content": never;
        };
    };
}
`,
  )
  const { paths, calls } = readGeneratedSchema(file)
  expect([...paths]).toEqual([
    ['GET /things/{id}', 'things.get'],
    ['DELETE /things/{id}', 'things.delete'],
  ])
  expect(calls).toEqual(['things.get', 'things.remove'])
})
