import type { Field, Operation, OperationTable } from '@wamux/core'
import type { INodeProperties } from 'n8n-workflow'
import { formFor, type Placed } from '../src/controls/control.ts'
import { operationValue } from '../src/controls/operation-value.ts'
import type { MediaRule, MediaSource, Overlay } from '../src/overlay/overlay.ts'
import { descriptionText, fieldDescription, fieldLabel, inCapitals, sentenceCase, titleCase } from './words.ts'

type Property = INodeProperties
type Option = { readonly name: string; readonly value: string | number | boolean; readonly description?: string; readonly action?: string }

/** A property and the operations that have it; equal ones are written once. */
interface Shared {
  readonly property: Property
  readonly operations: string[]
  readonly extra: Readonly<Record<string, readonly unknown[]>>
}

/** The properties of one resource. */
export function propertiesOf(table: OperationTable, overlay: Overlay, resource: string): Property[] {
  const operations = Object.values(table.operations).filter((one) => one.resource === resource)
  const [value] = overlay.resources[resource] ?? [resource]
  const top = new Map<string, Shared>()
  const more = new Map<string, Shared>()
  for (const operation of operations) {
    const form = formFor(operation, overlay)
    const say = operationValue(operation)
    const add = (all: Map<string, Shared>, property: Property, extra: Shared['extra'] = {}) => share(all, property, say, extra)
    const choose = () => addChoice(add, top, operation, overlay, form.choice)
    const whom = form.top.filter(({ control }) => control.kind === 'locator')
    for (const one of whom) addTop(add, top, operation, overlay, one)
    choose()
    for (const one of form.top.filter((each) => !whom.includes(each))) addTop(add, top, operation, overlay, one)
    for (const one of form.more) add(more, collectionEntry(operation, overlay, one))
    for (const one of form.top) for (const extra of mediaDetails(one)) add(more, extra)
  }
  const shown = (names: readonly string[], extra: Shared['extra'] = {}) =>
    ({ show: { resource: [value], operation: [...names], ...extra } }) as NonNullable<Property['displayOptions']>
  return [
    operationProperty(overlay, resource, value, operations),
    ...notices(operations).map(
      ({ text, name, names }): Property => ({ displayName: text, name, type: 'notice', default: '', displayOptions: shown(names) }),
    ),
    ...[...top.values()].map(({ property, operations: names, extra }) => ({ ...property, displayOptions: shown(names, extra) })),
    ...listProperties(operations, overlay, shown),
    ...collectionProperty([...more.values()], shown),
  ]
}

/** Chooses the resource. */
export function resourceProperty(table: OperationTable, overlay: Overlay): Property {
  const options = table.resources.map(({ name, label }): Option => {
    const [value, title] = overlay.resources[name] ?? [name, label]
    return { name: title, value }
  })
  return {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: options.toSorted(byName),
    default: overlay.resources[overlay.firstResource]?.[0] ?? '',
  }
}

function operationProperty(overlay: Overlay, resource: string, value: string, operations: readonly Operation[]): Property {
  const options = operations.map((operation): Option => {
    const label = titleCase(overlay.labels?.[operation.id] ?? operation.label)
    return {
      name: label,
      value: operationValue(operation),
      description: descriptionText(operation.about),
      action: sentenceCase(label),
    }
  })
  const first =
    operations.find((one) => one.id === overlay.firstOperations[resource]) ??
    operations.find((one) => one.safety === 'read') ??
    operations[0]
  return {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: [value] } },
    options: options.toSorted(byName),
    default: first ? operationValue(first) : '',
  }
}

type Add = (all: Map<string, Shared>, property: Property, extra?: Shared['extra']) => void

// equal but for the words below: the first one's serve for all
function share(all: Map<string, Shared>, property: Property, operation: string, extra: Shared['extra']): void {
  const { description: _, ...rest } = property
  const key = JSON.stringify([rest, extra])
  const found = all.get(key)
  if (!found) all.set(key, { property, operations: [operation], extra })
  else if (!found.operations.includes(operation)) found.operations.push(operation)
}

