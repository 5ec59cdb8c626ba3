import type { IDisplayOptions, INodeProperties } from 'n8n-workflow'

/** Something to choose. */
export interface Option {
  readonly name: string
  readonly value: string | number | boolean
  readonly description?: string
  readonly action?: string
  readonly displayOptions?: IDisplayOptions
}

/** Properties by their titles, as n8n wants them in collections. */
export function sorted(properties: readonly INodeProperties[]): INodeProperties[] {
  return properties.toSorted((one, other) => compare(one.displayName, other.displayName))
}

/** The order of options. */
export function byName(one: Option, other: Option): number {
  return compare(one.name, other.name)
}

function compare(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : one.toLowerCase() > other.toLowerCase() ? 1 : 0
}
