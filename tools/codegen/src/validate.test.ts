import { describe, expect, it } from 'vitest'
import { generate } from './generate.ts'
import { documentWithBody, LAMP } from './test-documents.ts'

/** What a change of the good document is expected to be reported as: a message on the line where some text stands. */
interface Fault {
  readonly rule: string
  readonly from: string
  readonly to: string
  readonly message: string
  readonly at: string
}

const STOP = 'operationId: sessions.stop\n'

const FAULTS: readonly Fault[] = [
  { rule: 'YAML', from: 'info: { title: Lamp', to: 'info: { title: [Lamp', message: 'YAML: ', at: 'title: [Lamp' },
  {
    rule: 'duplicate YAML key',
    from: 'openapi: 3.1.0\n',
    to: 'openapi: 3.1.0\ninfo: {}\n',
    message: 'YAML: Map keys must be unique',
    at: 'info: { title',
  },
  { rule: 'version', from: 'openapi: 3.1.0', to: 'openapi: 3.0.3', message: 'the document is not OpenAPI 3.1', at: 'openapi: 3.0.3' },
  {
    rule: 'anchor',
    from: 'Kind: { type: string, enum: [text, file] }',
    to: 'Kind: &kind { type: string, enum: [text, file] }',
    message: 'anchor &kind: reuse goes through $ref',
    at: 'Kind: &kind',
  },
  {
    rule: 'merge key',
    from: 'Kind: { type: string, enum',
    to: 'Kind: { <<: { description: Sort. }, type: string, enum',
    message: 'merge keys are not used here: reuse goes through $ref',
    at: 'Kind: { <<',
  },
  {
    rule: 'missing id',
    from: `      ${STOP}`,
    to: '',
    message: 'operationId is missing',
    at: 'post:\n      tags: [sessions]\n      summary: Stop',
  },
  {
    rule: 'id form',
    from: STOP,
    to: 'operationId: Sessions.stop\n',
    message: 'operationId Sessions.stop is not <family>.<action> in lowerCamelCase',
    at: 'Sessions.stop',
  },
  { rule: 'id without family', from: STOP, to: 'operationId: stopSession\n', message: 'operationId stopSession is not', at: 'stopSession' },
  {
    rule: 'duplicate id',
    from: STOP,
    to: 'operationId: messages.list # twice\n',
    message: 'operationId messages.list is already that of /api/messages get',
    at: '# twice',
  },
  {
    rule: 'id of a variant used again',
    from: STOP,
    to: 'operationId: messages.sendText # twice\n',
    message: 'operationId messages.sendText is already that of /api/messages post',
    at: '# twice',
  },
  {
    rule: 'ids with one constant',
    from: STOP,
    to: 'operationId: messagesSend.text\n',
    message: 'the constant messagesSendText is already that of /api/messages post',
    at: 'messagesSend.text',
  },
  {
    rule: 'no tag',
    from: 'tags: [sessions]\n      summary: Stop',
    to: 'summary: Stop',
    message: 'an operation has exactly one tag, not 0',
    at: `post:\n      ${STOP}`,
  },
  {
    rule: 'two tags',
    from: 'tags: [sessions]\n      summary: Stop',
    to: 'tags: [sessions, messages]\n      summary: Stop',
    message: 'an operation has exactly one tag, not 2',
    at: '[sessions, messages]',
  },
  {
    rule: 'undeclared tag',
    from: 'tags: [sessions]\n      summary: Stop',
    to: 'tags: [lamps]\n      summary: Stop',
    message: 'tag lamps is not declared',
    at: '[lamps]',
  },
  {
    rule: 'tag declared twice',
    from: '- name: unused',
    to: '- name: messages # twice',
    message: 'tag messages is declared twice',
    at: '# twice',
  },
  { rule: 'missing summary', from: '      summary: Stop Session\n', to: '', message: 'summary is missing', at: `post:\n      ${STOP}` },
  { rule: 'empty summary', from: 'summary: Stop Session', to: `summary: ' '`, message: 'summary is missing', at: `summary: ' '` },
  {
    rule: 'missing description',
    from: '      description: Lists messages.\n',
    to: '',
    message: 'description is missing',
    at: 'get:\n      operationId: messages.list',
  },
  {
    rule: 'variant without summary',
    from: '          summary: Send File\n',
    to: '',
    message: 'summary is missing',
    at: 'operationId: messages.sendFile',
  },
  {
    rule: 'missing safety',
    from: '      x-wamux-safety: converge\n      x-wamux-evidence: verified\n      x-wamux-cap',
    to: '      x-wamux-evidence: verified\n      x-wamux-cap',
    message: 'x-wamux-safety is missing',
    at: `post:\n      ${STOP}`,
  },
  {
    rule: 'unknown safety',
    from: 'x-wamux-safety: create',
    to: 'x-wamux-safety: safe',
    message: 'x-wamux-safety is read, converge, create, send, danger, not safe',
    at: 'x-wamux-safety: safe',
  },
  {
    rule: 'missing evidence',
    from: '      x-wamux-evidence: verified\n      x-wamux-capability: session.stop\n',
    to: '',
    message: 'x-wamux-evidence is missing',
    at: `post:\n      ${STOP}`,
  },
  {
    rule: 'unknown evidence',
    from: 'x-wamux-evidence: verified\n      x-wamux-shared',
    to: 'x-wamux-evidence: guessed\n      x-wamux-shared',
    message: 'x-wamux-evidence is verified, node-label, inferred, not guessed',
    at: 'guessed',
  },
  {
    rule: 'unknown evidence of a parameter',
    from: 'x-wamux-evidence: inferred\n          schema: { type: array',
    to: 'x-wamux-evidence: heard\n          schema: { type: array',
    message: 'not heard',
    at: 'heard',
  },
  {
    rule: 'unknown evidence of a property',
    from: 'is answered., x-wamux-evidence: inferred',
    to: 'is answered., x-wamux-evidence: heard',
    message: 'not heard',
    at: 'heard',
  },
  {
    rule: 'object with an enum',
    from: 'kind: { const: text }',
    to: 'kind: { type: object, enum: [text] }',
    message: 'type: object with an enum of strings: the type is string',
    at: 'type: object, enum: [text]',
  },
  {
    rule: 'nullable of 3.0',
    from: 'text: { type: string }',
    to: 'text: { type: string, nullable: true }',
    message: 'nullable is of OpenAPI 3.0',
    at: 'nullable: true',
  },
  {
    rule: 'unresolved reference',
    from: `children: { type: array, items: { $ref: '#/components/schemas/Tree' }`,
    to: `children: { type: array, items: { $ref: '#/components/schemas/Wood' }`,
    message: '$ref #/components/schemas/Wood does not lead into the components of this document',
    at: 'Wood',
  },
  {
    rule: 'reference elsewhere',
    from: `default: { $ref: '#/components/responses/Error' }`,
    to: `default: { $ref: 'other.yaml#/components/responses/Error' }`,
    message: '$ref other.yaml#/components/responses/Error does not lead',
    at: 'other.yaml',
  },
  {
    rule: 'undeclared path parameter',
    from: '  /api/sessions/{session}/stop:',
    to: '  /api/sessions/{session}/{how}/stop:',
    message: 'path parameter how is not declared',
    at: `post:\n      ${STOP}`,
  },
  {
    rule: 'path parameter out of the path',
    from: '  /api/sessions/{session}/stop:',
    to: '  /api/sessions/stop:',
    message: 'path parameter session is not in /api/sessions/stop',
    at: "[{ $ref: '#/components/parameters/Session' }]",
  },
  {
    rule: 'optional path parameter',
    from: 'name: id, in: path, required: true, schema: { type: string } }]',
    to: 'name: id, in: path, schema: { type: string } }]',
    message: 'path parameter id is not required: true',
    at: 'name: id, in: path, schema',
  },
  {
    rule: 'cookie parameter',
    from: 'name: order, in: query',
    to: 'name: order, in: cookie',
    message: 'parameter order is in path, query or header, not in cookie',
    at: 'in: cookie',
  },
  {
    rule: 'parameter without schema',
    from: 'x-wamux-evidence: verified, schema: { type: string, const: newest } }',
    to: 'x-wamux-evidence: verified }',
    message: 'parameter order has no schema',
    at: 'name: order',
  },
  {
    rule: 'parameter style',
    from: '{ name: order, in: query',
    to: '{ name: order, style: deepObject, in: query',
    message: 'parameter order has style deepObject, which nothing here can write',
    at: 'deepObject',
  },
  {
    rule: 'clash that is not shared',
    from: '      x-wamux-shared: [session]\n',
    to: '',
    message: 'session stands more than once in the flat input',
    at: '{ name: session, in: query',
  },
  {
    rule: 'shared without clash',
    from: 'x-wamux-shared: [session]',
    to: 'x-wamux-shared: [session, token]',
    message: 'x-wamux-shared names token, which stands only once',
    at: '[session, token]',
  },
  {
    rule: 'shared without body',
    from: 'x-wamux-capability: session.stop\n',
    to: 'x-wamux-capability: session.stop\n      x-wamux-shared: [session] # no\n',
    message: 'x-wamux-shared names session, which stands only once',
    at: '# no',
  },
  {
    rule: 'duplicate capability',
    from: 'x-wamux-capability: session.stop',
    to: 'x-wamux-capability: message.sendText # twice',
    message: 'capability message.sendText is already that of /api/messages post',
    at: '# twice',
  },
  {
    rule: 'capability form',
    from: 'x-wamux-capability: session.stop',
    to: 'x-wamux-capability: stop-session',
    message: 'x-wamux-capability stop-session is not namespace.verb',
    at: 'stop-session',
  },
  {
    rule: 'capability of a carrying operation',
    from: 'x-wamux-safety: send\n',
    to: 'x-wamux-safety: send\n      x-wamux-capability: message.send\n',
    message: 'an operation with variants is no action',
    at: 'capability: message.send\n',
  },
  {
    rule: 'unknown extension',
    from: 'x-wamux-engines:',
    to: 'x-wamux-engine:',
    message: 'unknown key x-wamux-engine',
    at: 'x-wamux-engine:',
  },
  {
    rule: 'extension elsewhere',
    from: 'Tree:\n      type: object',
    to: 'Tree:\n      x-wamux-safety: read # no\n      type: object',
    message: 'x-wamux-safety has no meaning here',
    at: '# no',
  },
  {
    rule: 'secret that is not true',
    from: 'password: { type: string, x-wamux-secret: true }',
    to: 'password: { type: string, x-wamux-secret: yes }',
    message: 'x-wamux-secret is true or absent',
    at: 'x-wamux-secret: yes',
  },
  {
    rule: 'engines',
    from: 'x-wamux-engines: [WEBJS, GOWS]',
    to: 'x-wamux-engines: WEBJS',
    message: 'x-wamux-engines is a list of names',
    at: 'x-wamux-engines: WEBJS',
  },
  {
    rule: 'response without description',
    from: `'200': { description: Done., content`,
    to: `'200': { content`,
    message: 'a response has a description',
    at: `'200': { content`,
  },
  {
    rule: 'component response without description',
    from: '      description: What went wrong.\n',
    to: '',
    message: 'a response has a description',
    at: '    Error:\n',
  },
  {
    rule: 'unknown alternate method',
    from: 'x-wamux-alternate-methods: [GET]',
    to: 'x-wamux-alternate-methods: [get]',
    message: 'unknown method get',
    at: 'alternate-methods: [get]',
  },
  {
    rule: 'alternate method that is an operation',
    from: 'x-wamux-safety: send\n',
    to: 'x-wamux-safety: send\n      x-wamux-alternate-methods: [GET] # no\n',
    message: 'GET /api/messages is already that of /api/messages',
    at: 'get:\n      operationId: messages.list',
  },
  { rule: 'method', from: '    put:\n', to: '    head:\n', message: 'head is not one of get, post, put, patch, delete', at: '    head:' },
  {
    rule: 'path that differs by a name only',
    from: '  /api/sessions/{id}/picture:\n    get:',
    to: '  /api/sessions/{id}/stop:\n    get:',
    message: 'GET /api/sessions/{id}/stop is already that of /api/sessions/{session}/stop post',
    at: 'get:\n      operationId: sessions.getPicture',
  },
  {
    rule: 'variant that is not in the body',
    from: `                - { $ref: '#/components/schemas/SendFile' }\n`,
    to: '',
    message: '#/components/schemas/SendFile is not in the oneOf of the body (application/json)',
    at: 'x-wamux-variants:',
  },
  {
    rule: 'kind that is no variant',
    from: `                - { $ref: '#/components/schemas/SendFile' }\n`,
    to: `                - { $ref: '#/components/schemas/SendFile' }\n                - { $ref: '#/components/schemas/Tree' }\n`,
    message: '#/components/schemas/Tree is in the oneOf of the body (application/json), but no variant',
    at: 'x-wamux-variants:',
  },
]

