import type { Field, Operation, OperationTable } from '@wamux/core'
import type { INodeProperties } from 'n8n-workflow'
import { formFor, type Placed } from '../../src/controls/control.ts'
import { operationValue } from '../../src/controls/operation-value.ts'
import type { Overlay } from '../../src/overlay/overlay.ts'
import { sessionParameterOf } from '../../src/overlay/session-parameter.ts'
import { withOperationLabels } from '../words/operation-labels.ts'
import { descriptionText, fieldDescription, fieldLabel, sentenceCase, titleCase } from '../words/words.ts'
import { type ComposedPlace, composedOptions, composedProperties } from './composed-properties.ts'
import { optionsOf } from './enum-options.ts'
import { listProperties, type Shown } from './list-properties.ts'
import { mediaDetails, mediaGroup, mediaProperty, sourceProperty } from './media-properties.ts'
import { notices } from './notices.ts'
import { phoneMode } from './phone-mode.ts'
import { byName, type Option, sorted } from './sorted.ts'

type Property = INodeProperties

// flags that an operation is there for: to star a message is to set its star
const MEANT_ON = new Set(['star', 'pin', 'adminsOnly', 'announcement', 'locked', 'confirm', 'isActive'])

/** A property and the operations that have it; equal ones are written once. */
interface Shared {
  readonly property: Property
  readonly operations: string[]
  readonly extra: Readonly<Record<string, readonly unknown[]>>
  /** Place on the form, lowest first. */
  readonly rank: number
}

/** The properties of one resource. */
export function propertiesOf(table: OperationTable, overlay: Overlay, resource: string): Property[] {
  const properties = withOperationLabels(table, overlay, propertiesWithIds(table, overlay, resource))
  return overlay.resources[resource]?.[0] === 'message' ? withComposed(overlay, properties) : properties
}

// beside the gateway's own, the operations that all action nodes have
function withComposed(overlay: Overlay, [operations, ...others]: readonly Property[]): Property[] {
  if (!operations) return []
  const own = (operations.options ?? []) as Option[]
  return [
    { ...operations, options: [...own, ...composedOptions].toSorted(byName) },
    ...others,
    ...composedProperties(composedPlace(overlay)),
  ]
}

function composedPlace(overlay: Overlay): ComposedPlace {
  const name = sessionParameterOf(overlay)
  const list = Object.keys(overlay.lists).find((one) => one === 'session' || one === 'device')
  const rule = list === undefined ? undefined : overlay.lists[list]
  if (name === undefined || list === undefined || !rule) return { chatList: 'chat' }
  return { chatList: 'chat', session: { name, label: rule.label, list, example: rule.example } }
}

