import type { BodyKind, Operation } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { documentWithBody, LAMP, sourceOf } from '../testing/documents.ts'
import { buildTable, printTable } from './table.ts'

const table = buildTable(sourceOf(LAMP))

function operation(id: string): Operation {
  const found = table.operations[id]
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}

/** The only body kind of `things.make` with this schema. */
function bodyOf(schema: string, components?: string): BodyKind | undefined {
  return buildTable(sourceOf(documentWithBody(schema, components))).operations['things.make']?.body?.kinds[0]
}

/** The shape of a nested property with this schema. */
function nested(schema: string, components?: string): unknown {
  return bodyOf(`{ type: object, properties: { it: ${schema} } }`, components)?.fields?.[0]
}

describe('the operation table', () => {
  it('has the resources that have operations', () => {
    expect(table.resources).toEqual([
      { name: 'sessions', label: 'Sessions', about: 'Start and stop sessions.' },
      { name: 'messages', label: 'Messages', about: 'Send messages.' },
    ])
  })

  it('stands by tags, then in the order of the document', () => {
    expect(Object.keys(table.operations)).toEqual([
      'sessions.stop',
      'sessions.create',
      'sessions.getPicture',
      'sessions.setPicture',
      'messages.sendText',
      'messages.sendFile',
      'messages.list',
    ])
  })

  it('tells all of an operation', () => {
    expect(operation('sessions.stop')).toEqual({
      id: 'sessions.stop',
      resource: 'sessions',
      label: 'Stop Session',
      about: 'Shuts the engine of a session down; the phone stays paired.',
      note: 'Takes about 3 s. A stopped session answers the same way.',
      method: 'POST',
      path: '/api/sessions/{session}/stop',
      safety: 'converge',
      audience: 'nobody',
      evidence: 'verified',
      capability: 'session.stop',
      engines: ['WEBJS', 'GOWS'],
      since: '1.2.3',
      alternateMethods: ['GET'],
      parameters: [{ name: 'session', in: 'path', required: true, type: 'string', default: 'default', about: 'Name of the session.' }],
      produces: [],
    })
  })

  it('tells the secrets of answers, of fields and as a whole', () => {
    expect(operation('sessions.create').secretFields).toEqual(['apiKey'])
    const answerOf = (response: string): object => {
      const yaml = documentWithBody('{ type: object }').replace('description: The thing.', response)
      const { secretAnswer, secretFields } = buildTable(sourceOf(yaml)).operations['things.make'] ?? {}
      return { secretAnswer, secretFields }
    }
    const json = (schema: string): string => `description: It., content: { application/json: { schema: ${schema} } }`
    expect(answerOf(`${json('{ type: object }')}, x-wamux-secret: true`)).toEqual({ secretAnswer: true })
    expect(answerOf(json('{ type: string, x-wamux-secret: true }'))).toEqual({ secretAnswer: true })
    const hook = '{ type: object, properties: { hmac: { type: object, properties: { key: { type: string, x-wamux-secret: true } } } } }'
    expect(answerOf(json(`{ type: array, items: { type: object, properties: { hooks: { type: array, items: ${hook} } } } }`))).toEqual({
      secretFields: ['key'],
    })
    expect(answerOf(json('{ type: object, properties: { name: { type: string } } }'))).toEqual({})
  })

  it('has variants instead of the operation that carries them', () => {
    expect(operation('messages.sendText')).toMatchObject({
      label: 'Send Text',
      about: 'Sends a text message.',
      note: 'Links get a preview.',
      method: 'POST',
      path: '/api/messages',
      safety: 'send',
      evidence: 'verified',
      capability: 'message.sendText',
      variantOf: 'messages.send',
      body: {
        required: true,
        kinds: [{ content: 'application/json', fields: [{ name: 'to' }, { name: 'kind', enum: ['text'] }, {}, {}] }],
      },
      produces: ['application/json'],
    })
    expect(operation('messages.sendFile')).not.toHaveProperty('capability')
    expect(table.operations).not.toHaveProperty(['messages.send'])
  })

  it('writes query arrays comma separated where the document says so', () => {
    const [fields, before, kinds] = operation('messages.list').parameters ?? []
    expect(fields).toEqual({ name: 'fields', in: 'query', type: 'array', items: { type: 'string' }, comma: true })
    expect(before).toEqual({ name: 'filter.before', in: 'query', type: 'integer', minimum: 0, about: 'Unix seconds.' })
    expect(kinds).not.toHaveProperty('comma')
  })

  it('tells evidence only where it is weaker than that of the operation', () => {
    const [, , kinds, order] = operation('messages.list').parameters ?? []
    expect(kinds).toMatchObject({ evidence: 'inferred' })
    expect(order).toEqual({ name: 'order', in: 'query', type: 'string', enum: ['newest'] })
    expect(operation('messages.sendText').body?.kinds[0]?.fields?.[3]).toEqual({
      name: 'quoted',
      type: 'string',
      enum: ['text', 'file'],
      about: 'Kind of what is answered.',
      evidence: 'inferred',
    })
  })

  it('merges allOf into one field list, with secrets and the words of required', () => {
    const create = operation('sessions.create')
    expect(create).toMatchObject({ deprecated: true, shared: ['session'] })
    expect(create.parameters).toEqual([
      { name: 'session', in: 'query', type: 'string', nullable: true },
      { name: 'token', in: 'header', required: true, type: 'string', secret: true },
    ])
    const fields = create.body?.kinds[0]?.fields ?? []
    expect(fields.filter((field) => field.required).map((field) => field.name)).toEqual(['session', 'config', 'limit'])
    expect(fields[0]).toEqual({ name: 'session', required: true, type: 'string', minLength: 1, maxLength: 54 })
    expect(fields[1]?.fields).toEqual([
      { name: 'hmac', type: 'object', nullable: true, fields: [{ name: 'key', type: 'string', about: 'Signs webhooks.', secret: true }] },
    ])
    expect(fields[2]).toEqual({ name: 'limit', required: true, type: 'integer', minimum: 1, maximum: 10, default: 5 })
  })

  it('cuts recursion, knows maps and keeps oneOf of nested properties', () => {
    const [, , , tree, labels, until, id, proxy] = operation('sessions.create').body?.kinds[0]?.fields ?? []
    expect(tree).toMatchObject({
      type: 'object',
      fields: [
        { name: 'name', deprecated: true },
        { name: 'children', minItems: 1, items: { type: 'any' } },
      ],
    })
    expect(labels).toEqual({ name: 'labels', type: 'object', values: { type: 'any' } })
    expect(until).toEqual({ name: 'until', type: 'any', nullable: true, oneOf: [{ type: 'integer' }, { type: 'string', enum: ['never'] }] })
    expect(id).toEqual({ name: 'id', type: ['string', 'integer'] })
    expect(proxy).toEqual({
      name: 'proxy',
      type: 'object',
      oneOf: [
        { type: 'object', fields: [{ name: 'url', required: true, type: 'string', format: 'uri' }] },
        {
          type: 'object',
          fields: [
            { name: 'host', type: 'string' },
            { name: 'password', type: 'string', secret: true },
          ],
        },
      ],
    })
  })

  it('merges the oneOf of a body and keeps other bodies whole', () => {
    expect(operation('sessions.setPicture').body).toEqual({
      required: false,
      kinds: [
        {
          content: 'application/json',
          fields: [
            { name: 'url', type: 'string' },
            { name: 'size', required: true, type: 'any', oneOf: [{ type: 'integer' }, { type: 'string', enum: ['small', 'big'] }] },
            { name: 'raw', type: 'binary', deprecated: true },
          ],
        },
        {
          content: 'multipart/form-data',
          fields: [
            { name: 'file', required: true, type: 'binary' },
            { name: 'file[caption]', type: 'string' },
          ],
        },
        { content: 'application/octet-stream', shape: { type: 'binary', nullable: true } },
        { content: 'text/plain', shape: { type: 'object', values: { type: 'string' } } },
      ],
    })
    expect(operation('sessions.getPicture').produces).toEqual(['image/png', 'application/json'])
  })
})