function addChoice(add: Add, top: Map<string, Shared>, operation: Operation, overlay: Overlay, choice: readonly Placed[]): void {
  const { choice: rule } = overlay
  if (!rule || choice.length === 0) return
  const options = choice.map((one) => ({ name: fieldLabel(operation, overlay, one), value: one.name }))
  add(top, {
    displayName: rule.label,
    name: rule.name,
    type: 'options',
    options: [...options, { name: 'Nobody Named Here', value: 'none' }].toSorted(byName),
    default: choice[0]?.name ?? '',
    description: descriptionText(rule.about),
  })
  for (const one of choice) add(top, { ...propertyFor(operation, overlay, one), required: true }, { [rule.name]: [one.name] })
}

function addTop(add: Add, top: Map<string, Shared>, operation: Operation, overlay: Overlay, one: Placed): void {
  if (one.control.kind !== 'media') {
    const mayBeEmpty = overlay.mayBeEmpty?.includes(`${operation.id}.${one.path.join('.')}`)
    const property = propertyFor(operation, overlay, one)
    add(top, one.required && !mayBeEmpty && one.control.kind !== 'boolean' ? { ...property, required: true } : property)
    return
  }
  const { rule } = one.control
  const source = `${one.name}Source`
  const title = fieldLabel(operation, overlay, one)
  add(top, sourceProperty(rule, source, `${title} Source`, fieldDescription(operation, overlay, one)))
  for (const kind of rule.sources) add(top, { ...mediaProperty(rule, kind, one.name, title), required: true }, { [source]: [kind] })
}

const SOURCES: Readonly<Record<MediaSource, string>> = { base64: 'Base64', binary: 'Binary Field', id: 'Uploaded File', url: 'URL' }

function sourceProperty(rule: MediaRule, name: string, displayName: string, description: string): Property {
  const options = rule.sources.map((value) => ({ name: SOURCES[value], value })).toSorted(byName)
  return { displayName, name, type: 'options', options, default: rule.sources[0] ?? '', ...(description ? { description } : {}) }
}

function mediaProperty(rule: MediaRule, source: MediaSource, name: string, title: string): Property {
  const many = rule.many ? ({ typeOptions: { multipleValues: true }, default: [] } as const) : ({ default: '' } as const)
  switch (source) {
    case 'binary':
      return {
        displayName: 'Input Binary Field',
        name: `${name}BinaryField`,
        type: 'string',
        default: 'data',
        placeholder: 'e.g. data',
        description: rule.many
          ? 'Names of the input fields that hold the files, separated by commas'
          : 'Name of the input field that holds the file',
      }
    case 'url':
      return {
        displayName: `${title} URL`,
        name: `${name}Url`,
        type: 'string',
        ...many,
        placeholder: 'e.g. https://example.com/picture.jpg',
        description: 'The gateway downloads it from there',
      }
    case 'base64':
      return {
        displayName: `${title} Content`,
        name: `${name}Base64`,
        type: 'string',
        ...many,
        description: 'Content of the file as base64 text',
      }
    case 'id':
      return {
        displayName: `${title} ID`,
        name: `${name}FileId`,
        type: 'string',
        default: '',
        placeholder: 'e.g. 507f1f77bcf86cd799439011',
        description: 'ID of a file that was uploaded before',
      }
  }
}

// name and type of a file come with a binary field; they can be said otherwise
function mediaDetails({ name, control }: Placed): Property[] {
  if (control.kind !== 'media') return []
  const { rule } = control
  if (rule.style === 'object') return [fileNameProperty(`${name}Name`), mimeTypeProperty(`${name}MimeType`)]
  if (rule.style === 'text') return [mimeTypeProperty(`${name}MimeType`)]
  if (rule.style === 'form') return [fileNameProperty(`${name}Name`)]
  return []
}

function fileNameProperty(name: string): Property {
  return {
    displayName: 'Name of the File',
    name,
    type: 'string',
    default: '',
    placeholder: 'e.g. picture.jpg',
    description: 'In place of the name that a binary field has',
  }
}

function mimeTypeProperty(name: string): Property {
  return {
    displayName: 'MIME Type',
    name,
    type: 'string',
    default: '',
    placeholder: 'e.g. image/jpeg',
    description: 'In place of the one that a binary field has',
  }
}

function collectionEntry(operation: Operation, overlay: Overlay, placed: Placed): Property {
  return propertyFor(operation, overlay, placed)
}