function propertiesWithIds(table: OperationTable, overlay: Overlay, resource: string): Property[] {
  const operations = Object.values(table.operations).filter((one) => one.resource === resource)
  const [value] = overlay.resources[resource] ?? [resource]
  const top = new Map<string, Shared>()
  const more = new Map<string, Shared>()
  for (const operation of operations) {
    const form = formFor(operation, overlay)
    const say = operationValue(operation)
    const add: Add = (all, property, extra = {}, rank = CONTENT) => share(all, property, say, { extra, rank })
    const choose = () => addChoice(add, top, operation, overlay, form.choice)
    const whom = form.top.filter(({ control }) => control.kind === 'locator')
    for (const one of whom) addTop(add, top, operation, overlay, one)
    choose()
    for (const one of form.top.filter((each) => !whom.includes(each))) addTop(add, top, operation, overlay, one)
    for (const one of form.more) add(more, propertyFor(operation, overlay, one))
    for (const one of form.top) for (const extra of mediaDetails(one)) add(more, extra)
  }
  const shown: Shown = (names, extra = {}) =>
    ({ show: { resource: [value], operation: [...names], ...extra } }) as NonNullable<Property['displayOptions']>
  return [
    operationProperty(overlay, resource, value, operations),
    ...notices(operations, overlay).map(
      ({ text, name, names }): Property => ({ displayName: text, name, type: 'notice', default: '', displayOptions: shown(names) }),
    ),
    ...[...top.values()]
      .toSorted((one, other) => one.rank - other.rank)
      .map(({ property, operations: names, extra }) => ({ ...property, displayOptions: shown(names, extra) })),
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
  if (overlay.composesWebhooks) options.push({ name: 'Webhook', value: 'webhook' })
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
    const own = titleCase(overlay.labels?.[operation.id] ?? operation.label)
    // n8n's list of actions shows hidden ones as well
    const label = operation.deprecated && !/deprecated/i.test(own) ? `${own} (Deprecated)` : own
    return {
      name: label,
      value: operationValue(operation),
      description: descriptionText(operation.about),
      action: overlay.actions?.[operation.id] ?? sentenceCase(label),
      // only workflows that have it from before see it
      ...(operation.deprecated ? { displayOptions: { show: { operation: [operationValue(operation)] } } } : {}),
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

type Add = (all: Map<string, Shared>, property: Property, extra?: Shared['extra'], rank?: number) => void

// in which session, to whom, about which message, and then what
const [SESSION, RECIPIENT, MESSAGE, CONTENT] = [0, 1, 2, 3] as const

function rankOf({ control, path }: Placed): number {
  const at = path.join('.')
  if (control.kind === 'locator') return /^(session|device)$/.test(control.list) ? SESSION : RECIPIENT
  if (/^(to|phone|chatId)$/.test(at)) return RECIPIENT
  return /^(messageId|pollMessageId|reply_to)$/.test(at) ? MESSAGE : CONTENT
}

// equal but for the words below: the first one's serve for all
function share(all: Map<string, Shared>, property: Property, operation: string, { extra, rank }: Pick<Shared, 'extra' | 'rank'>): void {
  const { description: _, ...rest } = property
  const key = JSON.stringify([rest, extra, rank])
  const found = all.get(key)
  if (!found) all.set(key, { property, operations: [operation], extra, rank })
  else if (!found.operations.includes(operation)) found.operations.push(operation)
}

function addChoice(add: Add, top: Map<string, Shared>, operation: Operation, overlay: Overlay, choice: readonly Placed[]): void {
  const { choice: rule } = overlay
  if (!rule || choice.length === 0) return
  const options = choice.map((one) => ({ name: fieldLabel(operation, overlay, one), value: one.name }))
  add(
    top,
    {
      displayName: rule.label,
      name: rule.name,
      type: 'options',
      options: [...options, { name: 'Nobody Named Here', value: 'none' }].toSorted(byName),
      default: choice[0]?.name ?? '',
      description: descriptionText(rule.about),
    },
    {},
    RECIPIENT,
  )
  for (const one of choice) add(top, { ...propertyFor(operation, overlay, one), required: true }, { [rule.name]: [one.name] }, RECIPIENT)
}

function addTop(add: Add, top: Map<string, Shared>, operation: Operation, overlay: Overlay, one: Placed): void {
  if (one.control.kind !== 'media') {
    const mayBeEmpty = overlay.mayBeEmpty?.includes(`${operation.id}.${one.path.join('.')}`)
    const property = propertyFor(operation, overlay, one)
    add(top, one.required && !mayBeEmpty && one.control.kind !== 'boolean' ? { ...property, required: true } : property, {}, rankOf(one))
    return
  }
  const { rule } = one.control
  const source = `${one.name}Source`
  const title = fieldLabel(operation, overlay, one)
  add(top, sourceProperty(rule, source, `${title} Source`, fieldDescription(operation, overlay, one)))
  for (const kind of rule.sources) add(top, { ...mediaProperty(rule, kind, one.name, title), required: true }, { [source]: [kind] })
}

function propertyFor(operation: Operation, overlay: Overlay, placed: Placed): Property {
  const { control, field, name } = placed
  const description = fieldDescription(operation, overlay, placed)
  const base = { displayName: fieldLabel(operation, overlay, placed), name }
  const told = description && description !== base.displayName ? { description } : {}
  switch (control.kind) {
    case 'text':
      if (/colou?r/i.test(name)) return { ...base, type: 'color', default: '', ...told }
      return { ...base, type: 'string', ...textOptions(placed), default: '', ...emailOf(name), ...told }
    case 'number':
      return {
        ...base,
        type: 'number',
        ...limitsOf(field),
        default: field.minimum !== undefined && field.minimum > 0 ? field.minimum : 0,
        ...told,
      }
    case 'boolean':
      return { ...base, type: 'boolean', default: placed.required && MEANT_ON.has(field.name), ...told }
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
      ...(rule.phone ? [phoneMode] : []),
    ],
  }
}

function collectionProperty(more: readonly Shared[], shown: Shown): Property[] {
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

function limitsOf({ minimum, maximum, type }: Field): Pick<Property, 'typeOptions'> {
  const limits = {
    ...(minimum === undefined ? {} : { minValue: minimum }),
    ...(maximum === undefined ? {} : { maxValue: maximum }),
    ...(type === 'number' ? { numberPrecision: 8 } : {}),
  }
  return Object.keys(limits).length > 0 ? { typeOptions: limits } : {}
}

// what people write in sentences gets a larger field
function textOptions({ field, path, control }: Placed): Pick<Property, 'typeOptions'> {
  if (field.secret) return { typeOptions: { password: true } }
  const last = path.at(-1) ?? ''
  const long = /^(text|caption|body|description|footer)$/.test(last) || (path.length === 1 && /^(message|content)$/.test(last))
  return long && control.kind === 'text' ? { typeOptions: { rows: 3 } } : {}
}

function emailOf(name: string): Pick<Property, 'placeholder'> {
  return /email/i.test(name) ? { placeholder: 'name@email.com' } : {}
}

function listShape(field: Field): boolean {
  return field.type === 'array'
}
