import type { Operation } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { textLike } from '../src/examples/pattern-text.ts'
import { badInputs, exampleInput, exampleInputs } from '../src/index.ts'

const operation: Operation = {
  id: 'things.create',
  resource: 'things',
  label: 'Create Thing',
  about: 'Creates a thing.',
  method: 'POST',
  path: '/things/{thingId}',
  safety: 'create',
  audience: 'nobody',
  evidence: 'verified',
  produces: ['application/json'],
  parameters: [
    { name: 'thingId', in: 'path', required: true, type: 'string', pattern: '^[0-9a-f]{4}$' },
    { name: 'limit', in: 'query', type: 'integer', minimum: 1, maximum: 5 },
    { name: 'x-tenant', in: 'header', type: 'string' },
  ],
  body: {
    required: true,
    kinds: [
      {
        content: 'application/json',
        fields: [
          { name: 'kind', required: true, type: 'string', enum: ['plain', 'fancy'] },
          { name: 'when', type: 'string', format: 'date-time' },
          {
            name: 'file',
            required: true,
            type: 'object',
            oneOf: [
              { type: 'object', fields: [{ name: 'url', required: true, type: 'string', format: 'uri' }] },
              { type: 'object', fields: [{ name: 'data', required: true, type: 'string', format: 'byte' }] },
            ],
          },
          {
            name: 'people',
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              fields: [
                { name: 'id', required: true, type: 'string' },
                { name: 'admin', type: 'boolean' },
              ],
            },
          },
        ],
      },
      {
        content: 'multipart/form-data',
        fields: [
          { name: 'kind', required: true, type: 'string' },
          { name: 'upload', type: 'binary' },
        ],
      },
    ],
  },
}

describe('exampleInput', () => {
  it('has what is required, at every depth', () => {
    expect(exampleInput(operation, { fields: 'required' })).toEqual({
      thingId: '0000',
      kind: 'plain',
      file: { url: 'https://example.com/url' },
    })
  })

  it('has all fields, and text that has to be encoded', () => {
    const input = exampleInput(operation)
    expect(Object.keys(input)).toEqual(['thingId', 'limit', 'x-tenant', 'kind', 'when', 'file', 'people'])
    expect(input).toMatchObject({ limit: 5, 'x-tenant': 'x-tenant', people: [{ id: 'id a/b?c&d=é+%', admin: true }, {}] })
    expect(exampleInput(operation)).toEqual(input)
  })

  it('has one input for each body and each member of a union', () => {
    const inputs = exampleInputs(operation)
    expect(inputs.map(({ name }) => name)).toEqual([
      'required fields as application/json',
      'all fields as application/json',
      'all fields, alternative 2 as application/json',
      'required fields as multipart/form-data',
      'all fields as multipart/form-data',
    ])
    expect(inputs[2]?.input.file).toEqual({ data: btoa('data') })
    // without bytes it would be sent as JSON
    expect(inputs[3]?.input.upload).toBeInstanceOf(Uint8Array)
  })
})

describe('badInputs', () => {
  const faults = badInputs(operation).map(({ field, fault }) => `${fault} ${field}`)

  it('has one fault each, everywhere', () => {
    for (const wanted of [
      'missing thingId',
      'limit thingId',
      'type limit',
      'limit limit',
      'missing kind',
      'enum kind',
      'missing file',
      'type file',
      'type people',
      'missing people[0].id',
      'type people[0].id',
      'type people[0].admin',
      'unknown noSuchField',
    ]) {
      expect(faults).toContain(wanted)
    }
    expect(faults).not.toContain('missing limit')
  })

  it('changes nothing but the one field', () => {
    const whole = exampleInput(operation)
    const { input } = badInputs(operation).find(({ field }) => field === 'people[0].admin') ?? {}
    expect(input).toEqual({ ...whole, people: [{ id: 'id a/b?c&d=é+%', admin: 'text' }, (whole.people as unknown[])[1]] })
  })

  it('names the values that an error has to name', () => {
    expect(badInputs(operation).find(({ fault }) => fault === 'enum')?.allowed).toEqual(['plain', 'fancy'])
  })
})

describe('textLike', () => {
  it.each([
    '^[0-9A-Fa-f]{24}$',
    '^[A-Za-z0-9_-]*$',
    '^[a-zA-Z0-9._-]{1,64}$',
    '^\\d+@(?:c|g)\\.us$',
    '^\\+?[1-9][0-9]{6,14}$',
    '^(true|false)_.+$',
    '^[^/]+$',
  ])('makes a text for %s', (pattern) => {
    expect(textLike(pattern)).toMatch(new RegExp(pattern, 'u'))
  })

  it('says when it cannot', () => {
    expect(() => textLike('^(?=a)b$')).toThrow('no text is known')
  })
})