function propertyFor(operation: Operation, overlay: Overlay, placed: Placed): Property {
  const { control, field, name } = placed
  const description = fieldDescription(operation, overlay, placed)
  const base = { displayName: fieldLabel(operation, overlay, placed), name }
  const told = description && description !== base.displayName ? { description } : {}
  switch (control.kind) {
    case 'text':
      return { ...base, type: /colou?r/i.test(name) ? 'color' : 'string', ...secretOf(field), default: '', ...emailOf(name), ...told }
    case 'number':
      return {
        ...base,
        type: 'number',
        ...limitsOf(field),
        default: field.minimum !== undefined && field.minimum > 0 ? field.minimum : 0,
        ...told,
      }
    case 'boolean':
      return { ...base, type: 'boolean', default: false, ...told }
    case 'date':
      return { ...base, type: 'dateTime', default: '', ...told }
    case 'json':
      return { ...base, type: 'json', default: listShape(field) ? '[]' : '{}', ...told }
    case 'option':
      return { ...base, type: 'options', options: optionsOf(control.values), default: control.values[0] ?? '', ...told }
    case 'options':
      return { ...base, type: 'multiOptions', options: optionsOf(control.values), default: [], ...told }
    case 'texts':
      return { ...base, type: 'string', typeOptions: { multipleValues: true }, default: [], ...told }
    case 'pairs':
      return {
        ...base,
        type: 'fixedCollection',
        typeOptions: { multipleValues: true },
        placeholder: 'Add Entry',
        default: {},
        options: [PAIR],
        ...told,
      }
    case 'locator':
      return { ...base, ...locatorProperty(overlay, control.list), ...told }
    case 'fields':
      return {
        ...base,
        type: 'collection',
        placeholder: 'Add Field',
        default: {},
        options: sorted(control.fields.map((one) => propertyFor(operation, overlay, one))),
        ...told,
      }
    case 'rows':
      return {
        ...base,
        type: 'fixedCollection',
        typeOptions: { multipleValues: true },
        placeholder: 'Add Entry',
        default: {},
        options: [rowsOf(operation, overlay, control)],
        ...told,
      }
    case 'media':
      return { ...base, type: 'fixedCollection', placeholder: 'Add File', default: {}, options: [mediaGroup(control.rule)], ...told }
  }
}

const PAIR = {
  displayName: 'Entry',
  name: 'entry',
  values: [
    { displayName: 'Name', name: 'name', type: 'string' as const, default: '' },
    { displayName: 'Value', name: 'value', type: 'string' as const, default: '' },
  ],
}

function rowsOf(
  operation: Operation,
  overlay: Overlay,
  control: { readonly required: readonly Placed[]; readonly optional: readonly Placed[] },
) {
  const required = control.required.map((one) => ({
    ...propertyFor(operation, overlay, one),
    ...(one.control.kind === 'boolean' ? {} : { required: true }),
  }))
  const optional = sorted(control.optional.map((one) => propertyFor(operation, overlay, one)))
  const more: Property = {
    displayName: 'Additional Fields',
    name: 'additionalFields',
    type: 'collection',
    placeholder: 'Add Field',
    default: {},
    options: optional,
  }
  return { displayName: 'Entry', name: 'entry', values: inRows([...required, ...(optional.length > 0 ? [more] : [])]) }
}

// n8n wants longer forms sorted
function inRows(values: readonly Property[]): Property[] {
  return values.length < 5 ? [...values] : sorted(values)
}

// name and type of a file come with it, or from the ending of its address
function mediaGroup(rule: MediaRule) {
  const fields = rule.sources.map((kind) => ({
    ...mediaProperty(rule, kind, 'file', 'File'),
    displayOptions: { show: { source: [kind] } },
  }))
  return { displayName: 'File', name: 'file', values: [sourceProperty(rule, 'source', 'Source', ''), ...fields] }
}

function locatorProperty(overlay: Overlay, list: string): Omit<Property, 'displayName' | 'name'> {
  const rule = overlay.lists[list]
  if (!rule) throw new Error(`there is no list "${list}"`)
  const placeholder = `e.g. ${rule.example}`
  return {
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    modes: [
      { displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: list, searchable: true } },
      { displayName: 'By ID', name: 'id', type: 'string', placeholder },
      ...(rule.phone
        ? [{ displayName: 'By Phone Number', name: 'phone', type: 'string' as const, placeholder: 'e.g. +4915112345678' }]
        : []),
    ],
  }
}

