import type { HttpMethod } from '@wamux/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inQuery, partsOf } from './calls.ts'

const methods: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const name = fc.stringMatching(/^[a-z]{1,6}(\[[a-z]{1,4}\])?$/)

it('every field goes to one place: the path that names it, else the query of a GET, else the body', () => {
  const fields = fc.dictionary(name, fc.jsonValue())
  fc.assert(
    fc.property(fields, fc.constantFrom(...methods), fc.boolean(), fc.func(fc.boolean()), (all, method, query, isInPath) => {
      const names = Object.keys(all)
      const path = `/v1${names.filter((one) => isInPath(one)).map((one) => `/{${one}}`)}`
      const plain = { id: 'x', method, path, safety: 'read' } as const
      const route = query ? inQuery(plain) : plain
      const parts = partsOf(route, all)
      const place = method === 'GET' || query ? 'query' : 'body'
      const others = names.filter((one) => !isInPath(one))
      expect(Object.keys(parts)).toEqual(others.length === 0 ? ['path'] : ['path', place])
      expect({ ...parts.path, ...(parts[place] as object | undefined) }).toEqual(all)
      expect(Object.keys(parts.path ?? {}).sort()).toEqual(names.filter((one) => isInPath(one)).sort())
    }),
  )
})
