import type { Audience, Field, Operation, Safety } from '@wamux/core'
import type { Danger } from '../command/confirm.ts'

/** What somebody has to allow before an agent may call an operation. */
export type Permission = 'change' | 'send' | 'access' | 'danger'

/** The two facts about an operation or verb on which questions and permissions depend. */
export interface Facts {
  readonly safety: Safety
  readonly audience: Audience
  readonly secretAnswer?: true
}

/** Everything that has to be allowed before an agent may call it; nothing for a read that touches nobody. */
export function permissionsFor({ safety, audience, secretAnswer }: Facts): readonly Permission[] {
  return [
    // an answer that is secret as a whole is no mere read for an agent
    ...(safety !== 'read' || secretAnswer ? (['change'] as const) : []),
    ...(audience === 'others' || safety === 'send' ? (['send'] as const) : []),
    ...(audience === 'access' || secretAnswer ? (['access'] as const) : []),
    ...(safety === 'danger' ? (['danger'] as const) : []),
  ]
}

/** The facts of one call: an input may do what cannot be undone, although the operation alone does not. */
export function factsOf(operation: Operation, input: Readonly<Record<string, unknown>>): Facts {
  const { safety, audience, secretAnswer } = operation
  return { safety: dangerousInput(operation, input) ? 'danger' : safety, audience, ...(secretAnswer ? { secretAnswer } : {}) }
}

function dangerousInput({ parameters = [], body }: Operation, input: Readonly<Record<string, unknown>>): Field | undefined {
  const fields = [...parameters, ...(body?.kinds ?? []).flatMap(({ fields = [] }) => fields)]
  // what is neither absent nor plainly off counts as on: gateways read `1`, `yes` and `TRUE` in ways of their own
  const isOn = (value: unknown) => value !== undefined && value !== null && value !== '' && value !== false && value !== 'false'
  return fields.find(({ danger, name }) => danger && Object.hasOwn(input, name) && isOn(input[name]))
}

/** What is said to a person who gives others access; nothing where nobody gains any, or where a person is asked anyway. */
export function accessNote({ safety, audience }: Facts): string | undefined {
  if (audience !== 'access' || safety === 'danger') return undefined
  return 'Note: this can give others access to the account or server, or to its data.'
}

/** Names of operations that delete something for good. */
const IRREVERSIBLE = /^(delete|clear|reset|removeChats|empty)/

/** What has to be confirmed before an operation is called with this input; undefined when nothing has to be. */
export function dangerOf(operation: Operation, input: Readonly<Record<string, unknown>>, gateway: string): Danger | undefined {
  if (factsOf(operation, input).safety !== 'danger') return undefined
  const field = dangerousInput(operation, input)
  const about = `${operation.about.replace(/\.$/, '')}${field?.about === undefined ? '' : `; ${field.name}: ${field.about.replace(/\.$/, '')}`}`
  const thing = targetName(operation, input)
  const what = `is "${operation.label}" on ${gateway}${thing === undefined ? '' : ` for "${thing}"`}: ${about.charAt(0).toLowerCase()}${about.slice(1)}`
  const name = operation.id.slice(operation.id.indexOf('.') + 1)
  return IRREVERSIBLE.test(name) ? { what, name: thing ?? operation.id } : { what }
}

// the last path parameter names the thing itself: {session}, {chat}, {message} -> the message
function targetName({ path, parameters = [], body }: Operation, input: Readonly<Record<string, unknown>>): string | undefined {
  const inPath = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '')
  const required = [...parameters, ...(body?.kinds[0]?.fields ?? [])].filter((field) => field.required).map(({ name }) => name)
  const names = inPath.length > 0 ? inPath : required
  const given = names.map((name) => input[name]).filter((value) => typeof value === 'string' || typeof value === 'number')
  const last = given.at(-1)
  return last === undefined ? undefined : String(last)
}
