import type { Operation } from '@wamux/core'
import type { Input } from '@wamux/document-server'
import type { Json, Property } from '../engine/n8n-types.ts'
import { type Control, controlAt, type Form, groupOf } from './form.ts'
import { ExpectedFile, fillFile, SOURCES, type Source } from './sent-file.ts'

/** A filled form. */
export interface Filled {
  readonly parameters: Json
  /** What has to arrive, as flat input; files stand in it as `ExpectedFile`. */
  readonly sent: Input
  /** Resource locators, whose values are expressions over the item: name in the item's `values`, and what it has there. */
  readonly locators: Readonly<Record<string, string>>
  /** Inputs that the form does not offer. */
  readonly missed: readonly string[]
  /** Where the files of this operation can come from. */
  readonly sources: readonly Source[]
}

function namesIn({ parameters = [], body }: Operation): string[] {
  return [...parameters, ...(body?.kinds ?? []).flatMap((kind) => kind.fields ?? [])].map((one) => one.name)
}

interface Filling {
  readonly form: Form
  readonly source: Source | undefined
  readonly parameters: Json
  readonly more: Json
  readonly locators: Record<string, string>
  readonly missed: string[]
  readonly sources: Set<Source>
}

/** Stands in what has to arrive for the value of a locator, which is another one for each item. */
export class LocatorValue {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** A value of the input cannot be said with the control that is there for it. */
export class NotSayable extends Error {}

/**
 * Fills in what an input has, and nothing else, as a person would.
 *
 * @param source where files come from; default the first that the form offers
 */
export function fillForm(form: Form, operation: Operation, input: Input, source?: Source): Filled {
  const filling: Filling = { form, source, parameters: {}, more: {}, locators: {}, missed: [], sources: new Set() }
  const sent: Json = {}
  // one file in place of the inputs `url` and `data`
  const flat = form.has('fileSource') && !namesIn(operation).includes('file')
  if (flat) {
    const file = fillTopFile(filling, 'file', false)
    sent[file.source === 'url' ? 'url' : 'data'] = file
  }
  for (const [name, value] of Object.entries(input)) {
    if (flat && (name === 'url' || name === 'data')) continue
    const arrived = fillPlace(filling, [name], value)
    if (arrived !== undefined) sent[name] = arrived
  }
  chooseNothing(filling)
  const more = Object.keys(filling.more).length > 0 ? { additionalFields: filling.more } : {}
  const { locators, missed, sources } = filling
  const parameters = { resource: form.resource, operation: form.operation, ...filling.parameters, ...more }
  return { parameters, sent, locators, missed, sources: [...sources] }
}

// gives what has to arrive
function fillPlace(filling: Filling, path: readonly string[], value: unknown): unknown {
  const { form } = filling
  const nameOf = ({ property }: Control) => property.name
  const top = controlAt(form.top, nameOf, path)
  if (top) {
    for (const [name, needed] of Object.entries(top.when)) {
      // of inputs of which one is chosen the first counts
      if (filling.parameters[name] !== undefined && filling.parameters[name] !== needed) return undefined
      filling.parameters[name] = needed
    }
    const [parameter, arrived] = fillControl(filling, top.property, value, path.join('.'))
    filling.parameters[top.property.name] = parameter
    return arrived
  }
  const source = form.top.find(
    ({ property }) => controlAt([property.name.replace(/Source$/, '')], String, path) && property.name.endsWith('Source'),
  )
  if (source) return fillTopFile(filling, source.property.name.replace(/Source$/, ''), Array.isArray(value))
  const added = controlAt(form.more, (one) => one.name, path)
  if (added) {
    const [parameter, arrived] = fillControl(filling, added, value, path.join('.'))
    filling.more[added.name] = parameter
    return arrived
  }
  if (isRecord(value)) {
    // an object that has to be there is laid out: each of its fields is a control
    const entries = Object.entries(value).map(([name, inner]) => [name, fillPlace(filling, [...path, name], inner)])
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
  }
  filling.missed.push(path.join('.'))
  return undefined
}

function fillTopFile(filling: Filling, name: string, many: boolean): ExpectedFile {
  const property = filling.form.top.find((one) => one.property.name === `${name}Source`)?.property
  const source = chooseSource(filling, property)
  Object.assign(filling.parameters, { [`${name}Source`]: source }, fillFile(name, source, many))
  return new ExpectedFile(source)
}

function chooseSource(filling: Filling, property: Property | undefined): Source {
  const offered = SOURCES.filter((one) => ((property?.options ?? []) as readonly { value: unknown }[]).some(({ value }) => value === one))
  for (const one of offered) filling.sources.add(one)
  const [first] = offered
  if (!first) throw new NotSayable(`${property?.name ?? 'a file'} offers no source`)
  return filling.source && offered.includes(filling.source) ? filling.source : first
}

// a choice with none of its inputs given
function chooseNothing({ form, parameters }: Filling): void {
  for (const name of new Set(form.top.flatMap(({ when }) => Object.keys(when)))) {
    const chooser = form.top.find(({ property }) => property.name === name)?.property
    const none = ((chooser?.options ?? []) as readonly { value: unknown }[]).some(({ value }) => value === 'none')
    if (none) parameters[name] ??= 'none'
  }
}

// the parameter, and what has to arrive
function fillControl(filling: Filling, property: Property, value: unknown, place: string): [unknown, unknown] {
  switch (property.type) {
    case 'resourceLocator':
      return fillLocator(filling, property, value, place)
    case 'json':
      return [JSON.stringify(value), value]
    case 'collection':
      return fillFields(filling, property.options as readonly Property[], value, place)
    case 'fixedCollection':
      return fillGroups(filling, property, value, place)
    case 'multiOptions':
      return Array.isArray(value) ? [value, value] : [[value], [value]]
    case 'string':
      return property.typeOptions?.multipleValues ? fillTexts(value, place) : sayable(value, 'string', place)
    case 'dateTime':
      return sayable(value, 'string', place)
    case 'number':
    case 'boolean':
      return sayable(value, property.type, place)
    default:
      return [value, value]
  }
}

function sayable(value: unknown, type: string, place: string): [unknown, unknown] {
  if (typeof value !== type) throw new NotSayable(`${place} takes a ${type} only`)
  return [value, value]
}

// lists of ids that have a form: no space is in one
const WITHOUT_SPACES = ['chat', 'contact', 'group', 'channel']

function fillLocator(filling: Filling, property: Property, value: unknown, place: string): [unknown, unknown] {
  if (typeof value !== 'string') throw new NotSayable(`${place} takes one id only`)
  const lists = property.modes?.map(({ typeOptions }) => typeOptions?.searchListMethod ?? '') ?? []
  filling.locators[place] = lists.some((list) => WITHOUT_SPACES.includes(list)) ? value.replace(/\s/g, '-') : value
  return [{ __rl: true, mode: 'id', value: `={{ $json.values[${JSON.stringify(place)}] }}` }, new LocatorValue(place)]
}

function fillTexts(value: unknown, place: string): [unknown, unknown] {
  const list = Array.isArray(value) ? value : [value]
  const texts = list.map((one) => (isRecord(one) ? Object.values(one)[0] : one))
  if (texts.some((one) => typeof one === 'object' && one !== null)) throw new NotSayable(`${place} takes texts only`)
  return [texts.map(String), list]
}

function fillFields(filling: Filling, fields: readonly Property[], value: unknown, place: string): [Json, Json] {
  if (!isRecord(value)) throw new NotSayable(`${place} takes an object only`)
  const parameter: Json = {}
  const arrived: Json = {}
  for (const [name, inner] of Object.entries(value)) {
    const control = controlAt(fields, (one) => one.name, [name])
    if (control) [parameter[control.name], arrived[name]] = fillControl(filling, control, inner, `${place}.${name}`)
    else filling.missed.push(`${place}.${name}`)
  }
  return [parameter, arrived]
}

function fillGroups(filling: Filling, property: Property, value: unknown, place: string): [unknown, unknown] {
  const file = groupOf(property, 'file')
  if (file) {
    const source = chooseSource(
      filling,
      file.find((one) => one.name === 'source'),
    )
    return [{ file: { source, ...fillFile('file', source, false) } }, new ExpectedFile(source)]
  }
  const fields = groupOf(property, 'entry') ?? []
  if (isRecord(value)) return [{ entry: Object.entries(value).map(([name, inner]) => ({ name, value: inner })) }, value]
  if (!Array.isArray(value)) throw new NotSayable(`${place} takes a list only`)
  const rows = value.map((row) => fillRow(filling, fields, row, place))
  return [{ entry: rows.map(([parameter]) => parameter) }, rows.map(([, arrived]) => arrived)]
}

function fillRow(filling: Filling, fields: readonly Property[], row: unknown, place: string): [Json, Json] {
  if (!isRecord(row)) throw new NotSayable(`${place} takes objects only`)
  const further = (fields.find((one) => one.name === 'additionalFields')?.options ?? []) as readonly Property[]
  const isTop = (name: string) => controlAt(fields, (one) => one.name, [name]) !== undefined
  const part = (top: boolean) => Object.fromEntries(Object.entries(row).filter(([name]) => isTop(name) === top))
  const [parameter, arrived] = fillFields(filling, fields, part(true), place)
  const [added, arrivedToo] = fillFields(filling, further, part(false), place)
  const both = { ...arrived, ...arrivedToo }
  const inOrder = Object.fromEntries(Object.keys(row).flatMap((name) => (name in both ? [[name, both[name]]] : [])))
  return [Object.keys(added).length > 0 ? { ...parameter, additionalFields: added } : parameter, inOrder]
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
