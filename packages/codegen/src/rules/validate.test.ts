import { describe, expect, it } from 'vitest'
import { generate } from '../generate.ts'
import { documentWithBody, LAMP } from '../testing/documents.ts'
import { FACT_FAULTS } from '../testing/fact-faults.ts'
import { FAULTS, STOP } from '../testing/faults.ts'

describe('validation', () => {
  it('finds nothing in a good document', async () => {
    expect(await generate(LAMP, 'lamp.openapi.yaml')).not.toHaveProperty('findings')
  })

  it.each([...FAULTS, ...FACT_FAULTS])('reports: $rule', async ({ from, to, message, at }) => {
    expect(LAMP.split(from), 'the text to change stands once').toHaveLength(2)
    const broken = LAMP.replace(from, () => to)
    const before = broken.split(at)
    expect(before, 'the text to find stands once').toHaveLength(2)
    const result = await generate(broken, 'lamp.openapi.yaml')
    const findings = 'findings' in result ? result.findings : []
    expect(findings).toContainEqual({ line: before[0]?.split('\n').length, message: expect.stringContaining(message) })
    // one fault may be several findings, as with a name that is missing here and unused there
    expect(findings.length).toBeLessThanOrEqual(3)
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
      findings: [{ line: 14, message: expect.stringContaining('body stands more') }],
    })
  })

  it('takes keywords for names where names stand', async () => {
    const small = documentWithBody(
      '{ type: object, properties: { enum: { type: string }, $ref: { type: string }, default: { type: object } } }',
    )
    expect(await generate(small, 'small.openapi.yaml')).not.toHaveProperty('findings')
  })
})
