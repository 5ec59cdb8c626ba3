import type { Operation, OperationTable } from '@wamux/core'
import type { Choice, Group, Json, NodeDescription, Property } from '../engine/n8n-types.ts'

/** A control that a person sees for an operation, and the further parameters that have to be set so that it shows. */
export interface Control {
  readonly property: Property
  readonly when: Json
}

/** What a person sees once resource and operation are chosen; read from the description, as the editor does. */
export interface Form {
  readonly resource: string
  readonly operation: string
  /** `Session: Stop` */
  readonly title: string
  readonly top: readonly Control[]
  /** What Additional Fields offers. */
  readonly more: readonly Property[]
  has(name: string): boolean
}

/** Where an operation of the table is in the node. */
export interface Place {
  readonly resource: string
  readonly operation: string
  readonly option: Choice
}

const CHOOSERS = ['resource', 'operation', '/operation', '/resource']

/** Every operation that the node offers, in the order of its description. */
export function placesIn({ properties }: NodeDescription): Place[] {
  return properties
    .filter((one) => one.name === 'operation')
    .flatMap((property) => {
      const [resource = ''] = (property.displayOptions?.show?.resource ?? []) as string[]
      return (property.options as readonly Choice[]).map((option) => ({ resource, operation: String(option.value), option }))
    })
}

/** The places of each operation: one each, or the node and the table have drifted apart. */
export function placesOf(
  description: NodeDescription,
  table: OperationTable,
  operationOf: (resource: string, value: string) => Operation | 'composed' | undefined,
): { found: ReadonlyMap<string, Place>; problems: string[] } {
  const found = new Map<string, Place>()
  const problems: string[] = []
  for (const place of placesIn(description)) {
    const operation = operationOf(place.resource, place.operation)
    // made of several calls: no operation of the table
    if (operation === 'composed') continue
    const id = operation?.id
    const name = `${place.resource}: ${place.option.name}`
    if (id === undefined) problems.push(`${name} is no operation of the table`)
    else if (found.has(id)) problems.push(`${name} is ${id}, which the node has twice`)
    else found.set(id, place)
    if (!place.option.action) problems.push(`${name} has no action, so the editor's search does not find it`)
  }
  for (const id of Object.keys(table.operations)) if (!found.has(id)) problems.push(`${id} is not in the node`)
  return { found, problems }
}

/** The form of one operation. */
export function formOf({ properties }: NodeDescription, { resource, operation, option }: Place): Form {
  const shown = properties.flatMap((property): Control[] => {
    const show = property.displayOptions?.show ?? {}
    const fits = holds(show.resource, resource) && holds(show.operation, operation)
    const when = Object.fromEntries(
      Object.entries(show)
        .filter(([name]) => !CHOOSERS.includes(name))
        .map(([name, values]) => [name, (values as unknown[])[0]]),
    )
    return fits && !CHOOSERS.includes(property.name) ? [{ property, when }] : []
  })
  const collection = shown.find(({ property }) => property.name === 'additionalFields')?.property
  const more = ((collection?.options ?? []) as readonly Property[]).filter((one) =>
    holds(one.displayOptions?.show?.['/operation'], operation),
  )
  const top = shown.filter(({ property }) => property !== collection && property.type !== 'notice')
  return {
    resource,
    operation,
    title: `${resource}: ${option.name}`,
    top,
    more,
    has: (name) => top.some((one) => one.property.name === name),
  }
}

function holds(allowed: unknown, value: string): boolean {
  return allowed === undefined || (allowed as readonly unknown[]).includes(value)
}

/** The control for a place in the flat input; dots and brackets of wire names are left out in n8n's names. */
export function controlAt<C>(controls: readonly C[], nameOf: (control: C) => string, path: readonly string[]): C | undefined {
  const wanted = plain(path.join('.'))
  const [exact] = controls.filter((one) => plain(nameOf(one)) === wanted)
  // names that the node has for itself get a word more
  return exact && !TAKEN.has(nameOf(exact)) ? exact : controls.find((one) => plain(nameOf(one)) === `${wanted}value`)
}

const TAKEN = new Set(['additionalFields', 'nodeOptions', 'operation', 'resource', 'returnAll', 'limit', 'simplify'])

function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
}

/** The fields of a fixedCollection's group. */
export function groupOf(property: Property, name: string): readonly Property[] | undefined {
  return ((property.options ?? []) as readonly Group[]).find((one) => one.name === name)?.values
}
