import { expect, it } from 'vitest'
import { LAMP, sourceOf } from '../testing/documents.ts'
import { printRoutes } from './routes.ts'
import { buildTable } from './table.ts'

const source = sourceOf(LAMP)
const routes = printRoutes(source, buildTable(source), '// marker')

it('begins with the marker and types only', () => {
  expect(routes.split('\n').slice(0, 4)).toEqual([
    '// marker',
    `import type { Route } from '@wamux/core'`,
    `import type { calls } from './schema.ts'`,
    '',
  ])
})

it('has one constant per action', () => {
  expect([...routes.matchAll(/^export const (\w+)/gm)].map((match) => match[1])).toEqual([
    'sessionsStop',
    'sessionsCreate',
    'sessionsGetPicture',
    'sessionsSetPicture',
    'messagesSendText',
    'messagesSendFile',
    'messagesList',
  ])
  expect(routes).toContain(`/** Shuts the engine of a session down; the phone stays paired. */
export const sessionsStop: Route<calls['sessions.stop']> = {
  id: 'sessions.stop',
  method: 'POST',
  path: '/api/sessions/{session}/stop',
  safety: 'converge',
}
`)
})

it('tells comma separated arrays', () => {
  expect(routes).toMatch(/export const messagesList.*\{[^}]*comma: \['fields'\]/s)
  expect(routes.match(/comma:/g)).toHaveLength(1)
})

it('tells the secrets of parameters and of bodies at any depth', () => {
  expect(routes).toContain(`secrets: ['token', 'key', 'password'],`)
  expect(routes.match(/secrets:/g)).toHaveLength(1)
})

it('marks what is deprecated and cannot be ended by a description', () => {
  expect(routes).toContain('/**\n * Creates a session; use *\\/ with care.\n *\n * @deprecated\n */\nexport const sessionsCreate')
})
