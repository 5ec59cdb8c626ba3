import fc from 'fast-check'
import { expect, it } from 'vitest'
import { base64Forms, holdsSecret } from '../src/running/secret-forms.ts'

const ascii = fc.string({ maxLength: 20, unit: 'binary-ascii' })

it('finds a secret in base64, whatever stands before and behind it', () => {
  fc.assert(
    fc.property(ascii, ascii, (before, behind) => {
      expect(holdsSecret(`Basic ${btoa(`${before}c4n4ry${behind}`)}`, 'c4n4ry')).toBe(true)
    }),
  )
})

it('finds none where there is none', () => {
  expect(holdsSecret(btoa('user:another password'), 'c4n4ry')).toBe(false)
  // a form shorter than this would be found by chance
  expect(Math.min(...base64Forms('c4n4ry').map(({ length }) => length))).toBe(7)
})
