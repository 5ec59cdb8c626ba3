import type { Field, Operation, OperationTable, Parameter } from '@wamux/core'
import { kebabCase } from '../../command/case.ts'
import type { ArgSpec, Command } from '../../command/command.ts'
import { fieldsOf, flagName, hasWholeBody, valuePlaceholder } from '../../operation/fields.ts'
import { findUsedFlags, isPathParameter, operationFlags, parsedFlags, shownName } from '../../operation/flags.ts'
import { operationOf } from '../../operation/names.ts'

/**
 * One operation of a gateway as a command.
 *
 * @param argv the rest of the command line: flags in other spellings and nested names are found in it
 * @throws UsageError when there is no such operation
 */
export function operationCommand(gateway: string, table: OperationTable, family: string, name: string, argv: readonly string[]): Command {
  const operation = operationOf(gateway, table, family, name)
  const used = findUsedFlags(operation, argv)
  return {
    about: lowerFirst(operation.about.replace(/\.$/, '')),
    details: detailsOf(operation),
    args: pathArgs(operation),
    flags: argv.length > 0 ? parsedFlags(operation, used) : shownFlags(operation),
    examples: examplesOf(gateway, operation),
    run: async (context) => (await import('./run.ts')).runOperation(gateway, operation, used, context),
  }
}

function shownFlags(operation: Operation) {
  const { fields, common } = operationFlags(operation)
  return { ...fields, ...common }
}

const EVIDENCE = {
  verified: undefined,
  'node-label': 'Only the name of this operation is known, from a node for n8n: method, path and fields are inferred. Not seen to work.',
  inferred: 'This operation is inferred from others of its kind: it was not seen to work.',
} as const

function detailsOf(operation: Operation): string {
  const { method, path, note, safety, audience, secretAnswer, secretFields, evidence, deprecated, engines, capability } = operation
  const facts = [
    ...(EVIDENCE[evidence] ? [EVIDENCE[evidence]] : []),
    ...(note ? [note] : []),
    ...(deprecated ? ['Deprecated.'] : []),
    ...(engines ? [`On the engines ${engines.join(', ')}.`] : []),
    ...(SAFETY[safety] ? [SAFETY[safety]] : []),
    ...(AUDIENCE[audience] ? [AUDIENCE[audience]] : []),
    ...(secretAnswer || secretFields ? ['Secrets in its answer are hidden without --show-secrets.'] : []),
    `${method} ${path}.`,
    ...(capability ? [`The same on every gateway: wamux ${capability.split('.').map(kebabCase).join(' ')}.`] : []),
  ]
  return facts.join(' ')
}

const SAFETY: Partial<Record<Operation['safety'], string>> = {
  send: 'It sends: never repeated when it may have been done.',
  create: 'It creates: never repeated when it may have been done.',
  danger: 'What it removes may be gone for good: it asks first.',
}

const AUDIENCE: Partial<Record<Operation['audience'], string>> = {
  others: 'Other people see it or receive something.',
  access: 'It gives somebody access to the account or the server, or shows their data.',
}

/** The parameters in the path, in its order. */
function pathParameters({ path, parameters = [] }: Operation): readonly Parameter[] {
  const order = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name)
  return parameters.filter((one) => one.in === 'path').sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}

// not `required`, because --input-json can give them; core reports missing ones
function pathArgs(operation: Operation): Record<string, ArgSpec> {
  return Object.fromEntries(
    pathParameters(operation).map((one) => [one.name, { about: one.about ?? 'part of the path', value: flagName(one.name) }]),
  )
}

function examplesOf(gateway: string, operation: Operation): string[] {
  const words = `wamux ${gateway} ${operation.id.split('.').map(kebabCase).join(' ')}`
  const places = pathParameters(operation).map((one) => ` ${exampleFor(one.name, one.default)}`)
  const required = fieldsOf(operation)
    .filter((field) => field.required && !isPathParameter(operation, field))
    .map((field) => (hasWholeBody(operation) && field.name === 'body' ? ' --body @body.json' : exampleFlag(field)))
  const line = words + places.join('') + required.join('')
  return [line, operation.body && !hasWholeBody(operation) ? `${words}${places.join('')} --body @body.json --dry-run` : `${line} --json`]
}

function exampleFlag(field: Field): string {
  const value = exampleFor(field.name, field.enum?.[0] ?? field.default, valuePlaceholder(field))
  return ` --${shownName(flagName(field.name))}${field.type === 'boolean' ? '' : ` ${value}`}`
}

const EXAMPLES: readonly (readonly [RegExp, string])[] = [
  [/^session(id)?$|^instance/i, 'default'],
  [/^(chat(id|wid)?|to|jid|target|phone|phonenumber)$/i, '4915112345678@c.us'],
  [/group/i, '120363041234567890@g.us'],
  [/^(text|message|caption|body)$/i, '"Hello"'],
]

function exampleFor(name: string, value: unknown, word = 'ID'): string {
  if (value !== undefined && typeof value !== 'object') return String(value)
  return EXAMPLES.find(([pattern]) => pattern.test(name))?.[1] ?? (word === 'json' ? `'{}'` : word === 'number' ? '1' : word.toUpperCase())
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
