import { describe, expect, it } from 'vitest'
import { placesOf } from '../src/running/leaks.ts'

describe('placesOf', () => {
  it('finds a text wherever it hides', () => {
    const hidden = Object.defineProperty({}, 'quiet', { value: 'my S3CRET', enumerable: false })
    const cases: [string, unknown][] = [
      ['message', new Error('s3cret')],
      ['cause', new Error('a', { cause: new Error('b', { cause: new TypeError('s3cret') }) })],
      ['hidden property', hidden],
      ['symbol', { [Symbol('s')]: { deep: ['s3cret'] } }],
      ['property name', { s3cret: 1 }],
      ['map', new Map([['key', 's3cret']])],
      ['set', new Set(['s3cret'])],
      ['errors', new AggregateError([new Error('s3cret')])],
      ['toJSON', { toJSON: () => 's3cret' }],
      ['inspect', { [Symbol.for('nodejs.util.inspect.custom')]: () => 's3cret' }],
      ['function', Object.assign(() => 1, { note: 's3cret' })],
    ]
    for (const [name, value] of cases) expect({ name, found: placesOf('s3cret', value).length > 0 }).toEqual({ name, found: true })
  })

  it('finds nothing where nothing is, and comes to an end', () => {
    const ring: { self?: unknown; bad: unknown } = {
      get bad() {
        throw new Error('no')
      },
    }
    ring.self = ring
    expect(placesOf('s3cret', ring)).toEqual([])
    expect(placesOf('s3cret', undefined)).toEqual([])
  })
})
