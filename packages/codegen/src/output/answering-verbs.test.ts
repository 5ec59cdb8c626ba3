import { expect, it } from 'vitest'
import { sourceOf } from '../testing/documents.ts'
import { printAnsweringVerbs } from './answering-verbs.ts'
import { buildTable } from './table.ts'

const OBJECT = '{ type: object, required: [id], properties: { id: { type: string } } }'
const LOOSE = '{ type: object, properties: { id: { type: string } } }'

it.each([
  ['required fields', `{ "200": { description: x, content: { application/json: { schema: ${OBJECT} } } } }`, true],
  ['required fields in a part', `{ "201": { description: x, content: { application/json: { schema: { allOf: [${OBJECT}] } } } } }`, true],
  [
    'one of two with them',
    `{ "200": { description: x, content: { application/json: { schema: { oneOf: [${OBJECT}, ${LOOSE}] } } } } }`,
    false,
  ],
  ['fields that may be absent', `{ "200": { description: x, content: { application/json: { schema: ${LOOSE} } } } }`, false],
  ['no body', '{ "204": { description: x } }', false],
  [
    'no body with another status',
    `{ "200": { description: x, content: { application/json: { schema: ${OBJECT} } } }, "204": { description: x } }`,
    false,
  ],
  ['no success', '{ default: { description: x } }', false],
])('%s', (_, responses, promised) => {
  const operation = (more: string) => `openapi: 3.1.0
info: { title: Small, version: 1.0.0 }
tags: [{ name: groups }]
paths:
  /leave:
    post:
      operationId: groups.leave
      tags: [groups]
      summary: Leave
      description: Leaves.
      x-wamux-safety: danger
      x-wamux-audience: others
      x-wamux-evidence: verified
      x-wamux-capability: group.leave${more}
      responses: ${responses}
`
  const printed = (more = '') => {
    const source = sourceOf(operation(more))
    return printAnsweringVerbs(source, buildTable(source), '// marker')
  }
  expect(printed().includes(`'group.leave'`)).toBe(promised)
  expect(printed('\n      x-wamux-empty-answer: true')).not.toContain(`'group.leave'`)
})
