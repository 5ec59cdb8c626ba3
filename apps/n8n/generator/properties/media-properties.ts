import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow'
import type { Placed } from '../../src/controls/control.ts'
import type { MediaRule, MediaSource } from '../../src/overlay/overlay.ts'
import { byName } from './sorted.ts'

const SOURCES: Readonly<Record<MediaSource, string>> = { base64: 'Base64', binary: 'Binary Field', id: 'Uploaded File', url: 'URL' }

/** Where a file comes from. */
export function sourceProperty(rule: MediaRule, name: string, displayName: string, description: string): INodeProperties {
  const options = rule.sources.map((value) => ({ name: SOURCES[value], value })).toSorted(byName)
  return { displayName, name, type: 'options', options, default: rule.sources[0] ?? '', ...(description ? { description } : {}) }
}

/** A file from one source. */
export function mediaProperty(rule: MediaRule, source: MediaSource, name: string, title: string): INodeProperties {
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

/** Name and type of a file come with a binary field; they can be said otherwise. */
export function mediaDetails({ name, control }: Placed): INodeProperties[] {
  if (control.kind !== 'media') return []
  const { rule } = control
  if (rule.style === 'object') return [fileNameProperty(`${name}Name`), mimeTypeProperty(`${name}MimeType`)]
  if (rule.style === 'text') return [mimeTypeProperty(`${name}MimeType`)]
  if (rule.style === 'form') return [fileNameProperty(`${name}Name`)]
  return []
}

function fileNameProperty(name: string): INodeProperties {
  return {
    displayName: 'Name of the File',
    name,
    type: 'string',
    default: '',
    placeholder: 'e.g. picture.jpg',
    description: 'In place of the name that a binary field has',
  }
}

function mimeTypeProperty(name: string): INodeProperties {
  return {
    displayName: 'MIME Type',
    name,
    type: 'string',
    default: '',
    placeholder: 'e.g. image/jpeg',
    description: 'In place of the one that a binary field has',
  }
}

/** A file inside a collection; its name and type come with it, or from the ending of its address. */
export function mediaGroup(rule: MediaRule): INodePropertyCollection {
  const fields = rule.sources.map((kind) => ({
    ...mediaProperty(rule, kind, 'file', 'File'),
    displayOptions: { show: { source: [kind] } },
  }))
  return { displayName: 'File', name: 'file', values: [sourceProperty(rule, 'source', 'Source', ''), ...fields] }
}
