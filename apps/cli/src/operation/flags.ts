import type { Field, Operation, Shape } from '@wamux/core'
import { CALL_FLAGS, CONFIRM_FLAGS, type FlagSpec, GLOBAL_FLAGS } from '../command/flags.ts'
import {
  type FieldPath,
  fieldsOf,
  findFieldPath,
  flagName,
  hasWholeBody,
  isBinary,
  type ListedField,
  listedFields,
  valuePlaceholder,
} from './fields.ts'
import { listShape } from './values.ts'

/** Flags of every operation, besides those of its fields. */
const COMMON_FLAGS: Readonly<Record<string, FlagSpec>> = {
  body: { about: 'the whole body: JSON, @file.json, or - for stdin', value: 'json' },
  'input-json': { about: 'all inputs by their names in the API: JSON, @file.json, or - for stdin', value: 'json' },
  out: { about: 'save the response to this file', value: 'file' },
  ...CALL_FLAGS,
}
const RESERVED: ReadonlySet<string> = new Set([...Object.keys(GLOBAL_FLAGS), ...Object.keys(COMMON_FLAGS), ...Object.keys(CONFIRM_FLAGS)])
/** Prefix for a field that has the name of a flag of wamux. */
const ESCAPE = 'field.'

/** The flags of one operation, as help shows them: those of its fields, and those of every operation. */
export function operationFlags(operation: Operation): {
  readonly fields: Readonly<Record<string, FlagSpec>>
  readonly common: Readonly<Record<string, FlagSpec>>
} {
  const whole = hasWholeBody(operation)
  const listed = listedFields(fieldsOf(operation)).filter(
    ({ name, field }) => !isPathParameter(operation, field) && !(whole && name === 'body'),
  )
  return { fields: Object.fromEntries(listed.map((one) => [shownName(one.name), flagSpec(one)])), common: commonFlags(operation) }
}

function commonFlags(operation: Operation): Readonly<Record<string, FlagSpec>> {
  const { safety, body } = operation
  const { body: wholeBody, ...rest } = COMMON_FLAGS
  return { ...(body && wholeBody ? { body: wholeBody } : {}), ...rest, ...(safety === 'danger' ? CONFIRM_FLAGS : {}) }
}

/** True for a path parameter: it is an argument in its place, and also taken as a flag. */
export function isPathParameter({ parameters = [] }: Operation, field: Field): boolean {
  return parameters.some((one) => one.in === 'path' && one.name === field.name)
}

/** The flag of a field: `field.NAME` when wamux has a flag of that name. */
export function shownName(name: string): string {
  return RESERVED.has(name) ? ESCAPE + name : name
}

function flagSpec({ field }: ListedField): FlagSpec {
  const value = valuePlaceholder(field)
  return { about: aboutField(field), ...(value === undefined ? {} : { value }), ...(listShape(field) ? { repeat: true } : {}) }
}

function aboutField(field: Field): string {
  const marks = [
    ...(field.required ? ['required'] : []),
    ...(field.enum && field.enum.length > 5 ? [`one of ${field.enum.join(', ')}`] : []),
    ...(field.default === undefined ? [] : [`default ${JSON.stringify(field.default)}`]),
    ...(isBinary(field) ? ['a file, or - for stdin'] : []),
    ...(listShape(field) ? [listHint(field)] : []),
    ...(field.deprecated ? ['deprecated'] : []),
    ...(field.evidence && field.evidence !== 'verified' ? [`${field.evidence}, not seen`] : []),
  ]
  return [field.about, marks.join('; ')].filter(Boolean).join(' ') || flagName(field.name).replaceAll('-', ' ')
}

function listHint(field: Field): string {
  const parts = (listShape(field)?.items?.fields ?? []).map(({ name }) => name)
  if (parts.length === 0) return 'may be given several times'
  return `JSON with ${parts.join(', ')}, several times; or --${flagName(field.name)}.0.${flagName(parts[0] ?? '')}`
}

/** A flag of the command line, and the field that it fills. */
export interface UsedFlag {
  /** As it was typed, without dashes. */
  readonly name: string
  readonly target: FieldPath
  /** True for `--no-NAME`. */
  readonly negated: boolean
}

/** Finds the flags of a command line and their fields, in any spelling: --chatId, --chat-id, --chat_id. */
export function findUsedFlags(operation: Operation, argv: readonly string[]): UsedFlag[] {
  const fields = fieldsOf(operation)
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const names = argv.slice(0, end).flatMap((one) => /^--([^=]+)/.exec(one)?.[1] ?? [])
  return [...new Set(names)].flatMap((name) => usedFlag(fields, name) ?? [])
}

function usedFlag(fields: readonly Field[], name: string): UsedFlag | undefined {
  if (RESERVED.has(name)) return undefined
  const plain = name.startsWith(ESCAPE) ? name.slice(ESCAPE.length) : name
  const target = findFieldPath(fields, plain)
  if (target) return { name, target, negated: false }
  const without = plain.startsWith('no-') ? findFieldPath(fields, plain.slice(3)) : undefined
  return without && isBoolean(without) ? { name, target: without, negated: true } : undefined
}

function isBoolean({ shape: { type } }: FieldPath): boolean {
  return type === 'boolean'
}

/** The flags to parse a command line with: those of help, and other spellings that the line uses. */
export function parsedFlags(operation: Operation, used: readonly UsedFlag[]): Record<string, FlagSpec> {
  const { fields, common } = operationFlags(operation)
  const flags: Record<string, FlagSpec> = { ...fields, ...common }
  for (const { name, target, negated } of used) {
    const repeat = listShape(target.shape) !== undefined
    // a boolean flag needs no value; `--flag=false` is taken, too
    if (negated) flags[name] = { about: '' }
    else if (isBoolean(target)) flags[name] = { about: '', value: 'true|false', optional: true }
    else flags[name] = { about: '', value: valuePlaceholder(target.shape) ?? 'value', ...(repeat ? { repeat } : {}) }
  }
  return flags
}

/** Names of fields, at any depth, whose values are secret. */
export function secretFields(operation: Operation): ReadonlySet<string> {
  return new Set(secretNames(fieldsOf(operation)))
}

function secretNames(fields: readonly Field[]): string[] {
  return fields.flatMap((field) => [...(field.secret ? [field.name] : []), ...secretNames(partsOf(field))])
}

function partsOf({ fields, items, values, oneOf }: Shape): readonly Field[] {
  return [...(fields ?? []), ...(items ? partsOf(items) : []), ...(values ? partsOf(values) : []), ...(oneOf?.flatMap(partsOf) ?? [])]
}
