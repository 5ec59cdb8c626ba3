import type { INodeProperties } from 'n8n-workflow'
import { sorted } from './sorted.ts'

/** How fast a node may be. */
const PACING: readonly INodeProperties[] = [
  {
    displayName: 'Pause Between Items (Seconds)',
    name: 'pause',
    type: 'number',
    typeOptions: { minValue: 0, numberPrecision: 1 },
    default: 2,
    description: 'How long to wait before each item but the first',
  },
  {
    displayName: 'Calls per Minute',
    name: 'callsPerMinute',
    type: 'number',
    typeOptions: { minValue: 0.1, numberPrecision: 1 },
    default: 20,
    description:
      'Most calls per minute for one session; further ones wait for their turn. Counts over all executions with the same limit in one n8n process.',
  },
  {
    displayName: 'Vary the Pause By (Seconds)',
    name: 'pauseVariation',
    type: 'number',
    typeOptions: { minValue: 0, numberPrecision: 1 },
    default: 2,
    description: 'A random time up to this is added to each pause',
  },
]

const OPTIONS: readonly INodeProperties[] = [
  {
    displayName: 'Extra Body Fields',
    name: 'extraFields',
    type: 'json',
    default: '{}',
    description: 'JSON object with fields that this node does not know yet; they are added to the body as they are',
  },
  {
    displayName: 'Path',
    name: 'path',
    type: 'string',
    default: '',
    placeholder: 'e.g. PUT /devices/{deviceId}/image',
    description: 'In place of the path that this operation has, for gateways where it is inferred or has moved',
  },
  {
    displayName: 'Put Output File in Field',
    name: 'outputField',
    type: 'string',
    default: 'data',
    hint: 'The name of the output binary field to put the file in',
    description: 'Where a file goes that the gateway answers with, a QR code for one',
  },
  {
    displayName: 'Timeout',
    name: 'timeout',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 600 },
    default: 60,
    description: 'Seconds to wait for the gateway',
  },
]

/** The Options of the portable node. */
export function portableOptions(): INodeProperties {
  return collection(PACING)
}

/** The Options of an action node. @param own options that only this gateway has */
export function nodeOptions(own: readonly INodeProperties[] = []): INodeProperties {
  return collection([...OPTIONS, ...PACING, ...own])
}

function collection(options: readonly INodeProperties[]): INodeProperties {
  return {
    displayName: 'Options',
    name: 'nodeOptions',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: sorted(options),
  }
}
