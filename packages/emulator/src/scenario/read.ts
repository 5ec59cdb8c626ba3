import { isMap, LineCounter, type Node, parseDocument } from 'yaml'
import { EmulatorError } from '../errors.ts'
import { validateScenario } from '../generated/scenario-validator.ts'
import { parsePhone } from '../network/phone-number.ts'
import type { SchemaError } from './schema-error.ts'
import type { Scenario } from './types.ts'

/** Longest scenario, characters. */
const MAX_LENGTH = 5_000_000
const MAX_PROBLEMS = 10

type Path = readonly (string | number)[]

interface Problem {
  readonly path: Path
  readonly message: string
}

/** Where a part of a scenario is in its text. */
export type Locate = (path: Path) => string

/** A scenario that was read and is valid. */
export interface ReadScenario {
  readonly scenario: Scenario
  /** `line 3, column 5: `, or nothing for one that was no text. */
  readonly locate: Locate
}

/**
 * Reads a scenario and checks it.
 *
 * @param source YAML or JSON text, or the scenario itself
 * @throws {EmulatorError} `invalid`: names line, field and what was expected
 */
export function readScenario(source: unknown): ReadScenario {
  const { value, locate } = typeof source === 'string' ? parse(source) : { value: source, locate: () => '' }
  const problems = shapeProblems(value)
  refuse(problems, locate)
  const scenario = (value ?? {}) as Scenario
  refuse(referenceProblems(scenario), locate)
  return { scenario, locate }
}

function refuse(problems: readonly Problem[], locate: Locate): void {
  if (problems.length === 0) return
  const lines = problems.slice(0, MAX_PROBLEMS).map(({ path, message }) => `${locate(path)}${nameOf(path)}: ${message}`)
  const more = problems.length > MAX_PROBLEMS ? [`and ${problems.length - MAX_PROBLEMS} more`] : []
  throw new EmulatorError('invalid', [...lines, ...more].join('\n'))
}

/** `replies[0].when.text` */
export function nameOf(path: Path): string {
  if (path.length === 0) return 'the scenario'
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}

function parse(text: string): { readonly value: unknown; readonly locate: Locate } {
  if (text.length > MAX_LENGTH) throw new EmulatorError('invalid', `the scenario is longer than ${MAX_LENGTH} characters`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const positionOf = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `line ${line}, column ${col}: `
  }
  const [error] = document.errors
  if (error) throw new EmulatorError('invalid', `${positionOf(error.pos[0])}${error.message.split('\n', 1)[0]}`)

  const locate: Locate = (path) => {
    // the deepest part that is there: what is missing is missed in what it belongs to
    for (let length = path.length; length > 0; length--) {
      const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
      const key = path[length - 1]
      const pair = isMap(parent) ? parent.items.find((one) => String((one.key as { value?: unknown }).value) === key) : undefined
      const node = (pair?.key ?? document.getIn(path.slice(0, length), true)) as Node | undefined
      if (node?.range) return positionOf(node.range[0])
    }
    return positionOf(document.contents?.range?.[0] ?? 0)
  }
  try {
    // few aliases: one that names itself again and again would grow without end
    return { value: document.toJS({ maxAliasCount: 100 }), locate }
  } catch (problem) {
    throw new EmulatorError('invalid', `the scenario: ${(problem as Error).message}`)
  }
}

function shapeProblems(value: unknown): readonly Problem[] {
  if (value === null || value === undefined) return []
  if (validateScenario(value)) return []
  const found = new Map<string, Problem>()
  for (const error of validateScenario.errors ?? []) {
    const problem = problemOf(error, value)
    if (problem && !found.has(nameOf(problem.path))) found.set(nameOf(problem.path), problem)
  }
  return [...found.values()]
}

