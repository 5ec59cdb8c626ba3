import { expect, test } from 'vitest'
import { formOf } from './form-data.ts'

test('bytes are files, lists repeat, objects are JSON, nothing is left out', async () => {
  const form = formOf({ a: 'x', list: [1, 2], bytes: new Uint8Array([1]), more: { b: true }, none: undefined, empty: null })
  expect([...form.keys()]).toEqual(['a', 'list', 'list', 'bytes', 'more'])
  expect([form.get('a'), form.getAll('list'), form.get('more')]).toEqual(['x', ['1', '2'], '{"b":true}'])
  expect((form.get('bytes') as File).size).toBe(1)
})

test('half a character is refused, as a form would change it', () => {
  expect(() => formOf({ sessionId: 'a\ud83d' })).toThrow(expect.objectContaining({ kind: 'invalid_request', field: 'sessionId' }))
  expect(formOf({ sessionId: 'a👋' }).get('sessionId')).toBe('a👋')
})