describe('shapes', () => {
  it('unites the enums of a oneOf body, keeps what all members require', () => {
    const kind = (name: string, more = '') => `{ type: object, required: [kind], properties: { kind: { const: ${name} }${more} } }`
    expect(bodyOf(`{ oneOf: [${kind('a', ', n: { type: integer }')}, ${kind('b', ', n: { type: string }')}] }`)?.fields).toEqual([
      { name: 'kind', required: true, type: 'string', enum: ['a', 'b'] },
      { name: 'n', type: ['integer', 'string'] },
    ])
  })

  it('reads either-or lists of required as alternatives of one object', () => {
    const schema = '{ type: object, required: [c], properties: { a: {}, b: {}, c: {} }, anyOf: [{ required: [a] }, { required: [b] }] }'
    expect(bodyOf(schema)?.fields).toEqual([
      { name: 'a', type: 'any' },
      { name: 'b', type: 'any' },
      { name: 'c', required: true, type: 'any' },
    ])
    expect(nested(schema)).toMatchObject({
      oneOf: [{ fields: [{ name: 'a', required: true }, {}, {}] }, { fields: [{}, { name: 'b', required: true }, {}] }],
    })
  })

  it('makes a body that is partly an object one shape', () => {
    expect(bodyOf('{ oneOf: [{ type: object, properties: { a: { type: string } } }, { type: array, items: { type: string } }] }')).toEqual({
      content: 'application/json',
      shape: {
        type: 'any',
        oneOf: [
          { type: 'object', fields: [{ name: 'a', type: 'string' }] },
          { type: 'array', items: { type: 'string' } },
        ],
      },
    })
  })

  it.each([
    ['{}', { type: 'any' }],
    ['{ type: object }', { type: 'object' }],
    ['{ type: [string, integer, "null"] }', { type: ['string', 'integer'], nullable: true }],
    [
      '{ type: [string, object], properties: { a: {} } }',
      { type: 'any', oneOf: [{ type: 'string' }, { type: 'object', fields: [{ name: 'a', type: 'any' }] }] },
    ],
    ['{ enum: [1, 2.5, null] }', { type: 'number', nullable: true, enum: [1, 2.5] }],
    ['{ oneOf: [{ type: string }, {}] }', { type: 'any' }],
    [
      '{ default: 0, oneOf: [{ type: integer }, { const: never }] }',
      { type: 'any', default: 0, oneOf: [{ type: 'integer' }, { type: 'string', enum: ['never'] }] },
    ],
    ['{ allOf: [{ type: string, description: Inner. }], description: Outer. }', { type: 'string', about: 'Outer.' }],
    ['{ allOf: [{ $ref: "#/components/schemas/Word" }] }', { type: 'string', about: 'A word.', secret: true }],
    ['{ type: array, items: { $ref: "#/components/schemas/Word" } }', { type: 'array', items: { type: 'string' }, secret: true }],
    [
      '{ type: object, additionalProperties: { type: array, items: { type: boolean } } }',
      { type: 'object', values: { type: 'array', items: { type: 'boolean' } } },
    ],
  ])('%s', (schema, shape) => {
    expect(nested(schema, '{ Word: { type: string, description: A word., x-wamux-secret: true } }')).toEqual({ name: 'it', ...shape })
  })

  it('keeps a schema that stands twice, but not within itself', () => {
    const components =
      '{ A: { type: object, properties: { b: { $ref: "#/components/schemas/B" } } }, B: { type: object, properties: { a: { $ref: "#/components/schemas/A" }, n: { type: integer } } } }'
    const a = {
      type: 'object',
      fields: [
        {
          name: 'b',
          type: 'object',
          fields: [
            { name: 'a', type: 'any' },
            { name: 'n', type: 'integer' },
          ],
        },
      ],
    }
    expect(
      bodyOf('{ type: object, properties: { x: { $ref: "#/components/schemas/A" }, y: { $ref: "#/components/schemas/A" } } }', components)
        ?.fields,
    ).toEqual([
      { name: 'x', ...a },
      { name: 'y', ...a },
    ])
  })
})

describe('operations.ts', () => {
  it('is TypeScript that gives the table back', async () => {
    const printed = printTable(table, '// marker')
    expect(printed.split('\n').slice(0, 4)).toEqual([
      '// marker',
      `import type { OperationTable } from '@wamux/core'`,
      '',
      'export const operations: OperationTable = {',
    ])
    const plain = printed.replace(/^import .*$/m, '').replace(': OperationTable', '')
    const module = (await import(`data:text/javascript,${encodeURIComponent(plain)}`)) as { operations: unknown }
    expect(module.operations).toEqual(table)
    expect(printed).toContain(String.raw`pattern: '^[^\'"/]+$'`)
  })

  it('is the same each time', () => {
    expect(printTable(buildTable(sourceOf(LAMP)), '')).toBe(printTable(table, ''))
  })
})
