import type { Operation, OperationTable } from '@wamux/core'
import { expect, test } from 'vitest'
import { json } from '../wire/answer.ts'
import { createRouter } from './router.ts'

const operation = (id: string, method: Operation['method'], path: string, more: Partial<Operation> = {}): Operation => ({
  id,
  resource: 'lamps',
  label: id,
  about: id,
  method,
  path,
  safety: 'read',
  audience: 'nobody',
  evidence: 'verified',
  produces: [],
  ...more,
})

const all = [
  operation('lamps.get', 'GET', '/lamps/{lamp}'),
  operation('lamps.all', 'GET', '/lamps/all'),
  operation('lamps.dim', 'POST', '/lamps/{lamp}/dim', { alternateMethods: ['GET'] }),
  operation('lamps.blink', 'POST', '/signals', { variantOf: 'signals.send' }),
  operation('lamps.flash', 'POST', '/signals', { variantOf: 'signals.send' }),
]
const table: OperationTable = { resources: [], operations: Object.fromEntries(all.map((one) => [one.id, one])) }
const play = () => json(200, {})
const route = createRouter(table, { 'lamps.get': play, 'lamps.flash': play })

test('literal segments win over parameters', () => {
  expect(route('GET', '/lamps/all')?.operation.id).toBe('lamps.all')
  expect(route('GET', '/lamps/7')?.operation.id).toBe('lamps.get')
})

test('parameters are decoded and never empty', () => {
  expect(route('GET', '/lamps/a%40b')?.params).toEqual({ lamp: 'a@b' })
  expect(route('GET', '/lamps/%E0')?.params).toEqual({ lamp: '%E0' })
  expect(route('GET', '/lamps/')).toBeUndefined()
})

test('alternate methods lead to the same operation, others to none', () => {
  expect(route('GET', '/lamps/7/dim')?.operation.id).toBe('lamps.dim')
  expect(route('POST', '/lamps/7/dim/')?.operation.id).toBe('lamps.dim')
  expect(route('DELETE', '/lamps/7/dim')).toBeUndefined()
})

test('of several operations on one path the played one answers', () => {
  expect(route('POST', '/signals')?.operation.id).toBe('lamps.flash')
  expect(route('GET', '/lamps/all')?.handler).toBeUndefined()
})

test('a handler without an operation is a mistake', () => {
  expect(() => createRouter(table, { 'lamps.paint': play })).toThrow('there is no operation lamps.paint')
  expect(() => createRouter(table, { constructor: play })).toThrow('there is no operation constructor')
})