describe('validation', () => {
  it('finds nothing in a good document', async () => {
    expect(await generate(LAMP, 'lamp.openapi.yaml')).not.toHaveProperty('findings')
  })

  it.each(FAULTS)('reports: $rule', async ({ from, to, message, at }) => {
    expect(LAMP.split(from), 'the text to change stands once').toHaveLength(2)
    const broken = LAMP.replace(from, () => to)
    const before = broken.split(at)
    expect(before, 'the text to find stands once').toHaveLength(2)
    const result = await generate(broken, 'lamp.openapi.yaml')
    const findings = 'findings' in result ? result.findings : []
    expect(findings).toContainEqual({ line: before[0]?.split('\n').length, message: expect.stringContaining(message) })
    // one fault may be two findings, as with a name that is missing here and unused there
    expect(findings.length).toBeLessThanOrEqual(2)
  })

  it('reports all findings at once, by line', async () => {
    const broken = LAMP.replace('summary: Send Text', 'summary: ""').replace('description: What went wrong.', 'description: ""')
    const result = await generate(broken.replace(STOP, 'operationId: stop\n'), 'lamp.openapi.yaml')
    const findings = 'findings' in result ? result.findings : []
    expect(findings.map(({ message }) => message)).toEqual([
      'summary is missing',
      'operationId stop is not <family>.<action> in lowerCamelCase',
      'a response has a description',
    ])
    expect(findings.map(({ line }) => line)).toEqual(findings.map(({ line }) => line).toSorted((one, other) => one - other))
  })

  it('reports a parameter named body beside a body without fields', async () => {
    const small = documentWithBody('{ type: array, items: { type: string } }')
    const broken = small.replace(
      '      requestBody',
      '      parameters: [{ name: body, in: query, schema: { type: string } }]\n      requestBody',
    )
    expect(await generate(broken, 'small.openapi.yaml')).toMatchObject({
      findings: [{ line: 13, message: expect.stringContaining('body stands more') }],
    })
  })

  it('takes keywords for names where names stand', async () => {
    const small = documentWithBody(
      '{ type: object, properties: { enum: { type: string }, $ref: { type: string }, default: { type: object } } }',
    )
    expect(await generate(small, 'small.openapi.yaml')).not.toHaveProperty('findings')
  })
})
