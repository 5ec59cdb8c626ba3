import type { Field, Operation, OperationTable, Shape } from '@wamux/core'
import { operations as sparkbot } from '@wamux/sparkbot/operations'
import { operations as waha } from '@wamux/waha/operations'
import { operations as warest } from '@wamux/warest/operations'
import { operations as wawp } from '@wamux/wawp/operations'
import { describe, expect, it } from 'vitest'
import { kebabCase } from '../src/command/case.ts'
import { fieldsOf, findFieldPath, flagName, isBinary, listedFields } from '../src/operation/fields.ts'
import { isPathParameter, operationFlags, secretFields, shownName } from '../src/operation/flags.ts'
import { invoke } from './in-process.ts'

const TABLES: Readonly<Record<string, OperationTable>> = { waha, wawp, warest, sparkbot }
const all = Object.entries(TABLES).flatMap(([gateway, { operations }]) => Object.values(operations).map((one) => ({ gateway, one })))

/** A value that fits a shape, as a person would type it; several for a list. */
function typed(shape: Shape): string[] {
  if (shape.enum) return [String(shape.enum[0])]
  if (isBinary(shape)) return ['package.json']
  if (shape.oneOf?.[0]) return typed(shape.oneOf[0])
  switch (typeof shape.type === 'string' ? shape.type : shape.type[0]) {
    case 'integer':
    case 'number':
      return [String(shape.minimum ?? 1)]
    case 'boolean':
      return []
    case 'array':
      return Array.from({ length: Math.max(1, shape.minItems ?? 1) }, () => typed(shape.items ?? { type: 'string' })[0] ?? 'true')
    case 'object':
      return [
        JSON.stringify(
          Object.fromEntries((shape.fields ?? []).filter(({ required }) => required).map((field) => [field.name, sample(field)])),
        ),
      ]
    default:
      return [text(shape)]
  }
}

function text({ pattern, minLength = 1, format }: Shape): string {
  if (format === 'uri') return 'https://example.com/file.png'
  if (pattern)
    return (
      ['6526b8a5a5a5a5a5a5a5a5a5', '4915112345678', '+4915112345678', '12:00', '#ff0000', 'a'].find((one) =>
        new RegExp(pattern, 'u').test(one),
      ) ?? 'a'
    )
  return 'x'.repeat(minLength)
}

/** The same as data, inside JSON. */
function sample(shape: Shape): unknown {
  const [first = 'true'] = typed(shape)
  if (shape.oneOf?.[0]) return sample(shape.oneOf[0])
  const type = typeof shape.type === 'string' ? shape.type : shape.type[0]
  if (type === 'array') return Array.from({ length: Math.max(1, shape.minItems ?? 1) }, () => sample(shape.items ?? { type: 'string' }))
  return type === 'string' || shape.enum ? first : JSON.parse(first)
}

/** A command line with all that an operation needs, each in the way that help shows. */
function commandLine(gateway: string, operation: Operation): string[] {
  // of several kinds of body the first one, JSON
  const first = operation.body?.kinds[0]?.fields ?? []
  const needed = fieldsOf(operation).filter(
    (field) => field.required || first.some(({ name, required }) => name === field.name && required),
  )
  const places = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(
    ([, name]) => typed(needed.find((field) => field.name === name) as Field)[0] ?? '',
  )
  const flags = needed.filter((field) => !isPathParameter(operation, field)).flatMap((field) => flagWords(field))
  return [gateway, ...operation.id.split('.').map(kebabCase), ...places, ...flags]
}

function flagWords(field: Field): string[] {
  const name = `--${shownName(flagName(field.name))}`
  if (field.name === 'body' && field.type !== 'string') return ['--body', JSON.stringify(sample(field))]
  const values = typed(field)
  return values.length === 0 ? [name] : values.flatMap((value) => [name, value])
}

describe.each(Object.entries(TABLES))('every operation of %s', (gateway, { operations }) => {
  it('makes the request of its document, with flags alone', async () => {
    const wrong: string[] = []
    for (const operation of Object.values(operations)) {
      const line = commandLine(gateway, operation)
      const { code, stdout, stderr } = await invoke([...line, '--dry-run', '--json'])
      const shown = code === 0 ? (JSON.parse(stdout) as { method: string; url: string }) : undefined
      const path = new RegExp(`${operation.path.replace(/[.*+?^$|()[\]\\]/g, '\\$&').replace(/\{[^{}]+\}/g, '[^/]+')}(\\?|$)`)
      if (shown?.method !== operation.method || !path.test(shown.url))
        wrong.push(`${line.join(' ')}: ${code} ${stderr} ${stdout.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
  })

  it('has help with an example, and says what was not seen', async () => {
    for (const operation of Object.values(operations)) {
      const words = [gateway, ...operation.id.split('.').map(kebabCase)]
      const { code, stdout } = await invoke([...words, '--help'])
      expect(code, words.join(' ')).toBe(0)
      expect(stdout).toContain('Examples\n  wamux ')
      if (operation.evidence !== 'verified') expect(stdout, words.join(' ')).toMatch(/not (\w+\s+)?(\w+\s+)?seen|was\s+not\s+seen/i)
    }
  })
})

describe('flags', () => {
  it('lead each to one field, whichever way they are written', () => {
    for (const { gateway, one } of all) {
      const fields = fieldsOf(one)
      for (const { name, field } of listedFields(fields)) {
        const target = findFieldPath(fields, name)
        expect(target?.shape.type, `${gateway} ${one.id} --${name}`).toEqual(field.type)
        expect(target?.path.at(-1)).toBe(field.name)
      }
      for (const field of fields)
        expect(findFieldPath(fields, field.name)?.path, `${gateway} ${one.id} --${field.name}`).toEqual([field.name])
    }
  })

  it('never hide one of wamux', () => {
    for (const { one } of all) {
      const { fields, common } = operationFlags(one)
      expect(Object.keys(fields).filter((name) => name in common || ['json', 'output', 'yes', 'help'].includes(name))).toEqual([])
    }
    expect(Object.keys(operationFlags(waha.operations['messages.sendButtons'] as Operation).fields)).toContain('field.body')
  })

  it('keep what is secret out of what is shown, at any depth', () => {
    const secret = all.filter(({ one }) => secretFields(one).size > 0)
    expect(secret.length).toBeGreaterThan(5)
    expect(secretFields(waha.operations['sessions.create'] as Operation)).toContain('password')
    expect(secretFields(waha.operations['sessions.create'] as Operation)).toContain('key')
  })
})