function listProperties(
  operations: readonly Operation[],
  overlay: Overlay,
  shown: (names: readonly string[], extra?: Shared['extra']) => NonNullable<Property['displayOptions']>,
): Property[] {
  const lists = operations.filter((one) => overlay.pagingOf(one)).map(operationValue)
  const simple = operations.filter((one) => overlay.simplifyOf(one)).map(operationValue)
  const properties: Property[] = []
  if (lists.length > 0) {
    properties.push(
      {
        displayName: 'Return All',
        name: 'returnAll',
        type: 'boolean',
        default: false,
        description: 'Whether to return all results or only up to a given limit',
        displayOptions: shown(lists),
      },
      {
        displayName: 'Limit',
        name: 'limit',
        type: 'number',
        typeOptions: { minValue: 1 },
        default: 50,
        description: 'Max number of results to return',
        displayOptions: shown(lists, { returnAll: [false] }),
      },
    )
  }
  if (simple.length > 0) {
    properties.push({
      displayName: 'Simplify',
      name: 'simplify',
      type: 'boolean',
      default: true,
      description: 'Whether to return a simplified version of the response instead of the raw data',
      displayOptions: shown(simple),
    })
  }
  return properties
}

function collectionProperty(
  more: readonly Shared[],
  shown: (names: readonly string[]) => NonNullable<Property['displayOptions']>,
): Property[] {
  const operations = [...new Set(more.flatMap((one) => one.operations))]
  if (operations.length === 0) return []
  const options = more.map(({ property, operations: names }) =>
    names.length === operations.length ? property : { ...property, displayOptions: { show: { '/operation': names } } },
  )
  return [
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      displayOptions: shown(operations),
      options: sorted(options),
    },
  ]
}

function notices(operations: readonly Operation[]): { text: string; name: string; names: string[] }[] {
  const groups = [
    {
      name: 'dangerNotice',
      text: 'This cannot be undone.',
      of: operations.filter((one) => one.safety === 'danger'),
    },
    {
      name: 'evidenceNotice',
      text: 'Inferred: nobody has seen this call of the gateway in its own documents. A wrong path can be corrected in the options.',
      of: operations.filter((one) => one.evidence !== 'verified'),
    },
  ]
  const noted = operations
    .filter((one) => one.note !== undefined)
    .map((one) => ({ name: `${operationValue(one)}Notice`, text: noticeText(one.note ?? ''), names: [operationValue(one)] }))
  return [
    ...groups.filter(({ of }) => of.length > 0).map(({ name, text, of }) => ({ name, text, names: of.map(operationValue) })),
    ...noted,
  ]
}

function noticeText(note: string): string {
  return inCapitals(note)
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
}

function optionsOf(values: readonly (string | number | boolean)[]): Option[] {
  return values.map((value) => ({ name: optionName(value), value })).toSorted(byName)
}

function optionName(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  const words = value.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[\s_-]+/)
  return titleCase(words.map((word) => (/^[A-Z]+$/.test(word) ? word.charAt(0) + word.slice(1).toLowerCase() : word)).join(' '))
}

function limitsOf({ minimum, maximum, type }: Field): Pick<Property, 'typeOptions'> {
  const limits = {
    ...(minimum === undefined ? {} : { minValue: minimum }),
    ...(maximum === undefined ? {} : { maxValue: maximum }),
    ...(type === 'number' ? { numberPrecision: 8 } : {}),
  }
  return Object.keys(limits).length > 0 ? { typeOptions: limits } : {}
}

function secretOf({ secret }: Field): Pick<Property, 'typeOptions'> {
  return secret ? { typeOptions: { password: true } } : {}
}

function emailOf(name: string): Pick<Property, 'placeholder'> {
  return /email/i.test(name) ? { placeholder: 'name@email.com' } : {}
}

function listShape(field: Field): boolean {
  return field.type === 'array'
}

function sorted(properties: readonly Property[]): Property[] {
  return properties.toSorted((one, other) => compare(one.displayName, other.displayName))
}

function byName(one: Option, other: Option): number {
  return compare(one.name, other.name)
}

function compare(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : one.toLowerCase() > other.toLowerCase() ? 1 : 0
}
