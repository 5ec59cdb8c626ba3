import { describe, expect, it } from 'vitest'
import type { Shape } from '../schema/operations.ts'
import { checkFields, checkValue } from './validate-input.ts'

function problem(value: unknown, shape: Shape): string {
  try {
    checkValue('x', value, shape)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('checkValue', () => {
  it.each<[unknown, Shape, string]>([
    ['a', { type: 'string' }, ''],
    [1, { type: 'string' }, 'x: expected text, got 1'],
    ['b', { type: 'string', enum: ['image', 'raw'] }, 'x: expected one of "image", "raw", got other text'],
    [1.5, { type: 'integer' }, 'x: expected a whole number, got 1.5'],
    [0, { type: 'integer', minimum: 1, maximum: 9 }, 'x: expected a whole number of 1 to 9, got 0'],
    ['true', { type: 'boolean' }, 'x: expected true or false, got other text'],
    [null, { type: 'string' }, 'x: expected text, got null'],
    [null, { type: 'string', nullable: true }, ''],
    ['zz', { type: 'string', pattern: '^[0-9a-f]+$' }, 'x: expected text like ^[0-9a-f]+$, got other text'],
    [[], { type: 'array', items: { type: 'string' }, minItems: 1 }, 'x: expected a list of text of at least 1 entries, got an empty list'],
    [['a', 1], { type: 'array', items: { type: 'string' } }, 'x[1]: expected text, got 1'],
    [{ a: 1 }, { type: 'object', values: { type: 'string' } }, 'x.a: expected text, got 1'],
    [{}, { type: 'object', fields: [{ name: 'url', type: 'string', required: true }] }, 'x.url: required, expected text'],
    [new Uint8Array(1), { type: 'binary' }, ''],
    ['bytes', { type: 'binary' }, 'x: expected bytes, got other text'],
    ['anything', { type: 'any' }, ''],
    [3, { type: ['string', 'integer'] }, ''],
  ])('%j against %j', (value, shape, expected) => {
    expect(problem(value, shape)).toBe(expected)
  })

  it('accepts any one of several shapes, and names what is missing in the only one of the same type', () => {
    const url: Shape = { type: 'object', fields: [{ name: 'url', type: 'string', required: true }] }
    const data: Shape = { type: 'object', fields: [{ name: 'data', type: 'string', required: true }] }
    expect(problem({ data: 'AA==' }, { type: 'object', oneOf: [url, data] })).toBe('')
    expect(problem({}, { type: 'object', oneOf: [url, data] })).toBe(
      'x: expected an object with url or an object with data, got a value of type object',
    )
    expect(problem({}, { type: 'any', oneOf: [{ type: 'string' }, url] })).toBe('x.url: required, expected text')
  })
})

describe('checkFields', () => {
  it('names the field that is missing, and lets unknown ones pass', () => {
    expect(() => checkFields('', { other: 1 }, [{ name: 'chatId', type: 'string', required: true }])).toThrow(
      expect.objectContaining({ kind: 'invalid_request', field: 'chatId', reached: 'no' }),
    )
    expect(() => checkFields('', { other: 1 }, [{ name: 'chatId', type: 'string' }])).not.toThrow()
  })
})