function problemOf(error: SchemaError, value: unknown): Problem | undefined {
  const path: (string | number)[] = []
  let at: unknown = value
  for (const part of error.instancePath.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(at) ? Number(key) : key)
    at = (at as Record<string, unknown>)[key]
  }
  const { keyword, params, parentSchema = {} } = error
  const { examples } = parentSchema
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys(parentSchema.properties ?? {})
      return { path: [...path, String(params.additionalProperty)], message: `unknown; expected one of ${known.join(', ')}` }
    }
    case 'required':
      return { path: [...path, String(params.missingProperty)], message: 'required' }
    case 'propertyNames':
      return {
        path: [...path, String(params.propertyName)],
        message: 'expected a name of letters, digits, - and _ that begins with a letter',
      }
    case 'enum':
      return { path, message: `expected one of ${(params.allowedValues as unknown[]).join(', ')}` }
    case 'type': {
      const type = [params.type].flat().join(' or ')
      return { path, message: `expected ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}, not ${shown(at)}` }
    }
    case 'pattern':
      // propertyNames already reports the name of the property
      return examples
        ? { path, message: `expected something like ${examples.map((one) => JSON.stringify(one)).join(', ')}, not ${shown(at)}` }
        : undefined
    case 'format':
      return { path, message: `expected a regular expression, not ${shown(at)}` }
    default:
      return { path, message: error.message ?? keyword }
  }
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
}

/** What no schema can check: whether names exist, phone numbers are valid, and messages have content. */
function referenceProblems(scenario: Scenario): readonly Problem[] {
  const { time, phones = {}, groups = {}, history = [], sessions = [], replies = [] } = scenario
  const problems: Problem[] = []
  const add = (path: Path, message: string) => problems.push({ path, message })
  const isOne = (all: object, name: string) => Object.hasOwn(all, name)
  const phone = (path: Path, name: string | undefined) => {
    if (name !== undefined && !isOne(phones, name))
      add(path, `no phone is called ${JSON.stringify(name)}; expected one of ${listed(phones)}`)
  }

  if (time !== undefined && !(/^\d{4}-\d\d-\d\dT/.test(time) && Number.isFinite(Date.parse(time)))) {
    add(['time'], `expected a time like "2026-03-01T09:00:00Z", not ${shown(time)}`)
  }
  const numbers = new Map<string, string>()
  for (const [name, one] of Object.entries(phones)) {
    const own = typeof one === 'object' ? one : undefined
    const given = own ? own.number : (one as string | number)
    const path = own ? ['phones', name, 'number'] : ['phones', name]
    const digits = parsePhone(given)
    const other = digits === undefined ? undefined : numbers.get(digits)
    if (digits === undefined) add(path, `expected a number with country code like "+1 202 555 0101", not ${shown(given)}`)
    else if (other !== undefined) add(path, `${other} has this number already`)
    else numbers.set(digits, name)
    for (const contact of Object.keys(own?.contacts ?? {})) phone(['phones', name, 'contacts', contact], contact)
    if (isOne(groups, name)) add(['groups', name], 'a phone has this name already')
  }
  for (const [name, { owner, members, admins = [] }] of Object.entries(groups)) {
    phone(['groups', name, 'owner'], owner)
    for (const [index, member] of members.entries()) phone(['groups', name, 'members', index], member)
    for (const [index, admin] of admins.entries()) {
      if (!members.includes(admin)) add(['groups', name, 'admins', index], `${JSON.stringify(admin)} is not one of its members`)
    }
  }
  for (const [index, { from, to, ...content }] of history.entries()) {
    phone(['history', index, 'from'], from)
    if (!isOne(groups, to)) phone(['history', index, 'to'], to)
    if (!hasContent(content)) add(['history', index], 'expected one of text, poll, place, file')
  }
  for (const [index, session] of sessions.entries()) {
    phone(['sessions', index, 'phone'], session.phone)
    if (session.name !== undefined && session.gateway !== 'waha' && session.gateway !== 'warest') {
      add(['sessions', index, 'name'], `${session.gateway} names its sessions itself`)
    }
  }
  for (const [index, { phone: by, when = {}, react, vote, ...content }] of replies.entries()) {
    phone(['replies', index, 'phone'], by)
    phone(['replies', index, 'when', 'from'], when.from)
    if (when.in !== undefined && when.in !== 'private' && !isOne(groups, when.in)) {
      add(['replies', index, 'when', 'in'], `no group is called ${JSON.stringify(when.in)}; expected private, or one of ${listed(groups)}`)
    }
    if (!hasContent(content) && react === undefined && vote === undefined)
      add(['replies', index], 'expected one of text, poll, place, file, react, vote')
  }
  return problems
}

function hasContent({ text, poll, place, file }: Readonly<Record<string, unknown>>): boolean {
  return [text, poll, place, file].some((one) => one !== undefined)
}

function listed(all: object): string {
  return Object.keys(all).slice(0, 20).join(', ') || 'none: there are none'
}
